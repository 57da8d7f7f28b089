"""People's decisions: what they change, how they are undone, how they outlive the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive.archive import Archive
from db.register.commitments import add_review, load_reviews
from db.register.reviews import as_lines, bring_in, from_lines
from processing.commitments.reviews import (
    DECISIONS,
    Decided,
    Review,
    by_commitment,
    decide,
    joins_and_splits,
    problem,
    standing,
)
from processing.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path


def review(name: str, decision: str, **more: Any) -> Review:
    """Return a review; its name tells when it was made."""
    told = {"commitment": "FT-1", **more}
    return Review(
        id=name,
        decision=decision,
        reviewer="AB",
        made_at=f"2025-12-0{name[-1]}T10:00:00.000000Z",
        reason="seen",
        **told,
    )


DELIVERED = Decided(is_reviewed=True, delivered_on=date(2025, 11, 20), closed_on=date(2025, 12, 1))
DECIDED = [
    ([], Decided()),
    ([review("r1", "confirm")], Decided(is_reviewed=True)),
    ([review("r1", "reject")], Decided(is_reviewed=True, is_rejected=True, closed_on=date(2025, 12, 1))),
    ([review("r1", "reject"), review("r2", "confirm")], Decided(is_reviewed=True)),
    ([review("r1", "delivered", value="2025-11-20")], DELIVERED),
    ([review("r1", "delivered", value="2025-11-20"), review("r2", "confirm")], DELIVERED),
    (
        [review("r1", "delivered", value="2025-11-20"), review("r2", "withdraw")],
        Decided(is_reviewed=True, is_withdrawn=True, closed_on=date(2025, 12, 2)),
    ),
    (
        [review("r1", "correct", field="owner", value="Ofcom"), review("r2", "correct", field="owner", value="HMRC")],
        Decided(is_reviewed=True, corrections=(("owner", "HMRC"),)),
    ),
    (
        [review("r1", "link", value="casey-2025/2"), review("r2", "unlink", value="casey-2025/2")],
        Decided(is_reviewed=True, unlinked=frozenset({"casey-2025/2"})),
    ),
    ([review("r1", "confirm"), review("r2", "split", statement="s")], Decided(is_reviewed=True)),
]


@pytest.mark.parametrize(("reviews", "expected"), DECIDED)
def test_the_later_decision_stands_over_the_earlier(reviews: list[Review], expected: Decided) -> None:
    assert decide(reviews) == expected


def test_an_undo_takes_a_decision_back_and_an_undone_undo_brings_it_again() -> None:
    one = review("r1", "reject")
    undo = review("r2", "undo", undoes="r1", commitment=None)
    again = review("r3", "undo", undoes="r2", commitment=None)
    assert standing([one]) == ([one], set())
    assert standing([undo, one]) == ([], {"r1"})
    assert standing([again, undo, one]) == ([one], {"r2"})


NUMBERS = {"a": 1, "b": 1, "c": 1, "x": 5, "y": 5}


def test_a_join_ties_all_that_belongs_to_both() -> None:
    found = joins_and_splits([review("r1", "join", value="FT-5")], NUMBERS)
    assert {key for pair in found.together for key in pair} == set(NUMBERS)
    assert (found.apart, found.expelled) == ((), frozenset())


def test_a_split_sets_one_statement_apart_from_all_that_stay() -> None:
    found = joins_and_splits([review("r1", "split", statement="a")], NUMBERS)
    assert (found.together, set(found.apart), found.expelled) == ((), {("a", "b"), ("a", "c")}, frozenset({("a", 1)}))


def test_a_later_split_leaves_the_rest_of_a_join_together() -> None:
    found = joins_and_splits(
        [review("r1", "join", value="FT-5"), review("r2", "split", statement="x", commitment="FT-5", other="y")],
        NUMBERS,
    )
    assert ("x", "y") in found.apart
    assert any("y" in pair for pair in found.together)


def test_on_another_machine_statements_say_what_a_review_is_about_not_public_ids() -> None:
    numbers = {"a": 7, "b": 7, "x": 9, "other": 1}
    made = review("r1", "join", value="FT-5", statement="a", other="x")
    assert joins_and_splits([made], numbers).together == (("a", "x"), ("b", "x"))


def test_a_review_follows_its_statement_but_not_out_of_the_commitment_that_was_reviewed() -> None:
    homes, ids = {"a": "FT-2", "b": "FT-1"}, {"FT-1": "FT-1", "FT-2": "FT-2"}
    made = review("r1", "confirm", statement="a")
    assert by_commitment([made], homes, ids, homes) == ({"FT-2": [made]}, [])
    assert by_commitment([made], homes, ids, homes, frozenset({("a", 1)})) == ({"FT-1": [made]}, [])


STRAY = [
    (
        review("r1", "confirm", statement="gone", quote="We will act"),
        "the statement gone is no longer in the register: “We will act”",
    ),
    (review("r1", "confirm", commitment="FT-99"), "FT-99 is no longer in the register"),
    (review("r1", "split", statement="gone", other="b"), "the statement gone is no longer in the register"),
]


@pytest.mark.parametrize(("made", "why"), STRAY)
def test_a_review_that_no_longer_fits_is_named_with_what_is_missing(made: Review, why: str) -> None:
    assert by_commitment([made], {"b": "FT-1"}, {"FT-1": "FT-1"}, {"b"}) == ({}, [(made, why)])


WRONG = [
    (review("r1", "approve"), "no such decision: approve"),
    (replace(review("r1", "confirm"), reviewer=" "), "a name or initials are needed"),
    (replace(review("r1", "confirm"), reason=""), "a reason is needed"),
    (review("r1", "undo"), "an undo must name the review that it takes back"),
    (review("r1", "confirm", commitment=None), "a review must name a commitment or a statement"),
    (
        review("r1", "correct", field="status", value="open"),
        "can't correct status: one of owner, firmness, timing, earliest, latest, promise",
    ),
    (review("r1", "correct", field="latest", value="May"), "latest must be a day such as 2026-05-31, or empty"),
    (
        review("r1", "delivered", value="2025-11-20", evidence=" "),
        "delivered needs evidence: the address of a page, or the id of a delivery, that shows it",
    ),
    (review("r1", "delivered", value="soon", evidence="e"), "the day of delivery must be a day such as 2026-05-31"),
    (review("r1", "join"), "to join needs the other id"),
    (review("r1", "split"), "to split needs the commitment and the statement that does not belong to it"),
]


@pytest.mark.parametrize(("made", "words"), WRONG)
def test_a_decision_that_can_not_be_taken_is_refused_in_words(made: Review, words: str) -> None:
    assert problem(made) == words


WORDS = st.text(min_size=1, max_size=20).filter(str.strip)
REVIEWS = st.builds(
    Review,
    id=st.uuids().map(str),
    decision=st.just("confirm"),
    reviewer=WORDS,
    made_at=st.datetimes().map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)),
    reason=WORDS,
    commitment=st.just("FT-1"),
    statement=st.none() | WORDS,
    quote=st.none() | WORDS,
    evidence=st.none() | WORDS,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(REVIEWS, max_size=5))
def test_decisions_written_and_read_again_are_the_same(reviews: list[Review]) -> None:
    assert from_lines(as_lines(reviews), "x.jsonl") == reviews


GOOD = as_lines([review("r1", "confirm")]).strip()
BAD = [
    ("{", "x.jsonl, line 1: not JSON: "),
    (f"{GOOD}\n[]", "x.jsonl, line 2: not an object of texts."),
    (GOOD.replace('"decision"', '"verdict"'), "x.jsonl, line 1: unknown: verdict."),
    (GOOD.replace('"reason": "seen", ', ""), "x.jsonl, line 1: missing: reason."),
    (GOOD.replace("confirm", "approve"), "x.jsonl, line 1: no such decision: approve."),
    (GOOD.replace("2025-12-01T10", "yesterday"), "x.jsonl, line 1: made_at must be an instant such as "),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_line_that_is_no_decision_is_named_and_nothing_is_taken_in(text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        from_lines(text, "x.jsonl")
    assert str(caught.value).startswith(message)


def test_decisions_are_taken_in_once_and_an_undo_of_nothing_is_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    made = [review("r1", "reject"), review("r2", "undo", undoes="r1", commitment=None)]
    assert bring_in(archive, reversed(made)) == (2, 0)
    assert bring_in(archive, made) == (0, 2)
    with pytest.raises(BadInput, match="takes back r9, which is neither here nor in the file"):
        bring_in(archive, [review("r3", "undo", undoes="r9", commitment=None)])
    assert load_reviews(archive) == made
    archive.close()


def test_every_decision_that_is_known_is_one_that_the_archive_takes(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    made = [
        review(f"{decision} 1", decision, undoes="confirm 1" if decision == "undo" else None) for decision in DECISIONS
    ]
    for one in made:
        add_review(archive, one)
    assert sorted(one.decision for one in load_reviews(archive)) == sorted(DECISIONS)
    archive.close()
