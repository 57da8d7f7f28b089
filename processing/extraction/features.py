"""What the judge is told of a candidate: words, cues, subject, verb, voice, place in the sentence, timing."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from processing.extraction.readings import view_of
from processing.language.function_words import DETERMINERS, SUBORDINATORS
from processing.language.nouns import class_of

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate
    from processing.extraction.readings import Reading
    from processing.language.tokens import Words
    from processing.records import Timing

_WINDOW = 24


class SentenceScene(NamedTuple):
    """What is known of the sentence around a candidate."""

    words: Words
    marks: tuple[tuple[str, int], ...]
    source: str
    position: int
    sentences: int
    heading: str


TIMES = ("none", "vague", "dated")


def when_of(timing: Timing | None) -> str:
    """Return what a clause's timing is to the judge: none, vague or dated."""
    return "none" if timing is None else "dated" if timing.latest or timing.earliest else "vague"


def timed_features(reading: Reading, scene: SentenceScene, when: str) -> list[str]:
    """Return the names of the features that hang on the timing of a clause."""
    candidate = reading.candidate
    first, last = scene.words.starts[candidate.start], scene.words.ends[candidate.end - 1]
    inside = frozenset(name for name, place in scene.marks if first <= place < last)
    view = view_of(reading, scene.words.words, when, inside)
    cue = candidate.rules[0].id
    return [
        f"view={view}",
        f"view+cue={view}+{cue}",
        f"view+when={view}+{when}",
        f"when={when}",
        f"cue+when={cue}+{when}",
        f"source+view={scene.source}+{view}",
        f"governor+view={reading.governor}+{view}",
    ]


def fixed_features(reading: Reading, scene: SentenceScene) -> list[str]:
    """Return the names of the other features that hold for a clause, each once."""
    candidate, words = reading.candidate, scene.words.words
    found = _structure(reading, scene)
    found += [f"also={rule.id}" for rule in candidate.rules[1:]]
    found += _flags(candidate, scene)
    found += _words(candidate, words)
    found += _marks(candidate, scene)
    return list(dict.fromkeys(found))


def _structure(reading: Reading, scene: SentenceScene) -> list[str]:
    """Name what is read of a clause, alone and in the pairs that matter."""
    told, kind, governor, acted = reading.subject, reading.kind, reading.governor, reading.complement
    subject = told.kind if told.kind != "pointing" else told.head
    group = reading.candidate.group
    cue = reading.candidate.rules[0].id
    tense = f"{group.voice}-{group.aspect}"
    person = told.head if told.kind == "first" else subject
    made = class_of(told.head)
    return [
        f"governor={governor}",
        f"cue={cue}",
        f"subject={subject}",
        f"verb={group.base}",
        f"kind={kind}",
        f"tense={tense}",
        f"source={scene.source}",
        f"cue+subject={cue}+{subject}",
        f"cue+kind={cue}+{kind}",
        f"cue+tense={cue}+{tense}",
        f"subject+kind={subject}+{kind}",
        f"verb+tense={group.base}+{group.voice}",
        f"object={acted.kind}",
        f"objhead={acted.head}",
        f"link={acted.link}",
        f"kind+object={kind}+{acted.kind}",
        f"verb+object={group.base}+{acted.kind}",
        f"cue+object={cue}+{acted.kind}",
        f"subjhead={told.head}",
        f"subjclass={made}",
        f"subjclass+kind={made}+{kind}",
        f"subjclass+cue={made}+{cue}",
        f"source+cue={scene.source}+{cue}",
        f"title={scene.heading}",
        f"title+cue+subject={scene.heading}+{cue}+{subject}",
        f"person={person}",
        f"person+kind={person}+{kind}",
    ]


def _flags(candidate: Candidate, scene: SentenceScene) -> list[str]:
    words = scene.words.words
    found = []
    if candidate.shared:
        found.append("shared")
    if candidate.group.negated:
        found.append("negated")
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


def _marks(candidate: Candidate, scene: SentenceScene) -> list[str]:
    first = scene.words.starts[candidate.start]
    last = scene.words.ends[candidate.end - 1]
    found = []
    for name, place in scene.marks:
        where = "in" if first <= place < last else "out"
        found.append(f"mark={name}:{where}")
    return found
