"""Text as all readers share it: normalised one character for one, cut into sentences, others' words marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLD = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "′": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "‑": "-",
    "‐": "-",
    "−": "-",
    "―": "—",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\t": " ",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "İ": "I",
}
# a table for every character would be read in Python where most need none: only the odd ones are looked up
_ODD = re.compile(f"[{''.join(_FOLD)}]")
_QUOTED = re.compile(r'"[^"]*(?:"|\Z)')
_TITLE_WORDS = (
    9  # quotation marks round no more words than this, mostly capitalised, are a name and not somebody's words
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
# Nobody speaks a sentence of more characters; a table taken for one would cost its square in time
_LONGEST = 2000
_SPLIT_AFTER = re.compile(r"\n\s*\n|\n(?=\s*(?:[•*-]|\d+\.|\([a-z]\)|[ivx]+\.)\s)")


class Sentence(NamedTuple):
    """A sentence's offsets in the text; trailing white space is left out."""

    start: int
    end: int


def normalise(text: str) -> str:
    """Fold apostrophes, quotation marks, dashes and spaces to their plain forms, one character for one.

    Offsets hold in both texts, and so they do after `.lower()`, which alone among letters lengthens the dotted
    capital I: it is folded as well.
    """
    return _ODD.sub(_folded, text)


def _folded(odd: re.Match[str]) -> str:
    return _FOLD[odd.group()]


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences, in order, without gaps other than white space. List points stand alone.

    What runs on for more than 2,000 characters is cut at its last semicolon, line, comma or space before that.
    """
    found = []
    for part in sentencex.get_sentence_boundaries("en", text):
        start = part["start_index"]
        piece = text[start : part["end_index"]]
        place = 0
        for cut in _cuts(piece):
            words = piece[place:cut]
            left = len(words) - len(words.lstrip())
            right = len(words.rstrip())
            if right > left:
                found.append(Sentence(start + place + left, start + place + right))
            place = cut
    return tuple(found)


def _cuts(piece: str) -> Iterator[int]:
    """Yield where a piece of text is cut, its end included."""
    place = 0
    for cut in [*(match.end() for match in _SPLIT_AFTER.finditer(piece)), len(piece)]:
        while cut - place > _LONGEST:
            last = place + _LONGEST
            marks = (piece.rfind(mark, place, last) + 1 for mark in (";", "\n", ",", " "))
            place = next((found for found in marks if found > place), last)
            yield place
        yield cut
        place = cut


def quoted_spans(text: str) -> tuple[Sentence, ...]:
    """Return the spans inside double quotation marks that are somebody's words: names and single terms are left out.

    `text` is normalised. A mark that is opened and not closed quotes to the end of its paragraph.
    """
    if '"' not in text:
        return ()
    found = []
    place = 0
    for paragraph in text.split("\n\n"):
        for match in _QUOTED.finditer(paragraph):
            words = _WORD.findall(match.group())
            capitals = sum(word[0].isupper() for word in words)
            if len(words) > _TITLE_WORDS or (len(words) > 3 and capitals * 2 < len(words)):  # noqa: PLR2004 -- a term, not a saying
                found.append(Sentence(place + match.start(), place + match.end()))
        place += len(paragraph) + 2
    return tuple(found)


POINT = re.compile(r"\s*(?:[•*-]|\d+[.)]|\([a-z]\))\s*")  # how a point of a list begins
LONGEST_LIST = 200  # points: beyond that no reader knows how the list began, and looking back takes its time


def lead_above(text: str, place: int) -> tuple[int, int] | None:
    """Return (start, end) of the line that opens the list in which `place` stands, as offsets in `text`.

    That is the nearest line above which holds words and is no point itself; None where there is none within
    LONGEST_LIST lines.
    """
    end = text.rfind("\n", 0, place)
    for _ in range(LONGEST_LIST):
        if end < 0:
            return None
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if line.strip() and not POINT.match(line):
            return start, end
        end = start - 1
    return None
