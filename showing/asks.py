"""What a visitor asked a page for: the parts of the address, and the day for which the page is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MOST_PARTS = 100  # no page of ours takes more; what stands beyond is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that a visitor can choose in a filter, with its name and how many commitments have it."""

    value: str
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request as the pages see it: the named parts of the path, what follows the question mark, the day."""

    path: dict[str, str]
    query: str
    pairs: list[tuple[str, str]]
    today: date

    def get(self, name: str) -> str:
        """Return the first value of a name after the question mark; empty where there is none."""
        return next((value for key, value in self.pairs if key == name), "")


def read_ask(parts: Mapping[str, str], query: str, today: date) -> Ask:
    """Read a request. `parts` are of the path as it was sent (percent-encoded), `query` follows the question mark."""
    few = "&".join(query.split("&")[:MOST_PARTS])
    path = {name: unquote(value) for name, value in parts.items()}
    return Ask(path=path, query=few, pairs=parse_qsl(few), today=today)
