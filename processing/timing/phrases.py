"""Phrases as people write them into our lists, and all that they stand for.

`(very) soon`: what stands in round brackets may be missing. `in/over the coming weeks`: of words that a stroke parts
one is meant, in brackets also of several words: `(in the/at the)`. `<over>`: any phrase of the list of that name.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from processing.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Lists = "Mapping[str, Sequence[str]]"
_PIECE = re.compile(r"\(([^()]*)\)|<(\w+)>|([^\s()<>]+)")


def spelled_out(phrases: Iterable[str], lists: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """Return every text that the phrases stand for, each once. Raises BadInput where a list is not known."""
    return list(dict.fromkeys(text for phrase in phrases for text in _texts(phrase, lists or {})))


def _texts(phrase: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    if _PIECE.sub("", phrase).strip():
        raise BadInput(f"{phrase!r}: brackets that don't match")
    choices = [_choices(found, phrase, lists) for found in _PIECE.finditer(phrase)]
    return [" ".join(filter(None, words)) for words in product(*choices)]


def _choices(found: re.Match[str], phrase: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    missing, name, words = found.groups()
    if missing is not None:
        return ["", *spelled_out(missing.split("/"), lists)]
    if name is None:
        return str(words).split("/")
    if name not in lists:
        raise BadInput(f"{phrase!r}: there is no list {name!r}")
    return spelled_out(lists[name], lists)
