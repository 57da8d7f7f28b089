"""What a text holds of the grammar's words: where its phrases begin, and near which heads a row is worth trying."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from processing.language.sieve import Sieve
from processing.timing.durations import DURATIONS
from processing.timing.events import EVENTS, Event
from processing.timing.grammar import COMPOSED, SHAPES
from processing.timing.relations import BY_TIME, ONCE, WHEN, parts, relations
from processing.timing.traps import TRAPS
from processing.timing.vague import VagueWords, vague_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processing.timing.durations import Durations
    from processing.timing.grammar import Composed
    from processing.timing.relations import Part, Relation
    from processing.timing.scene import Shape
    from processing.timing.traps import Trap

    Phrased = Relation | Part | VagueWords | Event
    Phrases = dict[type, dict[int, list[tuple[Phrased, int]]]]

Row = TypeVar("Row")
_HEADED: tuple[Shape | Composed | Trap | Durations, ...] = (*SHAPES, *COMPOSED, *TRAPS, DURATIONS)
_FIRST_TRAP = len(SHAPES) + len(COMPOSED)
_REACH = 90  # characters between the beginning of a period and the first head in it
_REACH_ALONE = 50  # the same where no small word stands in front
_NONE: tuple[()] = ()
WORD = re.compile(r"[a-z0-9][a-z0-9'/-]*")


class Near(NamedTuple):
    """The rows of which a head stands near behind a place, in the order of their tables."""

    shapes: tuple[Shape, ...]
    composed: tuple[Composed, ...]
    traps: tuple[Trap, ...]
    has_duration: bool


class Index:
    """The phrases of one text, by table and place, and the rows that are worth trying at a place."""

    def __init__(self, low: str, phrases: Phrases, heads: list[tuple[int, int]]) -> None:
        """Keep what the sieve found: phrases with their ends, and places of heads with the numbers of their rows."""
        self._low = low
        self._phrases = phrases
        self._starts = {place for kind in phrases.values() for place in kind}
        self._places = [place for place, _ in heads]
        self._numbers = [number for _, number in heads]
        self._near: dict[tuple[int, int], Near] = {}

    @property
    def holds_any(self) -> bool:
        """Tell whether there is anything to read: phrases alone may be vague words or events."""
        return bool(self._places or self._phrases.get(VagueWords) or self._phrases.get(Event))

    def places(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return where something may begin between two offsets, in order."""
        last = None if end is None else bisect_left(self._begins, end)
        return self._begins[bisect_left(self._begins, start) : last]

    @cached_property
    def _begins(self) -> list[int]:
        """Where phrases begin, and the words near in front of heads, in order."""
        low = self._low
        found = {place for place in self._starts if place == 0 or low[place - 1] not in "-/"}
        done = 0
        for head in self._places:
            start = low.rfind(" ", 0, max(done, head - _REACH_ALONE) + 1) + 1
            found.update(word.start() for word in WORD.finditer(low, max(done, start), head + 1))
            done = head + 1
        return sorted(found)

    def begins_phrase(self, place: int) -> bool:
        """Tell whether a phrase of any table begins at a place."""
        return place in self._starts

    def phrases_at(self, kind: type[Row], place: int) -> Sequence[tuple[Row, int]]:
        """Return the rows of a table of which a phrase begins at a place, with the ends of the phrases."""
        return self._phrases.get(kind, {}).get(place, _NONE)  # type: ignore[return-value]

    def near(self, place: int, *, alone: bool = False) -> Near | None:
        """Return the rows that may read what begins at a place, `alone` without a small word; None: there are none."""
        first = bisect_left(self._places, place)
        last = bisect_left(self._places, place + (_REACH_ALONE if alone else _REACH), first)
        if first == last:
            return None
        bounds = first, last
        if bounds not in self._near:
            self._near[bounds] = _rows(frozenset(self._numbers[slice(*bounds)]))
        return self._near[bounds]


@lru_cache(maxsize=1024)  # the same few heads stand together in many texts
def _rows(numbers: frozenset[int]) -> Near:
    told = sorted(numbers)
    return Near(
        tuple(SHAPES[number] for number in told if number < len(SHAPES)),
        tuple(COMPOSED[number - len(SHAPES)] for number in told if len(SHAPES) <= number < _FIRST_TRAP),
        tuple(TRAPS[number - _FIRST_TRAP] for number in told if _FIRST_TRAP <= number < len(_HEADED) - 1),
        told[-1] == len(_HEADED) - 1,
    )


class Lexicon:
    """All words of the grammar, looked for in one pass."""

    def __init__(self, vague: Iterable[VagueWords]) -> None:
        """Learn the tables; that of vague words is told, for people add to it."""
        phrased: list[Phrased] = [*relations().values(), BY_TIME, ONCE, WHEN, *parts(), *vague, *EVENTS]
        rows: list[tuple[Phrased | int, Iterable[str]]] = [(row, row.phrases) for row in phrased]
        self._sieve = Sieve([*rows, *((number, row.heads) for number, row in enumerate(_HEADED))])

    def index(self, low: str) -> Index:
        """Return what a text in small letters holds."""
        phrases: Phrases = defaultdict(lambda: defaultdict(list))
        heads: list[tuple[int, int]] = []
        for start, end, row in self._sieve.places(low):
            if isinstance(row, int):
                heads.append((start, row))
            else:
                phrases[type(row)][start].append((row, end))
        return Index(low, phrases, sorted(heads))


@cache
def lexicon() -> Lexicon:
    """Return the words of the grammar with the shipped vague ones."""
    return Lexicon(vague_words())
