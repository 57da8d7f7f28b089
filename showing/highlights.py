"""Knows how to cut a text into pieces around the parts that are to be marked, and how to show a part in its context."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A part of a text, `start`..`end`, with what it is (`quote`, `timing`, `mention`) and a note for the reader."""

    start: int
    end: int
    kind: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text under the same marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> str:
        """The kinds of its marks, for a class attribute."""
        return " ".join(sorted({mark.kind for mark in self.marks}))

    @property
    def note(self) -> str:
        """The notes of its marks as one line."""
        return "; ".join(dict.fromkeys(mark.note for mark in self.marks if mark.note))

    @property
    def link(self) -> str:
        """The first link of its marks; empty where there is none."""
        return next((mark.link for mark in self.marks if mark.link), "")


def pieces(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """Cut `text[start:end]` at every edge of a mark. Put together again, the pieces are that text, exactly."""
    stop = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if mark.start < stop and mark.end > start and mark.start < mark.end]
    edges = {start, stop}
    for mark in inside:
        edges |= {max(start, mark.start), min(stop, mark.end)}
    return tuple(
        Piece(
            text=text[first:last],
            marks=tuple(mark for mark in inside if mark.start <= first and mark.end >= last),
        )
        for first, last in pairwise(sorted(edges))
    )


def context(text: str, start: int, end: int, *, reach: int = 400) -> tuple[int, int]:
    """Return the offsets of the paragraphs around `text[start:end]`, at most `reach` characters to either side.

    A paragraph longer than that is cut between words.
    """
    first = _back_to_paragraph(text, start, reach)
    last = _on_to_paragraph(text, end, reach)
    return first, last


def _back_to_paragraph(text: str, start: int, reach: int) -> int:
    limit = max(0, start - reach)
    paragraph = text.rfind("\n", limit, start)
    if paragraph >= 0:
        return paragraph + 1
    if limit == 0:
        return 0
    space = text.find(" ", limit, start)
    return space + 1 if space >= 0 else limit


def _on_to_paragraph(text: str, end: int, reach: int) -> int:
    limit = min(len(text), end + reach)
    paragraph = text.find("\n", end, limit)
    if paragraph >= 0:
        return paragraph
    if limit == len(text):
        return limit
    space = text.rfind(" ", end, limit)
    return space if space >= 0 else limit
