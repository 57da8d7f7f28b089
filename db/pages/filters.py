"""What of the commitments a person asked to see: read from a URL, written to a URL, and turned into conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from db.queries import marks
from processing.commitments.status import STATUSES
from processing.records import FIRMNESS, HOUSES

if TYPE_CHECKING:
    from collections.abc import Callable

SORTS = {
    "newest": ("Last said, newest first", "c.last_said DESC, c.number DESC"),
    "due": ("Due soonest", "c.latest IS NULL, c.latest, c.number"),
    "slipped": ("Slipped furthest", "c.slipped_days DESC, c.number DESC"),
    "oldest": ("First said, oldest first", "c.first_said, c.number"),
}
PAGE = 25
LONGEST = 200  # characters of a value in a URL; a longer one is a mistake or an attack
CHOICES: dict[str, tuple[str, ...]] = {"status": STATUSES, "firmness": FIRMNESS, "house": HOUSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice of commitments. An empty field does not limit. Dates are ISO and inclusive.

    The due dates are about the last day of a deadline. `reviewed`: yes or no. `words` is searched in the promise.
    `problems` says in words what of the URL could not be understood and was left out.
    """

    status: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    recommendation: str = ""
    firmness: tuple[str, ...] = ()
    house: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    speaker: str = ""
    said_from: str = ""
    said_to: str = ""
    due_from: str = ""
    due_to: str = ""
    reviewed: str = ""
    words: str = ""
    sort: str = "newest"
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing limits what is shown."""
        return not self.pairs()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parts of the URL that hold the choice, without sort and page."""
        found: list[tuple[str, str]] = []
        for name in (*LISTS, *SINGLES):
            value = getattr(self, name)
            found += [(name, one) for one in value] if isinstance(value, tuple) else [(name, value)] if value else []
        return found

    def query(self, **changes: Any) -> str:
        """Write the choice, with changes, as the part of a URL after the question mark."""
        changed = replace(self, **changes)
        pairs = changed.pairs()
        if changed.sort != "newest":
            pairs.append(("sort", changed.sort))
        if changed.page > 1:
            pairs.append(("page", str(changed.page)))
        return urlencode(pairs)

    def without(self, name: str, value: str) -> str:
        """Write the URL of the choice less one of its limits."""
        present = getattr(self, name)
        left: Any = tuple(one for one in present if one != value) if isinstance(present, tuple) else ""
        return self.query(**{name: left, "page": 1})

    def conditions(self, match: Callable[[str], str | None]) -> tuple[str, list[Any]]:
        """Return the condition on `commitments c`, beginning with WHERE, and its values.

        `match` turns words into a full text expression. What was joined into another, or rejected, is left out
        unless the status asks for it.
        """
        parts = ["c.joined_into IS NULL"]
        values: list[Any] = []
        for sql, given in self._limits(match):
            parts.append(sql)
            values += given
        if not self.status:
            parts.append("c.status <> 'rejected'")
        return "WHERE " + " AND ".join(parts), values

    def _limits(self, match: Callable[[str], str | None]) -> list[tuple[str, list[Any]]]:
        limits: list[tuple[str, list[Any]]] = [
            (f"c.{column} IN ({marks(len(chosen))})", list(chosen))
            for column in ("status", "owner", "firmness")
            if (chosen := getattr(self, column))
        ]
        limits += self._joined_limits()
        limits += [
            (sql, [value])
            for sql, value in (
                ("c.latest >= ?", self.due_from),
                ("c.latest <= ?", self.due_to),
                ("c.is_reviewed = ?", {"yes": 1, "no": 0}.get(self.reviewed, "")),
            )
            if value != ""
        ]
        if self.words:
            expression = match(self.words)
            sql = "c.number IN (SELECT rowid FROM commitments_fts WHERE commitments_fts MATCH ?)"
            limits.append((sql, [expression]) if expression else ("0", []))
        return limits

    def _joined_limits(self) -> list[tuple[str, list[Any]]]:
        limits: list[tuple[str, list[Any]]] = []
        if self.topic:
            sql = f"c.id IN (SELECT commitment FROM commitment_topics WHERE topic IN ({marks(len(self.topic))}))"  # noqa: S608 -- place holders only
            limits.append((sql, list(self.topic)))
        if self.recommendation:
            whole = self.recommendation.rpartition("/")[0] + "/*"
            sql = "c.id IN (SELECT commitment FROM commitment_recommendations WHERE recommendation "
            if "/" in self.recommendation:
                limits.append((sql + "IN (?, ?))", [self.recommendation, whole]))
            else:
                limits.append((sql + "BETWEEN ? AND ?)", [f"{self.recommendation}/", f"{self.recommendation}0"]))
        return limits + self._saying_limits()

    def _saying_limits(self) -> list[tuple[str, list[Any]]]:
        """Limits on the sayings of a commitment: all must hold of the same saying."""
        parts: list[str] = []
        values: list[Any] = []
        for column, chosen in (("s.house", self.house), ("d.source", self.source)):
            if chosen:
                parts.append(f"{column} IN ({marks(len(chosen))})")
                values += chosen
        for sql, value in (("s.person = ?", self.speaker),):
            if value:
                parts.append(sql)
                values.append(value)
        if not parts and not (self.said_from and self.said_to):
            return [
                (sql, [value])
                for sql, value in (("c.last_said >= ?", self.said_from), ("c.first_said <= ?", self.said_to))
                if value
            ]
        for sql, value in (("s.said_on >= ?", self.said_from), ("s.said_on <= ?", self.said_to)):
            if value:
                parts.append(sql)
                values.append(value)
        joined = " JOIN documents d ON d.id = s.document" if self.source else ""
        sql = f"c.id IN (SELECT s.commitment FROM statements s{joined} WHERE {' AND '.join(parts)})"  # noqa: S608 -- `parts` are ours
        return [(sql, values)]


LISTS = ("status", "owner", "topic", "firmness", "house", "source")
SINGLES = ("recommendation", "speaker", "said_from", "said_to", "due_from", "due_to", "reviewed", "words")
PASSED_OVER = ("_", "utm_", "fbclid", "gclid")  # what others hang on an address
DATES = {"said_from": "said from", "said_to": "said to", "due_from": "due from", "due_to": "due to"}


def read_filter(pairs: list[tuple[str, str]]) -> Filter:
    """Read a filter from the parts of a URL; what can't be understood is left out and named in `problems`."""
    fields: dict[str, Any] = {}
    problems: list[str] = []
    for name, given in pairs:
        value = given.strip().replace("\x00", "")
        if not value or name.startswith(PASSED_OVER):
            continue
        problem = _problem(name, value)
        if problem:
            problems.append(problem)
        elif name in LISTS:
            if value not in fields.get(name, ()):
                fields[name] = (*fields.get(name, ()), value)
        else:
            fields[name] = int(value) if name == "page" else value
    return Filter(**fields, problems=tuple(problems))


def _problem(name: str, value: str) -> str:  # noqa: PLR0911 -- one return a kind of mistake
    if name not in (*LISTS, *SINGLES, "sort", "page"):
        return f"“{name[:LONGEST]}” is no part of a filter: there are {', '.join((*LISTS, *SINGLES))}, sort and page."
    if len(value) > LONGEST:
        return f"The value of “{name}” is longer than {LONGEST} characters."
    if name in DATES and not is_day(value):
        return f"“{value}” ({DATES[name]}) is not a date. Write it as year-month-day, such as 2025-06-16."
    if name in CHOICES and value not in CHOICES[name]:
        return f"“{value}” is not a {name}: it must be one of {', '.join(CHOICES[name])}."
    if name == "reviewed" and value not in ("yes", "no"):
        return f"“{value}” for reviewed must be yes or no."
    if name == "sort" and value not in SORTS:
        return f"“{value}” is not a way to sort: it must be one of {', '.join(SORTS)}."
    if name == "page" and not (value.isascii() and value.isdigit() and 0 < int(value) < 100_000):  # noqa: PLR2004 -- far beyond any list
        return f"“{value}” is not the number of a page."
    return ""


def is_day(text: str) -> bool:
    """Tell whether a text is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
