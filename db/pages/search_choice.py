"""What a person asked to search for, read from a URL and turned into conditions on passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from db.pages.filters import is_day
from processing.records import HOUSES

SORTS = {"newest": "Newest first", "relevance": "Best match first"}
LONGEST = 500  # characters of a search
FURTHEST = 50  # pages


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchChoice:
    """A search: its words, its limits, its order. Dates are ISO and inclusive; `government` yes: ministers only."""

    words: str = ""
    source: str = ""
    house: str = ""
    person: str = ""
    spoken_from: str = ""
    spoken_to: str = ""
    government: str = ""
    sort: str = "newest"
    page: int = 1
    problems: tuple[str, ...] = ()

    def query(self, **changes: Any) -> str:
        """Write the search, with changes, as the part of a URL after the question mark."""
        changed = replace(self, **changes)
        pairs = [("q", changed.words)] if changed.words else []
        pairs += [(name, getattr(changed, name)) for name in LIMITS if getattr(changed, name)]
        if changed.sort != "newest":
            pairs.append(("sort", changed.sort))
        if changed.page > 1:
            pairs.append(("page", str(changed.page)))
        return urlencode(pairs)

    def conditions(self) -> tuple[str, list[Any]]:
        """Return the conditions on `passages p` and `documents d`, each beginning with AND, and their values."""
        limits = (
            ("d.source = ?", self.source),
            ("p.house = ?", self.house),
            ("p.person = ?", self.person),
            ("p.spoken_on >= ?", self.spoken_from),
            ("p.spoken_on <= ?", self.spoken_to),
            ("p.is_government = ?", 1 if self.government == "yes" else ""),
        )
        chosen = [(sql, value) for sql, value in limits if value != ""]
        return "".join(f" AND {sql}" for sql, _value in chosen), [value for _sql, value in chosen]


LIMITS = ("source", "house", "person", "spoken_from", "spoken_to", "government")


def read_search(pairs: list[tuple[str, str]]) -> SearchChoice:
    """Read a search from the parts of a URL; what can't be understood is left out and named in `problems`."""
    fields: dict[str, Any] = {}
    problems: list[str] = []
    for name, given in pairs:
        value = given.strip().replace("\x00", "")
        field = "words" if name == "q" else name
        if not value or field not in ("words", *LIMITS, "sort", "page"):
            continue
        problem = _problem(field, value)
        if problem:
            problems.append(problem)
        else:
            fields[field] = int(value) if field == "page" else value
    return SearchChoice(**fields, problems=tuple(problems))


def _problem(field: str, value: str) -> str:
    if len(value) > LONGEST:
        return f"A search may be {LONGEST} characters long; this one is {len(value)}."
    if field in ("spoken_from", "spoken_to") and not is_day(value):
        return f"“{value}” is not a date. Write it as year-month-day, such as 2025-06-16."
    if field == "house" and value not in HOUSES:
        return f"“{value}” is not a House: it must be Commons or Lords."
    if field == "sort" and value not in SORTS:
        return f"“{value}” is not a way to sort: it must be newest or relevance."
    if field == "page" and not (value.isascii() and value.isdigit() and 0 < int(value) <= FURTHEST):
        return f"Pages go from 1 to {FURTHEST}. Narrow the search by dates to see more."
    return ""
