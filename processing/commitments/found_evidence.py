"""Matches all that was done with all that was promised: the evidence of each commitment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from processing.commitments.events import Evidence
from processing.commitments.evidence import Promise, index_promises, kept_by, kept_by_publication
from processing.commitments.identity import plain_quote
from processing.commitments.joining.comparing import about
from processing.commitments.series import FURTHER
from processing.commitments.things import Things

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from processing.commitments.evidence import Promises
    from processing.commitments.statement import Delivery, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A document that may itself be the delivery of a promise to publish or to consult."""

    id: str
    kind: str
    title: str
    published: date
    first_seen_at: str


@dataclass(frozen=True, slots=True)
class FoundEvidence:
    """Evidence by commitment, and for each delivery that is some: (commitment, reason in words, delivery)."""

    by_commitment: dict[str, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    links: list[tuple[str, str, str]] = field(default_factory=list)


def find_evidence(
    statements: Mapping[str, Statement],
    homes: Mapping[str, str],
    deliveries: Sequence[Delivery],
    publications: Iterable[Publication],
) -> FoundEvidence:
    """Find the evidence of each commitment. `homes` leads from each statement to its commitment."""
    near = index_promises(promises(statements, homes))
    found = FoundEvidence()
    _add_deliveries(found, near, deliveries)
    _add_publications(found, near, publications)
    return found


def _add_deliveries(found: FoundEvidence, near: Promises, deliveries: Iterable[Delivery]) -> None:
    told = set()
    for delivery in deliveries:
        # what was promised in the very text that says that it is done is not what was done
        likely = [one for one in near.near(delivery.quote) if one.documents != {delivery.document}]
        kept = kept_by(delivery.quote, delivery.action, delivery.said_on, likely)
        if kept is None:
            continue
        commitment, reason = kept
        found.links.append((commitment, reason, delivery.id))
        words = commitment, delivery.said_on, plain_quote(delivery.quote)
        if words in told:  # one statement made in both Houses is one piece of evidence
            continue
        told.add(words)
        found.by_commitment[commitment].append(
            Evidence(
                delivery=delivery.id,
                document=delivery.document,
                happened_on=delivery.said_on,
                noticed_at=delivery.first_seen_at,
                quote=delivery.quote,
                summary=f"Evidence of delivery: {reason}",
            )
        )


def _add_publications(found: FoundEvidence, near: Promises, publications: Iterable[Publication]) -> None:
    for page in publications:
        likely = near.near(page.title)
        for commitment, reason in kept_by_publication(page.kind, page.title, page.id, page.published, likely):
            found.by_commitment[commitment].append(
                Evidence(
                    delivery=None,
                    document=page.id,
                    happened_on=page.published,
                    noticed_at=page.first_seen_at,
                    quote=None,
                    summary=f"Evidence of delivery: {reason}",
                )
            )


def promises(statements: Mapping[str, Statement], homes: Mapping[str, str]) -> list[Promise]:
    """Return each commitment as evidence is matched with it."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for key, home in homes.items():
        groups[home].append(statements[key])
    return [_promise(home, rows) for home, rows in groups.items()]


def _promise(home: str, rows: Sequence[Statement]) -> Promise:
    told = [about(row) for row in rows]
    return Promise(
        id=home,
        things=Things.together(meaning.things for meaning in told),
        actions=frozenset(row.action for row in rows),
        quotes=tuple(row.quote for row in rows),
        first_said=min(row.said_on for row in rows),
        documents=frozenset(row.document for row in rows),
        recommendations=frozenset(name for row in rows for name in row.recommendations),
        is_further=any(FURTHER.search(meaning.core) for meaning in told),
    )
