"""Public numbers of commitments: given once, kept through new rules, joins and splits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processing.commitments.statement import Statement

SAME_WORDS = 60  # token_set_ratio, 0 to 100: new rules may cut a quote shorter or longer; it stays the same saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A line of the ledger: the number that a statement's commitment was given first."""

    statement: str
    number: int
    document: str
    passage_key: str
    quote: str
    given_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The outcome of numbering.

    `numbers`: one for each group, in the order of the groups. `joined`: numbers that now lead to another, with one of
    their statements. `lines`: new ones for the ledger. `aliases`: from ids that are no more to present ones.
    """

    numbers: tuple[int, ...]
    joined: tuple[tuple[int, int, str], ...]
    lines: tuple[Given, ...]
    aliases: Mapping[str, str]


def public_id(number: int) -> str:
    """Write a number as people see it."""
    return f"FT-{number}"


def heirs(ledger: Iterable[Given], statements: Sequence[Statement]) -> dict[str, str]:
    """Say which present statement stands for one of the ledger that is no more: {old id: present id}."""
    present = {one.id for one in statements}
    here: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        here[one.document, one.passage_key].append(one)
    ledger = list(ledger)
    known = {line.statement: line.number for line in ledger}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for line in ledger:
        if line.statement in present:
            continue
        # one that is in the ledger already may be the heir found by an earlier run
        free = [
            one
            for one in here.get((line.document, line.passage_key), ())
            if known.get(one.id, line.number) == line.number and one.id not in taken
        ]
        scored = [(fuzz.token_set_ratio(line.quote, one.quote), one.id) for one in free]
        best = max(scored, default=(0, ""))
        if best[0] >= SAME_WORDS:
            found[line.statement] = best[1]
            taken.add(best[1])
    return found


def give_numbers(
    groups: Sequence[Sequence[str]],
    ledger: Sequence[Given],
    statements: Sequence[Statement],
    expelled: frozenset[tuple[str, int]] = frozenset(),
) -> Numbers:
    """Give each group of statements its number. A group takes the lowest number that its statements were ever given.

    Where two groups claim one number (after a split), the one with the statement that arrived first keeps it, but
    never by a statement that a person put out of it: `expelled` are (statement, number). New numbers go up from the
    highest ever given, in the order in which the groups' first statements arrived.
    """
    by_statement = {one.id: one for one in statements}
    aliases = heirs(ledger, statements)
    given = {aliases.get(line.statement, line.statement): line.number for line in ledger}
    arrival = {key: (*one.arrival, key) for key, one in by_statement.items()}
    order = sorted(range(len(groups)), key=lambda index: min(arrival[key] for key in groups[index]))
    claims = {
        index: {given[key] for key in groups[index] if key in given and (key, given[key]) not in expelled}
        for index in order
    }
    taken = _taken(order, claims, max((line.number for line in ledger), default=0))
    joined, lines = _changes(groups, order, taken, given, set(aliases.values()))
    return Numbers(
        numbers=tuple(taken[index] for index in range(len(groups))),
        joined=joined,
        lines=tuple(_line(by_statement[statement], number) for statement, number in lines),
        aliases=aliases,
    )


def _taken(order: Sequence[int], claims: Mapping[int, set[int]], highest: int) -> dict[int, int]:
    """Say which number each group takes, the groups in order of arrival."""
    taken: dict[int, int] = {}
    used: set[int] = set()
    for index in order:
        if free := claims[index] - used:
            taken[index] = min(free)
            used.add(min(free))
    for index in order:
        if index not in taken:
            highest += 1
            taken[index] = highest
    return taken


def _changes(
    groups: Sequence[Sequence[str]],
    order: Sequence[int],
    taken: Mapping[int, int],
    given: Mapping[str, int],
    heir: set[str],
) -> tuple[tuple[tuple[int, int, str], ...], list[tuple[str, int]]]:
    """Say which numbers lead to another now, and which statements need a line in the ledger."""
    owned = set(taken.values())
    joined: dict[int, tuple[int, int, str]] = {}
    lines = []
    for index in order:
        for statement in groups[index]:
            before, number = given.get(statement), taken[index]
            if before is not None and before != number and before not in owned:
                joined.setdefault(before, (before, number, statement))
                number = before  # the ledger keeps the first number: a split gives it back
            if before != number or statement in heir:
                lines.append((statement, number))
    return tuple(sorted(joined.values())), lines


def _line(statement: Statement, number: int) -> Given:
    return Given(
        statement=statement.id,
        number=number,
        document=statement.document,
        passage_key=statement.passage_key,
        quote=statement.quote,
        given_at=f"{statement.first_seen_at} {statement.document} {statement.start:08}",
    )
