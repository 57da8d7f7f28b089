"""The quick test before a slow one: which rows of a table are worth trying on a text, and where.

Each row states its heads, texts of which whatever it can find holds at least one. They are looked for all at once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = TypeVar("Row")


class Sieve(Generic[Row]):
    """Rows with their heads. A head stands as whole words; where a star begins or ends it, letters may go on."""

    def __init__(self, rows: Iterable[tuple[Row, Iterable[str]]]) -> None:
        """Learn the rows. Heads are in small letters. Raises ValueError where a row has none: it would never pass."""
        owners: dict[str, list[tuple[bool, bool, Row]]] = defaultdict(list)
        for row, heads in rows:
            told = list(heads)
            if not all(head.strip("*") for head in told) or not told:
                raise ValueError(f"{row!r} has no heads, or an empty one")
            for head in told:
                owners[head.strip("*")].append((head.startswith("*"), head.endswith("*"), row))
        self._owners = list(owners.values())
        self._automaton = AhoCorasick(
            list(owners), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def places(self, text: str) -> Iterator[tuple[int, int, Row]]:
        """Yield start and end of each head that a text in small letters holds, with its row, by the order of ends."""
        size = len(text)
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            begins = start == 0 or not text[start - 1].isalnum()
            ends = end == size or not text[end].isalnum()
            for may_lead, may_follow, row in self._owners[number]:
                if (begins or may_lead) and (ends or may_follow):
                    yield start, end, row

    def passed(self, text: str) -> set[Row]:
        """Return the rows that may find something in a text in small letters: never without one that does."""
        return {row for _, _, row in self.places(text)}
