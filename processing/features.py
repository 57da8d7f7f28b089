"""What the judge is told of a candidate: words, cues, subject, verb, voice, place in the sentence, timing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processing.clauses import ADVERBS, DETERMINERS, LEXICON, SUBORDINATORS, Words

if TYPE_CHECKING:
    from processing.candidates import Candidate
    from processing.records import Timing

FIRST = frozenset("we i us our my".split())
_HE = frozenset("he she they you who".split())
_GOVERNMENT = frozenset(
    "government ministers minister department secretary ministry office chancellor treasury government's".split()
)
_INSTRUMENT = frozenset(
    "bill bills strategy consultation guidance regulations legislation plan paper response report review fund funding duty offence inquiry panel authority code scheme programme framework register campaign pilot pilots taskforce centre chair timetable terms edition details detail measures reforms changes proposals law amendment amendments findings standards".split()
)
_WINDOW = 24


class Scene(NamedTuple):
    """What is known of the sentence around a candidate."""

    words: Words
    marks: tuple[tuple[str, int], ...]
    is_question: bool
    source: str
    position: int
    sentences: int


def subject_kind(words: list[str], candidate: Candidate) -> str:
    """Class the subject: first, government, body, it, they, there, relative, instrument, noun or none."""
    head = words[candidate.head : candidate.trigger]
    while head and (head[-1] in ADVERBS or head[-1] == ","):
        head = head[:-1]
    if not head:
        return "none"
    last = head[-1]
    for kind, known in (("first", FIRST), ("he", _HE), ("government", _GOVERNMENT)):
        if last in known:
            return kind
    if last in ("it", "that", "this", "these", "those", "which", "there", "what"):
        return last
    if any(word in _GOVERNMENT for word in head[:4]):
        return "government"
    if any(word in _INSTRUMENT for word in head):
        return "instrument"
    return "noun"


def features_of(candidate: Candidate, scene: Scene, timing: Timing | None) -> list[str]:
    """Return the names of the features that hold for a candidate, each once."""
    words = scene.words.words
    subject = subject_kind(words, candidate)
    group = candidate.group
    cue = candidate.rules[0].id
    kinds = LEXICON.kinds.get(group.base, ("other",))
    kind = "+".join(kinds[:2])
    tense = f"{group.voice}-{group.aspect}"
    when = "none" if timing is None else "dated" if timing.latest or timing.earliest else "vague"
    found = {
        f"cue={cue}",
        f"subject={subject}",
        f"verb={group.base}",
        f"kind={kind}",
        f"tense={tense}",
        f"when={when}",
        f"source={scene.source}",
        f"cue+subject={cue}+{subject}",
        f"cue+kind={cue}+{kind}",
        f"cue+tense={cue}+{tense}",
        f"cue+when={cue}+{when}",
        f"subject+kind={subject}+{kind}",
        f"verb+tense={group.base}+{group.voice}",
    }
    found.update(f"also={rule.id}" for rule in candidate.rules[1:])
    found.update(_flags(candidate, scene))
    found.update(_words(candidate, words))
    found.update(_marks(candidate, scene))
    return sorted(found)


def _flags(candidate: Candidate, scene: Scene) -> list[str]:
    words = scene.words.words
    found = []
    if candidate.shared:
        found.append("shared")
    if candidate.group.negated:
        found.append("negated")
    if scene.is_question:
        found.append("question")
    before = words[candidate.start - 1] if candidate.start else "<s>"
    found.append(f"before={before if before in SUBORDINATORS or not before.isalpha() else 'word'}")
    if before == "that" and candidate.start > 1:
        found.append(f"governor={words[candidate.start - 2]}")
    length = candidate.end - candidate.start
    found.append(f"length={'short' if length < 6 else 'middle' if length < 25 else 'long'}")  # noqa: PLR2004 -- words
    if scene.position == scene.sentences - 1:
        found.append("last-sentence")
    if scene.position == 0:
        found.append("first-sentence")
    if scene.sentences == 1:
        found.append("only-sentence")
    return found


def _words(candidate: Candidate, words: list[str]) -> list[str]:
    span = words[candidate.start : min(candidate.end, candidate.start + _WINDOW)]
    found = [f"w={word}" for word in span]
    found += [f"w2={first} {second}" for first, second in zip(span, span[1:], strict=False)]
    at = candidate.group.at if candidate.group.at >= 0 else candidate.trigger
    after = words[at + 1 : at + 4]
    if after:
        found.append(f"after={after[0]}")
        if after[0] in DETERMINERS or after[0] in ("to", "on", "at", "up", "forward", "out", "in", "with"):
            found.append(f"verb+after={candidate.group.base} {after[0]}")
    found += [f"near={word}" for word in words[max(0, candidate.start - 4) : candidate.start]]
    found += [f"between={word}" for word in words[candidate.trigger : at] if word.isalpha()]
    if candidate.head < candidate.trigger:
        found.append(f"head={words[candidate.trigger - 1]}")
    return found


def _marks(candidate: Candidate, scene: Scene) -> list[str]:
    first = scene.words.starts[candidate.start]
    last = scene.words.ends[candidate.end - 1]
    found = []
    for name, place in scene.marks:
        where = "in" if first <= place < last else "out"
        found.append(f"mark={name}:{where}")
    return found
