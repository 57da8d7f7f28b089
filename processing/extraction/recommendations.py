"""The recommendation sets that commitments are linked to (`recommendations.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from datetime import date

FILE = Path(__file__).parent / "recommendations.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One numbered recommendation; `subjects` are patterns over a lower-case quote that say it is about this.

    Whatever they match holds one of `words`, whole or as a part of a longer word.
    """

    id: str
    number: str
    title: str
    summary: str
    responsible: str
    subjects: tuple[re.Pattern[str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationSet:
    """The recommendations of one inquiry or review; `is_complete` False where only some are known to us.

    `names` are words by which a passage names it; `count` how it is said that all of them are meant ("12|twelve").
    """

    id: str
    title: str
    author: str
    published: date
    url: str
    is_complete: bool
    recommendations: tuple[Recommendation, ...]
    note: str | None = None
    names: tuple[str, ...] = ()
    count: str | None = None


def _recommendation(name: str, entry: dict[str, Any]) -> Recommendation:
    return Recommendation(
        id=f"{name}/{entry['number']}",
        number=entry["number"],
        title=entry["title"],
        summary=entry["summary"],
        responsible=entry["responsible"],
        subjects=tuple(re.compile(pattern) for pattern in entry.get("subjects", [])),
        words=tuple(entry.get("words", [])),
    )


@cache
def load_recommendations(file: Path = FILE) -> tuple[RecommendationSet, ...]:
    """Read the sets, in the order of the file."""
    return tuple(
        RecommendationSet(
            id=entry["id"],
            title=entry["title"],
            author=entry["author"],
            published=entry["published"],
            url=entry["url"],
            is_complete=entry["complete"],
            recommendations=tuple(_recommendation(entry["id"], told) for told in entry["recommendations"]),
            note=entry.get("note"),
            names=tuple(entry["names"]),
            count=entry.get("count"),
        )
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["sets"]
    )
