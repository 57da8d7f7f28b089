"""Which recommendations a quote is about: by number, by "all 12", by subject."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from processing.extraction.recommendations import load_recommendations
from processing.language.sieve import Sieve

if TYPE_CHECKING:
    from processing.extraction.recommendations import RecommendationSet

_NUMBERED = re.compile(r"\brecommendations? (\d{1,2}(?:(?:, | and |, and | to )\d{1,2})*)\b")
_WHOLE = re.compile(
    r"\b(?:all|each|every(?: one)?|everything|full response|respond\w* in full"
    r"|(?:final|full|its|her|the) (?:report's |final |inquiry's )*recommendations)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|them|they|which|the (?:post|body|same|rest|remaining|pilot|bill|clauses?"
    r"|duty|inquiry|operation|authority|scheme|measure|panel|change|recommendation|chair|response|investigation))\b"
)
# Parts of a measure that are named without it: "terms of reference", "draft regulations".
_PART = re.compile(
    r"\b(?:terms of reference|regulations|guidance|consultation|pilots?|draft|details?|commencement|implementation"
    r"|evaluation|legislation|chair|standards|next steps|summary|responses?|launch|update|codes?|timetable|assessment"
    r"|offer|exception|post|publication|options|version|board|powers)\b"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_HEADING = re.compile(r"^\s*(?:casey |iicsa )?recommendation (\d{1,2})\b")


def link(quote: str, sentence: str, before: str, title: str, *, is_favour: bool = False) -> tuple[str, ...]:
    """Return the ids of the recommendations that a quote is plainly about, in the order of the sets.

    All texts are normalised and in lower case. `sentence` holds the quote, `before` is the passage up to it. A quote
    that only points back ("it", "the duty") takes its subject from the sentences before, but an offer to meet or to
    write (`is_favour`) does not.
    """
    found = set(_by_number(quote, f"{title} {before} {sentence}")) | set(
        _by_whole(quote, f"{title} {before} {sentence}")
    )
    found |= set(_by_subject(quote))
    if not found:
        found = set(_by_title(title)) or set(_by_heading(before, title))
    if not found and not is_favour:
        found = _by_topic(quote, sentence, before, title)
    return tuple(sorted(found, key=_order))


def _by_topic(quote: str, sentence: str, before: str, title: str) -> set[str]:
    """Return what a quote that names no subject is about: what was spoken of last, if it points back to it."""
    reach = 3 if _POINTS_BACK.search(quote) else 3 if _PART.search(quote) else 0
    if not reach:
        return set()
    if own := set(_by_subject(sentence)):
        return own
    for earlier in reversed(_SENTENCE_END.split(before.strip())[-reach:]):
        if told := set(_by_subject(earlier)) | set(_by_number(earlier, f"{title} {before}")):
            return told
    return set(_by_subject(title))


def _order(name: str) -> tuple[str, int, str]:
    group, _, number = name.partition("/")
    return group, int(number) if number.isdigit() else -1, number


def _set_meant(context: str) -> RecommendationSet | None:
    """Return the set that was named last in a text."""
    places = [(context.rfind(name), found) for found in load_recommendations() for name in found.names]
    place, found = max(places, key=lambda pair: pair[0])
    return found if place >= 0 else None


def _by_number(text: str, context: str) -> list[str]:
    meant = _set_meant(context)
    if meant is None:
        return []
    numbers: list[str] = []
    for match in _NUMBERED.finditer(text):
        told = re.findall(r"\d+", match.group(1))
        if " to " in match.group(1) and len(told) == 2:  # noqa: PLR2004 -- from, to
            told = [str(number) for number in range(int(told[0]), int(told[1]) + 1)]
        numbers += told
    known = {recommendation.number: recommendation.id for recommendation in meant.recommendations}
    return [known[number] for number in numbers if number in known]


def _by_whole(quote: str, context: str) -> list[str]:
    if "recommendation" not in quote and "in full" not in quote and "findings" not in quote and "all 12" not in quote:
        return []
    meant = _set_meant(context)
    if meant is None or meant.count is None:
        return []
    counted = re.search(
        rf"\b(?:all|each|every one)\b[^.]{{0,20}}\b(?:{meant.count})\b"
        rf"|\b(?:{meant.count}) (?:of the |final )*recommendations",
        quote,
    )
    whole = counted or (
        re.search(r"\b(?:all|each|every)\b[^.]{0,40}\b(?:recommendations?|findings)\b|\bin full\b", quote)
    )
    return [f"{meant.id}/*"] if whole else []


@lru_cache(maxsize=1024)  # the records of a passage share sentences
def _by_subject(text: str) -> list[str]:
    passed = _subjects().passed(text)
    if not passed:
        return []
    return [
        recommendation.id
        for found in load_recommendations()
        for recommendation in found.recommendations
        if recommendation.id in passed and any(pattern.search(text) for pattern in recommendation.subjects)
    ]


@cache
def _subjects() -> Sieve[str]:
    return Sieve(
        (recommendation.id, [f"*{word}*" for word in recommendation.words])
        for found in load_recommendations()
        for recommendation in found.recommendations
        if recommendation.subjects
    )


def _by_heading(before: str, title: str) -> list[str]:
    """Return the recommendation that the nearest heading above names: "Recommendation 7" on a line of its own."""
    for line in reversed(before.splitlines()):
        if len(line) < _LONGEST_HEADING and _HEADING.match(line):
            return _by_number(line, f"{title} {before}")
    return []


_LONGEST_HEADING = 90  # characters


def _by_title(title: str) -> list[str]:
    return _by_number(title, title) if "recommendation " in title else []
