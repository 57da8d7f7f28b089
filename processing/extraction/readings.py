"""What is read of a clause: who acts, what is done to what, what governs it; and whether it can be a record at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processing.extraction.complements import Complement, complement_of
from processing.extraction.opinions import opinion
from processing.extraction.setting import Setting
from processing.extraction.subjects import Subject, subject_of
from processing.language.function_words import PREPOSITIONS
from processing.language.verbs import kind_of

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate

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


class Reading(NamedTuple):
    """`at` is the index of the verb (of the cue where there is none); `kind` what the verb does."""

    candidate: Candidate
    subject: Subject
    at: int
    kind: str
    governor: str
    complement: Complement


def reading_of(candidate: Candidate, words: list[str]) -> Reading:
    """Read a clause."""
    at = candidate.group.at if candidate.group.at >= 0 else candidate.trigger
    return Reading(
        candidate,
        subject_of(candidate, words),
        at,
        _kind(candidate.group.base, words, at),
        governor_of(candidate, words),
        complement_of(words, at, candidate.end),
    )


def view_of(reading: Reading, words: list[str], when: str, marks: frozenset[str]) -> str:
    """Return the first opinion on a clause (see `verdicts.opinion`), its timing being none, vague or dated."""
    tail = " ".join(words[reading.at + 1 : reading.at + 3])
    setting = Setting(reading.governor, when, marks, tail, words)
    return opinion(reading.candidate, reading.subject, reading.kind, setting)


_ALL_FOR_IT = frozenset(["MONEY", "RECOMMENDATION", "RESTATED"])


def can_be(reading: Reading, words: list[str]) -> bool:
    """Tell whether a clause could be a record if all around it spoke for it; the rest is not looked at further."""
    return view_of(reading, words, "dated", _ALL_FOR_IT) != "no"


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
    if before[-1:] == ["said"] and ("is" in before or "was" in before):
        return "belief"
    if len(before) > 1 and before[-1] in ("is", "was", "remains") and before[-2] in _BELIEF_NOUNS:
        return "belief"
    for kind, known in (("ensure", _ENSURE), ("purpose", _PURPOSE), ("belief", _BELIEF)):
        if before and before[-1] in known:
            return kind
    return "say" if any(word in _SAY for word in before) else "that"
