"""What stands as the subject of a clause: its class and its head noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processing.language.departments import places_named
from processing.language.function_words import AUXILIARIES, FRONTED, PREPOSITIONS
from processing.language.nouns import class_of
from processing.language.tokens import is_adverb

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate

FIRST = frozenset(["we", "i", "us"])
_POINTING = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "which",
        "there",
        "what",
        "who",
        "they",
        "he",
        "she",
        "you",
        "one",
        "some",
        "both",
        "all",
        "more",
    ]
)


_MADE = frozenset(["law", "forum", "product", "money"])


class Subject(NamedTuple):
    """`kind`: first, government, body, process, people, pointing, noun or none; `head` the word that it turns on."""

    kind: str
    head: str


def subject_of(candidate: Candidate, words: list[str]) -> Subject:
    """Class the subject that stands between the head and the trigger of a candidate."""
    told = words[candidate.head : candidate.subject_end]
    while told and (is_adverb(told[-1]) or told[-1] in (",", "-", "—") or told[-1] in AUXILIARIES):
        told = told[:-1]
    if not told:
        return Subject("none", "")
    last = told[-1]
    if last in FIRST:
        return Subject("first", last)
    if last in _POINTING and not (len(told) > 1 and told[-2] in PREPOSITIONS):
        return Subject("pointing", last)
    return _noun(told)


def _noun(told: list[str]) -> Subject:
    if told[0] in FRONTED and "," in told:
        told = told[len(told) - told[::-1].index(",") :] or told
    head = told[-1]
    if told[0] not in PREPOSITIONS:
        for place, word in enumerate(told[1:], 1):
            if word in PREPOSITIONS or word in ("which", "that", "who", "whose", ",", "-", "—", "("):
                head = told[place - 1]
                break
    if head.isdigit() and "recommendations" in told:
        head = "recommendations"
    return Subject(_class(head, told), head)


def _class(head: str, told: list[str]) -> str:
    if head in ("friend", "predecessor", "colleague") and "my" in told:
        return "government"
    known = class_of(head)
    if known == "government" or (
        told[0] in ("the", "my", "our")
        and any(word in ("secretary", "department", "minister", "office") for word in told[1:3])
    ):
        return "government"
    if known in _MADE:
        return "process"
    if known in ("body", "people"):
        return known
    if places_named(" ".join(told)):
        return "body"
    return "noun"
