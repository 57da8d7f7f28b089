"""What the judge is told of a candidate: words, cues, subject, verb, voice, place in the sentence, timing."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from processing.complements import complement_of
from processing.function_words import DETERMINERS, PREPOSITIONS, SUBORDINATORS
from processing.nouns import class_of
from processing.setting import Setting
from processing.subjects import subject_of
from processing.verbs import kind_of
from processing.verdicts import opinion

if TYPE_CHECKING:
    from processing.candidates import Candidate
    from processing.records import Timing
    from processing.tokens import Words

_SAY = frozenset(
    [
        "say",
        "said",
        "told",
        "tell",
        "confirm",
        "confirmed",
        "announce",
        "announced",
        "promise",
        "promised",
        "assure",
        "assured",
        "pledge",
        "pledged",
        "commitment",
        "undertaking",
        "assurance",
        "clear",
        "plain",
        "doubt",
        "stated",
        "house",
        "him",
        "her",
        "them",
        "it",
        "repeat",
        "reiterate",
        "informed",
        "me",
    ]
)
_BELIEF = frozenset(
    [
        "believe",
        "think",
        "hope",
        "know",
        "understand",
        "expect",
        "sure",
        "trust",
        "fear",
        "suspect",
        "confident",
        "convinced",
        "belief",
        "imagine",
        "doubt",
        "hoping",
        "aware",
    ]
)
_BELIEF_NOUNS = frozenset(["expectation", "belief", "hope", "view", "fear", "opinion", "guess", "prediction", "worry"])
_PURPOSE = frozenset(["so"])
_CONDITION = frozenset(["if", "unless", "whether"])
_QUESTION = frozenset(["how", "what", "why", "where", "when", "which", "whatever", "whenever", "wherever"])
_ENSURE = frozenset(
    ["ensure", "ensuring", "ensures", "sure", "see", "mean", "means", "meant", "requires", "require", "required"]
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
    heading: str


def _kind(verb: str, words: list[str], at: int) -> str:
    """Return what a verb does, as `verbs.kind_of`; "will continue to consider" does what the second verb does."""
    if verb in ("continue", "go", "remain", "stay") and words[at + 1 : at + 2] in (["to"], ["on"]):
        then = words[at + 2 : at + 3]
        if then and kind_of(then[0], " ".join(words[at + 3 : at + 11])) == "ponder":
            return "ponder"
    return kind_of(verb, " ".join(words[at + 1 : at + 9]))


def governor_of(candidate: Candidate, words: list[str]) -> str:
    """Return what governs a clause: say, belief, ensure, purpose, condition, question, that, relative or none."""
    place = candidate.head - 1
    word = words[place] if place >= 0 else ""
    if word in _CONDITION:
        return "condition"
    if word in _QUESTION:
        beside = words[place - 1] if place else ""
        return "relative" if word == "which" and (beside in PREPOSITIONS or beside == ",") else "question"
    if word == "that":
        return _before_that(words[max(0, place - 5) : place])
    inner = words[candidate.head] if place >= 0 and candidate.head < len(words) else ""
    return "question" if inner in _QUESTION - {"which", "when"} else "none"


def _before_that(before: list[str]) -> str:
    """Return what governs the clause that "that" opens, from the words before it."""
    if len(before) > 1 and before[-1] in ("is", "was", "remains") and before[-2] in _BELIEF_NOUNS:
        return "belief"
    for kind, known in (("ensure", _ENSURE), ("purpose", _PURPOSE), ("belief", _BELIEF)):
        if before and before[-1] in known:
            return kind
    return "say" if any(word in _SAY for word in before) else "that"


def features_of(candidate: Candidate, scene: Scene, timing: Timing | None) -> list[str]:
    """Return the names of the features that hold for a candidate, each once."""
    words = scene.words.words
    told = subject_of(candidate, words)
    subject = told.kind if told.kind != "pointing" else told.head
    group = candidate.group
    cue = candidate.rules[0].id
    at = group.at if group.at >= 0 else candidate.trigger
    kind = _kind(group.base, words, at)
    tense = f"{group.voice}-{group.aspect}"
    when = "none" if timing is None else "dated" if timing.latest or timing.earliest else "vague"
    governor = governor_of(candidate, words)
    first, last = scene.words.starts[candidate.start], scene.words.ends[candidate.end - 1]
    inside = frozenset(name for name, place in scene.marks if first <= place < last)
    tail = " ".join(words[at + 1 : at + 3])
    acted = complement_of(words, at, candidate.end)
    person = told.head if told.kind == "first" else subject
    view = opinion(candidate, told, kind, Setting(governor, when, scene.is_question, inside, tail, words))
    found = {
        f"view={view}",
        f"view+cue={view}+{cue}",
        f"view+when={view}+{when}",
        f"governor={governor}",
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
        f"object={acted.kind}",
        f"objhead={acted.head}",
        f"link={acted.link}",
        f"kind+object={kind}+{acted.kind}",
        f"verb+object={group.base}+{acted.kind}",
        f"cue+object={cue}+{acted.kind}",
        f"subjhead={told.head}",
        f"subjclass={class_of(told.head)}",
        f"subjclass+kind={class_of(told.head)}+{kind}",
        f"subjclass+cue={class_of(told.head)}+{cue}",
        f"source+cue={scene.source}+{cue}",
        f"source+view={scene.source}+{view}",
        f"governor+view={governor}+{view}",
        f"title={scene.heading}",
        f"title+cue+subject={scene.heading}+{cue}+{subject}",
        f"person={person}",
        f"person+kind={person}+{kind}",
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
        found.append(f"says={words[candidate.start - 2]}")
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
    found += [f"w2={first} {second}" for first, second in itertools.pairwise(span)]
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
