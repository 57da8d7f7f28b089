"""Evidence: statements, deliveries and publications in, and what became of each promise out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from processing.commitments.events import Evidence
from processing.commitments.found_evidence import Publication, find_evidence, promises
from processing.commitments.things import find_things
from tests.processing.commitments.made import delivery, undated

if TYPE_CHECKING:
    from processing.commitments.statement import Delivery, Statement

KCSIE = undated("a", "We will publish Keeping Children Safe in Education guidance")
AGAIN = undated("b", "KCSIE will be published", said_on=date(2025, 10, 1), recommendations=("casey-2025/4",))
FUND = undated("c", "We will give £5 million to child houses", action="fund")
UPDATE = undated("d", "We will publish a further progress update")
STATEMENTS = {one.id: one for one in (KCSIE, AGAIN, FUND, UPDATE)}
HOMES = {"a": "FT-1", "b": "FT-1", "c": "FT-2", "d": "FT-3"}
DONE = "Today I have published Keeping Children Safe in Education"


def evidence(one: Delivery, reason: str) -> Evidence:
    """Return what a delivery tells as evidence."""
    return Evidence(
        delivery=one.id,
        document=one.document,
        happened_on=one.said_on,
        noticed_at=one.first_seen_at,
        quote=one.quote,
        summary=f"Evidence of delivery: {reason}",
    )


KEPT = "both are about the Keeping Children Safe in Education"


def page(**more: Any) -> Publication:
    """Return a publication of guidance."""
    told: dict[str, Any] = {
        "id": "govuk/x",
        "kind": "guidance",
        "title": "Keeping children safe in education: guidance",
        "published": date(2025, 11, 12),
        "first_seen_at": "2025-11-17T06:00:00.000000Z",
    }
    return Publication(**{**told, **more})


def test_a_commitment_is_matched_by_all_that_its_sayings_are_about() -> None:
    found = {one.id: one for one in promises(STATEMENTS, HOMES)}
    one = found["FT-1"]
    assert one.things.objects == find_things(KCSIE.quote).objects
    assert (one.actions, one.quotes, one.first_said, one.documents, one.recommendations, one.is_further) == (
        frozenset({"publish"}),
        (KCSIE.quote, AGAIN.quote),
        date(2025, 9, 1),
        frozenset({"a", "b"}),
        frozenset({"casey-2025/4"}),
        False,
    )
    assert {name: each.is_further for name, each in found.items()} == {"FT-1": False, "FT-2": False, "FT-3": True}


def test_a_delivery_is_linked_to_its_commitment_and_told_as_evidence_with_the_reason() -> None:
    one = delivery("x", DONE)
    found = find_evidence(STATEMENTS, HOMES, [one, delivery("y", "We have opened ten new schools")], [])
    assert found.links == [("FT-1", KEPT, "x")]
    assert dict(found.by_commitment) == {"FT-1": [evidence(one, KEPT)]}


def test_one_statement_in_both_houses_is_one_piece_of_evidence_with_two_links() -> None:
    lords = delivery("y", f"{DONE}.", document="lords")
    found = find_evidence(STATEMENTS, HOMES, [delivery("x", DONE), lords], [])
    assert [link[2] for link in found.links] == ["x", "y"]
    assert [one.delivery for one in found.by_commitment["FT-1"]] == ["x"]
    later = delivery("z", DONE, said_on=date(2025, 11, 13))
    told = find_evidence(STATEMENTS, HOMES, [delivery("x", DONE), later], []).by_commitment["FT-1"]
    assert [one.delivery for one in told] == ["x", "z"]


@pytest.mark.parametrize(
    ("statements", "document", "links"),
    [([KCSIE], "a", 0), ([KCSIE, AGAIN], "a", 1), ([KCSIE], "elsewhere", 1)],
    ids=["promised only there", "promised elsewhere too", "promised only elsewhere"],
)
def test_what_was_promised_in_the_very_text_that_says_it_is_done_is_not_what_was_done(
    statements: list[Statement], document: str, links: int
) -> None:
    rows = {one.id: one for one in statements}
    found = find_evidence(rows, dict.fromkeys(rows, "FT-1"), [delivery("x", DONE, document=document)], [])
    assert len(found.links) == links


def test_a_publication_is_evidence_without_a_quote_and_linked_to_no_delivery() -> None:
    found = find_evidence(STATEMENTS, HOMES, [], [page(), page(id="govuk/y", title="Annual report on fisheries")])
    reason = "a publication about the Keeping Children Safe in Education: Keeping children safe in education: guidance"
    assert found.links == []
    assert dict(found.by_commitment) == {
        "FT-1": [
            Evidence(
                delivery=None,
                document="govuk/x",
                happened_on=date(2025, 11, 12),
                noticed_at="2025-11-17T06:00:00.000000Z",
                quote=None,
                summary=f"Evidence of delivery: {reason}",
            )
        ]
    }
