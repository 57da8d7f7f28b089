"""Joins statements into commitments and numbers them, people's joins and splits on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processing.commitments.joining.join import Clusters, join
from processing.commitments.numbering import give_numbers, public_id
from processing.commitments.reviews import joins_and_splits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processing.commitments.numbering import Given, Numbers
    from processing.commitments.reviews import Review
    from processing.commitments.statement import Delivery, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Statements joined and numbered.

    `homes` leads from each statement to its public id, `all_homes` from each that was ever numbered, `ids` from each
    public id ever given to the present one. `expelled` are statements that a person put out, with the number left.
    `lines` are what the ledger of numbers lacks.
    """

    clusters: Clusters
    numbers: Numbers
    homes: Mapping[str, str]
    all_homes: Mapping[str, str]
    ids: Mapping[str, str]
    expelled: frozenset[tuple[str, int]]
    lines: tuple[Given, ...]


def group(
    statements: Mapping[str, Statement],
    deliveries: Sequence[Delivery],
    reviews: Sequence[Review],
    ledger: Sequence[Given],
) -> Grouped:
    """Join the statements and number the groups; `ledger` holds the numbers given before, in order of statement id.

    Reviews that regroup speak of commitments by their statements. Where the ledger does not know these yet (reviews
    brought to a new archive), the machine's own grouping is numbered first, as it was where they were made.
    """
    regrouping = [review for review in reviews if review.decision in ("join", "split")]
    anchors = {key for review in regrouping for key in (review.statement, review.other) if key}
    by_machine: tuple[Given, ...] = ()
    if (anchors & statements.keys()) - {line.statement for line in ledger}:
        by_machine = _number(statements, deliveries, (), ledger)[1].lines
        ledger = with_lines(ledger, by_machine)
    clusters, numbers, expelled = _number(statements, deliveries, regrouping, ledger)
    ledger = with_lines(ledger, numbers.lines)
    homes = {
        key: public_id(number) for keys, number in zip(clusters.groups, numbers.numbers, strict=True) for key in keys
    }
    ids = {public_id(number): public_id(number) for number in numbers.numbers}
    ids |= {public_id(before): public_id(number) for before, number, _ in numbers.joined}
    given = {line.statement: ids[name] for line in ledger if (name := public_id(line.number)) in ids}
    heirs = {old: homes[new] for old, new in numbers.aliases.items()}
    return Grouped(
        clusters=clusters,
        numbers=numbers,
        homes=homes,
        all_homes={**given, **heirs, **homes},
        ids=ids,
        expelled=expelled,
        lines=(*by_machine, *numbers.lines),
    )


def with_lines(ledger: Iterable[Given], lines: Iterable[Given]) -> list[Given]:
    """Return the ledger with more lines: of a statement that it has already only the number changes."""
    known = {line.statement: line for line in ledger}
    for line in lines:
        before = known.get(line.statement, line)
        known[line.statement] = replace(before, number=line.number)
    return [known[statement] for statement in sorted(known)]


def _number(
    statements: Mapping[str, Statement],
    deliveries: Sequence[Delivery],
    regrouping: Sequence[Review],
    ledger: Sequence[Given],
) -> tuple[Clusters, Numbers, frozenset[tuple[str, int]]]:
    regrouped = joins_and_splits(regrouping, {line.statement: line.number for line in ledger})
    clusters = join(
        statements.values(),
        edits=[(row.id, row.replaces) for row in statements.values() if row.replaces and row.replaces in statements],
        together=regrouped.together,
        apart=regrouped.apart,
        done=deliveries,
    )
    numbers = give_numbers(clusters.groups, ledger, list(statements.values()), regrouped.expelled)
    return clusters, numbers, regrouped.expelled
