"""Whether two sayings are the same words, and what a number, an age, a phase or a place in them tells apart.

The ground of joining that needs no list of things: a promise that is said again in its own words is the same promise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processing.language.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# words that say nothing of what is promised: who, whether, how surely
EMPTY = frozenset(
    """a an the and or of to in on at by for from with into as we i it its our my this that these those he she they
    their his her will shall would should is are was were be been being has have had do does did not also now then
    already remain remains committed commit intend intends plan plans aim expect hope want going can could may
    government department minister ministers secretary state today""".split()  # noqa: SIM905
)
SHARED = 0.8  # of all content words of both, from which they are nearly the same
FEW = 3  # content words: of fewer, all must be the same

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_COUNTED = (
    r"phase|stage|part|tranche|round|wave|volume|cohort|pillar|step|tier|level|lot|option|strand|edition|schedule|action"
    r"|measure|objective|priority|key stage|year"
)
# kind of mark, and what finds it: two texts that each have marks of a kind and none in common are of different things
_MARKS = (
    ("ordinal", re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\b(?! time)")),
    (
        "number",
        re.compile(
            rf"\b(?:{_COUNTED})s? (\d+|one|two|three|four|five|six|[a-f]|[ivx]{{1,4}})\b"
            rf"|\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)) (?:{_COUNTED})s?\b"
        ),
    ),
    (
        "age",
        re.compile(r"\b(?:under|over|below|above|aged?)(?: the age of)?[ -](\d{1,2})s?\b|\b(\d{1,2})-year-olds?\b"),
    ),
    ("share", re.compile(r"\b(\d+(?:\.\d+)?) ?(?:%|per cent|percent)")),
    ("count", re.compile(r"(?<![£\d.,/-])\b(\d[\d,]*)(?= [a-z])(?! (?:%|per cent|percent|million|billion|thousand))")),
    ("state", re.compile(r"\b(interim|final|initial|draft|preliminary)\b")),
    ("nation", re.compile(r"\b(england|wales|scotland|northern ireland)\b")),
)
# a report or a sum "for 2025-26", "the 2026 census": the year is part of the name, not when it will be done
# by the year in which it begins: 2025-26, 2025/26 and 2025-2026 are one
_YEAR = r"(20\d\d)(?:[-\u2013/](?:20)?\d\d)?\b"
_EDITION = re.compile(rf"\bfor {_YEAR}|\b(?:the|our|its|this) {_YEAR} (?=[a-z])")
_FIGURES = {word: str(place) for place, word in enumerate(_ORDINALS, 1)} | _ROMAN
_FIGURES |= {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


def content(text: str) -> frozenset[str]:
    """Return the stems of the words that say what is promised. `text` is a quote without owner and timing."""
    return frozenset(stem(word) for word in WORD.findall(text.lower().replace("’", "'")) if word not in EMPTY)


def same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two contents are the same, or so nearly that no third of one word stands against them."""
    if one == other:
        return bool(one)
    shared, all_words = len(one & other), len(one | other)
    return min(len(one), len(other)) > FEW and shared / all_words >= SHARED and len(one ^ other) == 1


def told_apart(one: str, other: str) -> str | None:
    """Say in words which number, age, phase, share or nation makes two sayings different promises, or None."""
    return next(filter(None, (_apart(kind, pattern, one, other) for kind, pattern in _MARKS)), None)


def another_edition(one: str, other: str) -> str | None:
    """Say in words that two quotes, timing included, speak of one series in different years, or None."""
    return _apart("year", _EDITION, one, other)


def _apart(kind: str, pattern: re.Pattern[str], one: str, other: str) -> str | None:
    mine, theirs = _found(pattern, one), _found(pattern, other)
    if mine and theirs and mine.isdisjoint(theirs):
        return f"another {kind}: {_list(mine)} is not {_list(theirs)}"
    return None


def _found(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    found = (next(filter(None, match.groups())) for match in pattern.finditer(text.lower()))
    return frozenset(_figure(each) for each in found)


def _figure(word: str) -> str:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$|,", "", word)
    return _FIGURES.get(plain, plain)


def _list(words: Iterable[str]) -> str:
    return " and ".join(sorted(words))
