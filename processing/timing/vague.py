"""Vague timing: words that promise no date. Each has a look-again interval, which is ours and not the Government's.

The phrases themselves stand in `vague.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from processing.errors import BadInput
from processing.timing.phrases import spelled_out

FILE = Path(__file__).with_name("vague.yml")
_AFTER_LAW = re.compile(  # what the words wait for besides: no day follows from it
    r" (?:after|following|once) (?:royal assent|commencement|enactment"
    r"|(?:the|this) (?:bill|act)[^,.;:]{0,30}? (?:passed|law|in force|royal assent))"
)
_ENDS = {"clause": re.compile(r" ?(?:[.,;]|$)"), "sentence": re.compile(r" ?(?:[.;]|$)")}
_WORD_BEFORE = re.compile(r"([\w'-]+) $")
_WORD_BEHIND = re.compile(r" ([\w'-]+)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VagueWords:
    """A row of the table: the id, the phrases, after how many days we look again, and beside what they mean it."""

    id: str
    phrases: tuple[str, ...]
    look_again_days: int
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    ends: str | None = None
    law: bool = False

    def end_of(self, low: str, start: int, end: int) -> int | None:
        """Return where the words end that begin with a phrase at these offsets; None where it means another thing."""
        before = _WORD_BEFORE.search(low, max(0, start - 20), start)
        behind = _WORD_BEHIND.match(low, end)
        if (before and before[1] in self.not_after) or (behind and behind[1] in self.not_before):
            return None
        if low[end : end + 1] == "'" or (self.ends and not _ENDS[self.ends].match(low, end)):
            return None
        law = _AFTER_LAW.match(low, end) if self.law else None
        return law.end() if law else end


@cache
def vague_words(file: Path = FILE) -> tuple[VagueWords, ...]:
    """Return the table. Raises BadInput where the file isn't one that this version can read."""
    try:
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        return tuple(row for entry in told["rows"] for row in _rows(entry, told["lists"]))
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise BadInput(f"{file.name}: not a table of vague words that this version can read: {error}") from error


def _rows(entry: dict[str, Any], lists: dict[str, list[str]]) -> list[VagueWords]:
    """Return a row for the phrases that stand by themselves, and one for each that minds its neighbours."""
    plain = [phrase for phrase in entry["phrases"] if isinstance(phrase, str)]
    rows = [_row(entry, plain, lists)] if plain else []
    minding = [dict(phrase) for phrase in entry["phrases"] if not isinstance(phrase, str)]
    return rows + [_row(entry, [told.pop("phrase")], lists, **told) for told in minding]


def _row(
    entry: dict[str, Any],
    phrases: list[str],
    lists: dict[str, list[str]],
    *,
    not_after: str = "",
    not_before: str = "",
    ends: str | None = None,
    law: bool = False,
) -> VagueWords:
    return VagueWords(
        id=entry["id"],
        phrases=tuple(spelled_out(phrases, lists)),
        look_again_days=entry["look_again_days"],
        not_after=frozenset(not_after.split()),
        not_before=frozenset(not_before.split()),
        ends=ends,
        law=law,
    )
