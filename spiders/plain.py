"""One line of plain text: white space made even, characters that nobody sees left out."""

from __future__ import annotations

import re

SPACE = re.compile(r"[ \t\r\n\v\f\xa0\u2007\u2028\u2029\u202f]+")
# soft hyphens, joiners, marks of direction and of byte order: they would stand inside the words of a quote
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# a note's number, raised: "by 2027³" would read 20273; "5 km²" is no note
NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡])[\])]?\s*")
_RAISES = re.compile(r"\b(?:[kcm]?m|ft|mi)$")


def plain(words: str) -> str:
    r"""Return words on one line, as a reader sees them.

    >>> plain(" one\u00a0two\n thr\u00adee ")
    'one two three'
    """
    return SPACE.sub(" ", UNSEEN.sub("", words)).strip()


def is_note_mark(raised: str, before: str) -> bool:
    """Tell whether raised words are the mark of a note, by the words before them.

    >>> is_note_mark("3", "by 2027"), is_note_mark("th", "the 24"), is_note_mark("2", "5 km")
    (True, False, False)
    """
    return NOTE_MARK.fullmatch(raised) is not None and not _RAISES.search(before)
