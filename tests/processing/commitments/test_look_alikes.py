"""Promises that look like others: another word in the same place, the next of a series, the same words again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.commitments.joining.comparing import about, compare
from processing.commitments.joining.contrasts import contrast
from processing.commitments.joining.join import join
from tests.processing.commitments.measures import deliveries, sayings
from tests.processing.commitments.test_joining import saying

if TYPE_CHECKING:
    from processing.commitments.statement import Statement

CONTRASTS = [
    (
        "We will publish guidance for school nurses",
        "We will publish guidance for dentists",
        "“school nurses”",
        "“dentists”",
    ),
    (
        "We will appoint two survivors to the panel",
        "We will appoint two lawyers to the panel",
        "“survivors”",
        "“lawyers”",
    ),
    ("A trial will run in Wigan from May", "There is to be, in Norfolk, a trial", "“Wigan”", "“Norfolk”"),
    ("We will say how long appeals take", "The length, and how many appeals fail", "“how long”", "“how many”"),
]


@pytest.mark.parametrize(("one", "other", "mine", "theirs"), CONTRASTS)
def test_another_word_in_the_same_place_is_named(one: str, other: str, mine: str, theirs: str) -> None:
    assert contrast(one, other) == f"{mine} is not {theirs}"
    assert contrast(other, one) == f"{theirs} is not {mine}"


ALIKE = [
    ("We will publish guidance for dentists", "We will publish guidance for dentists"),
    ("We will publish guidance for dentists", "We will publish clear guidance for all dentists"),
    ("We will open the fund to youth clubs", "We will launch the fund to youth clubs"),
    ("The helpline will be funded for a year", "for a year more we will pay for a helpline"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_in_other_words_is_no_contrast(one: str, other: str) -> None:
    assert (contrast(one, other), contrast(other, one)) == (None, None)


def test_a_contrast_keeps_a_saying_out_of_a_commitment_and_waits_for_a_person() -> None:
    old = saying("We will publish guidance for school nurses on recognising signs of grooming", id="old")
    new = saying(
        "We will publish guidance for dentists on recognising signs of grooming",
        id="new",
        first_seen_at="2025-09-02",
    )
    clusters = join([old, new])
    assert clusters.groups == (("old",), ("new",))
    assert [made.reason for made in clusters.possible] == [
        "the same telling words: recognising, signs, grooming, but “dentists” is not “school nurses”"
    ]


FIRST = saying("We will publish a progress update by May", id="first", timing="by May")
DONE = saying("We have today published a progress update", id="done", owner="Government")
NEXT = saying("We will publish a further progress update by June 2026", id="next", timing="by June 2026")


def on(one: Statement, day: str) -> Statement:
    return replace(one, said_on=date.fromisoformat(day), first_seen_at=day)


SERIES = [
    pytest.param("2025-12-01", "2025-12-01", [("first",), ("next",)], id="promised in the text that says it is done"),
    pytest.param("2025-12-01", "2026-01-05", [("first",), ("next",)], id="promised after it was done"),
    pytest.param("2025-12-01", "2025-11-30", [("first", "next")], id="said before it was done: the same, moved"),
    pytest.param("2025-09-01", "2025-11-30", [("first", "next")], id="done on the day of the first promise: another"),
]


@pytest.mark.parametrize(("done", "said", "groups"), SERIES)
def test_a_further_one_is_another_promise_once_the_first_was_said_to_be_done(
    done: str, said: str, groups: list[tuple[str, ...]]
) -> None:
    clusters = join([on(FIRST, "2025-09-01"), on(NEXT, said)], done=[on(DONE, done)])
    assert list(clusters.groups) == groups
    assert len(clusters.possible) == len(groups) - 1


def test_a_promise_that_does_not_say_that_it_is_a_further_one_stays_the_same() -> None:
    again = replace(on(NEXT, "2025-12-02"), quote="We will publish the progress update by June 2026")
    clusters = join([on(FIRST, "2025-09-01"), again], done=[on(DONE, "2025-12-01")])
    assert clusters.groups == (("first", "next"),)


def test_what_was_not_known_yet_to_be_done_when_it_was_promised_changes_nothing_later() -> None:
    sayings_told = [on(FIRST, "2025-09-01"), on(NEXT, "2026-01-05")]
    late = replace(on(DONE, "2025-12-01"), first_seen_at="2026-02-01")  # said before, collected after
    assert join(sayings_told, done=[late]).groups == join(sayings_told).groups == (("first", "next"),)


def test_what_is_told_again_of_the_first_does_not_end_the_second() -> None:
    told_again = replace(on(DONE, "2026-02-01"), id="again", quote="Last year we published a progress update")
    later = replace(
        on(NEXT, "2026-03-01"), id="later", document="later", quote="the next progress update will be published in July"
    )
    clusters = join([on(FIRST, "2025-09-01"), on(NEXT, "2025-12-01"), later], done=[on(DONE, "2025-12-01"), told_again])
    assert clusters.groups == (("first",), ("next", "later"))


def test_few_words_said_again_with_the_same_date_are_joined_only_in_talk_of_the_same() -> None:
    day = date(2026, 3, 31)
    one = saying(
        "we will publish what it finds by March", timing="by March", latest=day, nearby="plans fell in Rowanby"
    )
    two = replace(one, id="two", quote="my department will publish what it finds by March")
    assert compare(two, one, about(two), about(one)) == ("join", "the same words with the same date")
    elsewhere = replace(two, nearby="ships at sea")
    assert compare(elsewhere, one, about(elsewhere), about(one)) == ("possible", "the same words with the same date")
    moved = replace(two, latest=day + timedelta(days=1))
    assert compare(moved, one, about(moved), about(one)) == ("no", "nothing named in common")


def test_words_that_point_at_what_was_named_before_them_are_about_it() -> None:
    named = saying("the next progress update will be published in June", timing="in June")
    pointing = saying("I will publish a further update", nearby="I have published a progress update.")
    other = saying("I will publish an update on the fostering of horses", nearby="I have published a progress update.")
    assert compare(pointing, named, about(pointing), about(named))[0] == "join"
    assert compare(other, named, about(other), about(named))[0] == "possible"


TOLD, _, _ = sayings("look_alikes")


@settings(max_examples=15, deadline=None)
@given(st.permutations(TOLD), st.integers(min_value=1, max_value=len(TOLD)))
def test_what_was_done_is_heeded_whatever_the_order_and_what_is_joined_stays_joined(
    order: list[Statement], until: int
) -> None:
    done = deliveries("look_alikes")
    whole = join(order, done=reversed(done))
    assert whole == join(TOLD, done=done)
    some = sorted(TOLD, key=lambda one: one.arrival)[:until]
    first = {one.id for one in some}
    # a run knows only what had arrived until then
    part = join(some, done=[one for one in done if one.arrival[0] <= some[-1].arrival[0]])
    assert part.groups == tuple(kept for group in whole.groups if (kept := tuple(key for key in group if key in first)))
