"""Joining: measured on sayings of two halves, then case by case with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.commitments.joining.comparing import about, compare
from processing.commitments.joining.join import join
from tests.processing.commitments.made import undated
from tests.processing.commitments.measures import bcubed, deliveries, pairwise, sayings

if TYPE_CHECKING:
    from processing.commitments.statement import Statement


def saying(quote: str, **told: Any) -> Statement:
    """Return a statement that is known by its quote."""
    return undated(quote, quote, **{"first_seen_at": "2025-09-01", **told})


SETS = {  # least B-cubed precision and recall of each set, a little below what was measured
    "held_back": (0.98, 0.80),
    "development": (0.98, 0.97),
    "look_alikes": (0.98, 0.96),
    "unseen": (0.98, 0.92),
}


def joined(name: str) -> tuple[dict[str, str], dict[str, str], set[frozenset[str]]]:
    """Return the true and the found promise of each saying of a set, and the found ones that may be the same."""
    told, truth, _ = sayings(name)
    clusters = join(told, done=deliveries(name))
    found = {key: group[0] for group in clusters.groups for key in group}
    return truth, found, {frozenset({found[made.statement], found[made.other]}) for made in clusters.possible}


@pytest.mark.parametrize("name", SETS)
def test_what_is_joined_belongs_together_and_most_of_what_belongs_is_joined(name: str) -> None:
    truth, found, _ = joined(name)
    measured = bcubed(truth, found)
    precision, recall = SETS[name]
    assert measured.precision >= precision, measured.wrong
    assert measured.recall >= recall, measured.missed


def test_over_pairs_joins_are_right_and_most_that_are_missed_wait_for_a_person() -> None:
    # pairs are the stricter measure: one wrong saying in a large commitment counts once for each of its companions
    truth, found, possible = joined("held_back")
    measured = pairwise(truth, found)
    proposed = [pair for pair in measured.missed if frozenset(found[key] for key in pair) in possible]
    belong = round(len(measured.missed) / (1 - measured.recall))
    assert measured.precision >= 0.95, measured.wrong
    assert 1 - (len(measured.missed) - len(proposed)) / belong >= 0.85, measured.missed


def test_the_sets_hold_the_pairs_and_clusters_that_a_measure_needs() -> None:
    for name in SETS:
        found, truth, themes = sayings(name)
        ids = [one.id for one in found]
        near = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :] if themes[a] == themes[b]]
        assert len(set(truth.values())) >= 40
        assert len(near) >= 100


def test_bcubed_is_what_bagga_and_baldwin_count() -> None:
    truth = {"a": "1", "b": "1", "c": "2", "d": "2"}
    measured = bcubed(truth, {"a": "x", "b": "x", "c": "x", "d": "y"})
    assert measured.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert measured.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert measured.wrong == (("a", "c"), ("b", "c"))
    assert measured.missed == (("c", "d"),)


JOINED = [
    pytest.param(
        saying("We will publish the VAWG strategy in the autumn", timing="in the autumn"),
        saying("Our strategy to halve violence against women and girls will be published shortly", timing="shortly"),
        "both are about the violence against women and girls strategy, and both promise to publish",
        id="by another name",
    ),
    pytest.param(
        saying("We will consult on the Child Protection Authority by May", action="consult", timing="by May"),
        saying("The consultation on the Child Protection Authority will open in July", action="establish"),
        "both are about the Child Protection Authority, and both promise to consult",
        id="a consultation that opens is consulting",
    ),
    pytest.param(
        saying("We will repay the cost of school lockers", action="fund"),
        saying("the cost of school lockers will be repaid in May", action="fund", timing="in May"),
        "the same telling words: cost, school, lockers",
        id="no known thing, but the same telling words",
    ),
    pytest.param(
        saying("Home Office will legislate for mandatory reporting", action="legislate"),
        saying("mandatory reporting will be in the Bill", action="legislate", owner="Department for Education"),
        "both are about the mandatory reporting duty, and both promise to legislate",
        id="departments legislate together",
    ),
]


@pytest.mark.parametrize(("old", "new", "reason"), JOINED)
def test_one_promise_in_two_sayings_is_joined_with_its_reason(old: Statement, new: Statement, reason: str) -> None:
    assert compare(new, old, about(new), about(old)) == ("join", reason)


APART = [
    pytest.param(
        saying("We will give £5 million to child houses", action="fund"),
        saying("We will give £8 million to child houses", action="fund"),
        "different sums of money",
        id="sums",
    ),
    pytest.param(
        saying("We will publish the VAWG strategy"),
        saying("We will publish the child sexual abuse strategy"),
        "child sexual abuse strategy is not violence against women and girls strategy",
        id="strategies",
    ),
    pytest.param(
        saying("We accept recommendation 7", action="accept"),
        saying("We accept recommendation 8", action="accept"),
        "different numbered items",
        id="numbers",
    ),
    pytest.param(
        saying("We accept the case for mandatory reporting", action="accept"),
        saying("We will legislate for mandatory reporting", action="legislate"),
        "accepting or refusing is not yet acting",
        id="acceptance",
    ),
    pytest.param(
        saying("Ofcom will publish its code of practice", owner="Ofcom"),
        saying("We will publish a code of practice for Ofcom to use", owner="Home Office"),
        "Home Office is not Ofcom",
        id="owners",
    ),
    pytest.param(
        saying("I will meet her to discuss it", action="meet"),
        saying("I will meet him to discuss the case in Rowanby", action="meet"),
        "an undertaking to one Member",
        id="meetings",
    ),
    pytest.param(
        saying("We will publish guidance on kinship care by March 2026", timing="by March 2026"),
        saying("We will publish guidance on foster care by July 2026", timing="by July 2026"),
        "nothing named in common",
        id="a year is no telling word",
    ),
    pytest.param(
        saying("The Crime and Policing Bill will ban such manuals", action="legislate"),
        saying("The Crime and Policing Bill will raise the limit", action="legislate"),
        "nothing named in common",
        id="a Bill is only the vehicle",
    ),
]


@pytest.mark.parametrize(("old", "new", "reason"), APART)
def test_promises_that_only_look_alike_stay_apart_with_the_reason(old: Statement, new: Statement, reason: str) -> None:
    assert compare(new, old, about(new), about(old)) == ("no", reason)


def test_the_same_name_years_later_waits_for_a_person() -> None:
    old = saying("We will publish the VAWG strategy", id="old", said_on=date(2021, 3, 1))
    new = saying("We will publish the VAWG strategy", id="new", said_on=date(2025, 9, 1), first_seen_at="2025-09-02")
    clusters = join([old, new])
    assert clusters.groups == (("old",), ("new",))
    reason = "both are about the violence against women and girls strategy, and both promise to publish"
    assert [made.reason for made in clusters.possible] == [f"{reason}, but said 5 years apart"]


def three() -> list[Statement]:
    quotes = (
        "We will publish KCSIE in May",
        "KCSIE will be published in June",
        "the revised KCSIE will be issued in July",
    )
    return [
        saying(quote, id=name, first_seen_at=f"2025-09-0{turn}")
        for turn, (name, quote) in enumerate(zip("abc", quotes, strict=True), 1)
    ]


def test_what_a_person_sets_apart_stays_apart() -> None:
    assert join(three()).groups == (("a", "b", "c"),)
    assert join(three(), apart=[("a", "b"), ("b", "c")]).groups == (("a", "c"), ("b",))


def test_what_a_person_joins_is_joined_with_all_that_belongs_to_it() -> None:
    lockers = [
        saying("We will fund lockers in schools", id="x", action="fund", first_seen_at="2025-09-05"),
        saying("lockers in schools will be funded", id="y", action="fund", first_seen_at="2025-09-06"),
    ]
    clusters = join([*three(), *lockers], together=[("c", "y")])
    assert clusters.groups == (("a", "b", "c", "x", "y"),)
    assert clusters.joins[-1].reason == "joined by a person"


def test_an_answer_is_not_joined_with_the_holding_reply_whose_place_it_took() -> None:
    holding = saying("I will reply as soon as possible", id="h", action="respond", first_seen_at="2025-09-01")
    answer = saying("We will publish KCSIE in May", id="a", first_seen_at="2025-09-02")
    assert join([holding, answer], edits=[("h", "a")]).groups == (("h",), ("a",))


SOME, _, _ = sayings("development")


@settings(max_examples=20, deadline=None)
@given(st.permutations(SOME), st.integers(min_value=1, max_value=len(SOME)))
def test_the_order_of_reading_changes_nothing_and_what_is_joined_stays_joined(
    order: list[Statement], until: int
) -> None:
    whole = join(order)
    assert whole == join(SOME)
    first = {one.id for one in sorted(SOME, key=lambda one: one.arrival)[:until]}
    part = join([one for one in order if one.id in first])
    assert part.groups == tuple(kept for group in whole.groups if (kept := tuple(key for key in group if key in first)))


def test_a_timing_is_no_part_of_what_is_promised() -> None:
    plain = saying("We will publish KCSIE")
    dated = replace(plain, quote="We will publish KCSIE by May 2026", timing="by May 2026")
    assert about(dated).words == about(plain).words
