"""What every match of a regular expression holds, read off the expression: the quick test before the slow one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST = 128  # texts that are told apart; beyond it a pattern is not spelled out further


class _Told(NamedTuple):
    """`exact` are all texts that a part of a pattern can match; `needed` texts of which its matches hold one.

    None: not known.
    """

    exact: frozenset[str] | None
    needed: frozenset[str] | None


_NOTHING = _Told(frozenset([""]), None)
_UNKNOWN = _Told(None, None)


@cache
def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return texts of which every match of a case-sensitive pattern holds at least one; none where none can be told."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return frozenset()
    told = _sequence(parser.parse(pattern.pattern, pattern.flags & re.DOTALL))
    texts = _best([told.exact, told.needed]) or frozenset()
    return frozenset(text for text in texts if not any(other in text for other in texts if other != text))


class Sieve:
    """Several patterns, and quickly those of them that may match in a text."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        """Learn the patterns."""
        self._needs = tuple((pattern, needed(pattern)) for pattern in dict.fromkeys(patterns))
        self._stems = tuple(_stems(frozenset().union(*(texts for _, texts in self._needs))).items())
        self._known: dict[tuple[str, ...], frozenset[re.Pattern[str]]] = {}

    def passed(self, text: str) -> frozenset[re.Pattern[str]]:
        """Return the patterns that may match in a text: never without one that does."""
        held = tuple([part for stem, parts in self._stems if stem in text for part in parts if part in text])
        found = self._known.get(held)
        if found is None:
            known = frozenset(held)
            found = frozenset(pattern for pattern, texts in self._needs if not texts or texts & known)
            if len(self._known) < _MOST_KNOWN:
                self._known[held] = found
        return found


def _stems(texts: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return words of which each text holds one, with the texts that are looked for where the word stands."""
    stems: dict[str, tuple[str, ...]] = {}
    left = set(texts)
    while left:
        counts = Counter(word for text in left for word in {text, *_WORD.findall(text)} if _rarity(word) >= _RARE)
        stem = max(counts, key=lambda word: (counts[word], _rarity(word), word), default=min(left))
        stems[stem] = tuple(sorted(text for text in left if stem in text))
        left.difference_update(stems[stem])
    return stems


_WORD = re.compile(r"\w+")
_RARE = 4  # "oct", "year", "20": from here on a word is worth looking for


_MOST_KNOWN = 10_000  # combinations of texts that are kept: few are met often


def _best(choices: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Return the choice that says most: the one whose commonest text is rarest, then the one of fewest texts."""
    known = [choice for choice in choices if choice and "" not in choice]
    return max(known, key=lambda choice: (min(map(_rarity, choice)), -len(choice)), default=None)


def _rarity(text: str) -> int:
    """Return how seldom a text is met, roughly: more for each letter, much more for figures."""
    return sum(1 if letter in _COMMON else 4 if letter.isdecimal() else 2 for letter in text)


_COMMON = frozenset(" etaoinshr")


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Told:
    """Tell of parts that follow each other: texts grow until a part is met that can't be spelled out."""
    run: frozenset[str] | None = frozenset([""])
    whole, choices = True, list[frozenset[str] | None]()
    for operation, told in items:
        part = _part(operation, told)
        joined = _joined(run, part.exact)
        if joined is None:
            whole = False
            choices += [run, part.needed]
            joined = part.exact if part.exact is not None else frozenset([""])
        run = joined
    choices.append(run)
    return _Told(run if whole else None, _best(choices))


def _joined(first: frozenset[str] | None, second: frozenset[str] | None) -> frozenset[str] | None:
    if first is None or second is None or len(first) * len(second) > _MOST:
        return None
    return frozenset(one + other for one, other in product(first, second))


def _part(operation: Any, told: Any) -> _Told:
    """Tell of one operation of a parsed pattern. What is not listed here says nothing."""
    if operation is ops.LITERAL:
        return _Told(frozenset([chr(told)]), None)
    if operation is ops.IN:
        return _Told(_letters(told), None)
    if operation is ops.BRANCH:
        return _branches([_sequence(branch) for branch in told[1]])
    if operation in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
        return _sequence(told[-1] if operation is ops.SUBPATTERN else told)
    if operation in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _repeated(*told)
    return _NOTHING if operation in (ops.AT, ops.ASSERT, ops.ASSERT_NOT) else _UNKNOWN


def _letters(members: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """Return the letters of a class that lists them, or a short row of them such as figures; else None."""
    found: set[str] = set()
    for operation, told in members:
        if operation is ops.LITERAL:
            found.add(chr(told))
        elif operation is ops.RANGE and told[1] - told[0] < _LONGEST_ROW:
            found.update(map(chr, range(told[0], told[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _MOST else None


_LONGEST_ROW = 10


def _branches(told: Sequence[_Told]) -> _Told:
    exact: frozenset[str] | None = None
    if all(branch.exact is not None for branch in told):
        exact = frozenset().union(*(branch.exact or () for branch in told))
    needed_by_each = [_best([branch.exact, branch.needed]) for branch in told]
    either = None if None in needed_by_each else frozenset().union(*(texts or () for texts in needed_by_each))
    return _Told(exact if exact is not None and len(exact) <= _MOST else None, either)


def _repeated(least: int, most: Any, items: Iterable[tuple[Any, Any]]) -> _Told:
    inner = _sequence(items)
    if (least, most) == (1, 1):
        return inner
    if (least, most) == (0, 1):
        return _Told(None if inner.exact is None else inner.exact | {""}, None)
    return _Told(None, _best([inner.exact, inner.needed]) if least else None)
