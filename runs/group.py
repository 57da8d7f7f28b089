"""Join statements into commitments and number them, people's joins and splits on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.register import commitments as store
from processing.commitments.joining.join import Clusters, join
from processing.commitments.numbering import give_numbers, public_id
from processing.commitments.reviews import joins_and_splits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.archive.archive import Archive
    from processing.commitments.numbering import Numbers
    from processing.commitments.reviews import Review
    from processing.commitments.statement import Delivery, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Statements joined and numbered.

    `homes` leads from each statement to its public id, `all_homes` from each that was ever numbered, `ids` from each
    public id ever given to the present one. `expelled` are statements that a person put out, with the number left.
    """

    clusters: Clusters
    numbers: Numbers
    homes: Mapping[str, str]
    all_homes: Mapping[str, str]
    ids: Mapping[str, str]
    expelled: frozenset[tuple[str, int]]


def group(
    archive: Archive,
    statements: Mapping[str, Statement],
    reviews: Sequence[Review],
    deliveries: Sequence[Delivery],
) -> Grouped:
    """Join the statements, number the groups, and keep the numbers in the archive's ledger.

    Reviews that regroup speak of commitments by their statements. Where the ledger does not know these yet (reviews
    brought to a new archive), the machine's own grouping is numbered first, as it was where they were made.
    """
    regrouping = [review for review in reviews if review.decision in ("join", "split")]
    known = {line.statement for line in store.load_ledger(archive)}
    anchors = {key for review in regrouping for key in (review.statement, review.other) if key}
    if (anchors & statements.keys()) - known:
        _number(archive, statements, (), deliveries)
    clusters, numbers, expelled = _number(archive, statements, regrouping, deliveries)
    homes = {
        key: public_id(number) for keys, number in zip(clusters.groups, numbers.numbers, strict=True) for key in keys
    }
    ids = {public_id(number): public_id(number) for number in numbers.numbers}
    ids |= {public_id(before): public_id(number) for before, number, _ in numbers.joined}
    ledger = store.load_ledger(archive)
    given = {line.statement: ids[name] for line in ledger if (name := public_id(line.number)) in ids}
    heirs = {old: homes[new] for old, new in numbers.aliases.items() if new in homes}
    return Grouped(
        clusters=clusters,
        numbers=numbers,
        homes=homes,
        all_homes={**given, **heirs, **homes},
        ids=ids,
        expelled=expelled,
    )


def _number(
    archive: Archive, statements: Mapping[str, Statement], regrouping: Sequence[Review], deliveries: Sequence[Delivery]
) -> tuple[Clusters, Numbers, frozenset[tuple[str, int]]]:
    ledger = store.load_ledger(archive)
    regrouped = joins_and_splits(regrouping, {line.statement: line.number for line in ledger})
    clusters = join(
        statements.values(),
        edits=[(row.id, row.replaces) for row in statements.values() if row.replaces and row.replaces in statements],
        together=regrouped.together,
        apart=regrouped.apart,
        done=deliveries,
    )
    numbers = give_numbers(clusters.groups, ledger, list(statements.values()), regrouped.expelled)
    store.add_to_ledger(archive, numbers.lines)
    return clusters, numbers, regrouped.expelled
