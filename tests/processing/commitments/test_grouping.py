"""From statements and people's decisions to numbered commitments, the ledger of numbers heeded and added to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from processing.commitments.grouping import group, with_lines
from processing.commitments.life import every_number, lives
from processing.commitments.numbering import Given
from processing.commitments.reviews import Decision, Review, what_became
from tests.processing.commitments.made import undated

if TYPE_CHECKING:
    from processing.commitments.grouping import Grouped
    from processing.commitments.statement import Statement

ROWS = {
    one.id: one
    for one in (
        undated("a", "We will publish KCSIE in May", first_seen_at="2025-09-01T06:00:00.000000Z"),
        undated("b", "KCSIE will be published in June", first_seen_at="2025-09-02T06:00:00.000000Z"),
        undated("c", "We will fund lockers", action="fund", first_seen_at="2025-09-03T06:00:00.000000Z", score=0.8),
    )
}
TODAY = date(2025, 12, 1)


def review(name: str, decision: str, **more: Any) -> Review:
    return Review(id=name, decision=decision, reviewer="AB", made_at="2025-10-01T10:00:00Z", reason="seen", **more)


def grouped(*reviews: Review, ledger: tuple[Given, ...] = ()) -> Grouped:
    return group(ROWS, [], reviews, ledger)


def told(found: Grouped, rows: dict[str, Statement]) -> list[tuple[str, str, str | None, int, bool]]:
    every = every_number(lives(rows, found, {}, {}, [], {}, TODAY), found, rows)
    return [(one.id, one.promise, one.joined_into, one.times_said, one.needs_look) for one in every]


def test_what_is_said_again_gets_one_number_and_the_ledger_a_line_for_each_saying() -> None:
    found = grouped()
    assert found.homes == found.all_homes == {"a": "FT-1", "b": "FT-1", "c": "FT-2"}
    assert found.ids == {"FT-1": "FT-1", "FT-2": "FT-2"}
    assert [(line.statement, line.number) for line in found.lines] == [("a", 1), ("b", 1), ("c", 2)]
    again = grouped(ledger=found.lines)
    assert (again.homes, again.lines) == (found.homes, ())


def test_a_join_of_people_leads_from_the_number_that_went_to_the_one_that_stays() -> None:
    found = grouped(
        review("r", "join", commitment="FT-1", statement="a", value="FT-2", other="c"), ledger=grouped().lines
    )
    assert found.homes == {"a": "FT-1", "b": "FT-1", "c": "FT-1"}
    assert found.ids == {"FT-1": "FT-1", "FT-2": "FT-1"}
    assert told(found, ROWS) == [
        ("FT-1", "We will publish KCSIE in May", None, 3, False),
        ("FT-2", "We will fund lockers", "FT-1", 1, False),
    ]


def test_a_split_of_people_gives_what_is_put_out_a_number_of_its_own() -> None:
    found = grouped(review("r", "split", commitment="FT-1", statement="b", other="a"), ledger=grouped().lines)
    assert found.homes == {"a": "FT-1", "b": "FT-3", "c": "FT-2"}
    assert found.expelled == {("b", 1)}


def line(name: str, number: int, **more: Any) -> Given:
    told = {"document": "elsewhere", "passage_key": "c9", "quote": "other words", "given_at": "2025", **more}
    return Given(statement=name, number=number, **told)


def test_a_statement_that_is_no_more_is_found_by_its_heir_or_by_its_number_if_that_still_stands() -> None:
    cut = line("cut", 5, document="c", passage_key="c1", quote="We will fund lockers in schools")
    ledger = (line("alone", 9), cut, line("beside", 5))
    found = grouped(ledger=ledger)
    assert found.homes == {"a": "FT-10", "b": "FT-10", "c": "FT-5"}
    assert found.all_homes == {"cut": "FT-5", "beside": "FT-5", **found.homes}


EDITED = {
    "old": undated("old", "We will publish the KCSIE guidance for nurses", ended_at="2025-09-08T06:00:00.000000Z"),
    "new": undated(
        "new", "We will publish the KCSIE guidance for dentists", first_seen_at="2025-09-09T06:00:00.000000Z"
    ),
}


def test_words_that_took_the_place_of_others_stay_with_them_and_none_wait_for_words_that_are_no_more() -> None:
    edited = {**EDITED, "new": replace(EDITED["new"], replaces="old")}
    orphan = {**EDITED, "new": replace(EDITED["new"], replaces="gone")}
    homes = [group(rows, [], [], []).homes for rows in (EDITED, edited, orphan)]
    apart = {"old": "FT-1", "new": "FT-2"}
    assert homes == [apart, {"old": "FT-1", "new": "FT-1"}, apart]


def test_a_decision_brought_to_a_new_archive_finds_the_numbers_that_it_speaks_of() -> None:
    join = review("r", "join", commitment="FT-1", statement="a", value="FT-2", other="c")
    fresh, known = grouped(join), grouped(join, ledger=grouped().lines)
    assert (fresh.homes, fresh.ids) == (known.homes, known.ids)
    assert with_lines((), fresh.lines) == with_lines(grouped().lines, known.lines)


def test_a_saying_that_may_belong_to_another_commitment_makes_its_own_need_a_look() -> None:
    nurses = undated("n", "We will publish guidance for school nurses on recognising signs of grooming")
    dentists = undated(
        "o",
        "We will publish guidance for dentists on recognising signs of grooming",
        first_seen_at="2025-09-09T06:00:00.000000Z",
    )
    rows = {"n": nurses, "o": dentists}
    assert [(name, needs) for name, _, _, _, needs in told(group(rows, [], [], []), rows)] == [
        ("FT-1", False),
        ("FT-2", True),
    ]


def test_a_line_of_the_ledger_keeps_all_but_its_number() -> None:
    first = Given(statement="a", number=1, document="d", passage_key="c1", quote="old words", given_at="2025")
    other = Given(statement="a", number=2, document="e", passage_key="c2", quote="new words", given_at="2026")
    new = Given(statement="A", number=3, document="e", passage_key="c2", quote="new words", given_at="2026")
    assert with_lines([first], [other, new]) == [
        new,
        Given(statement="a", number=2, document="d", passage_key="c1", quote="old words", given_at="2025"),
    ]


def test_of_every_review_it_is_said_what_became_of_it() -> None:
    confirm, undo = review("1", "confirm", commitment="FT-2", statement="a"), review("3", "undo", undoes="2")
    gone, lost = review("2", "reject", commitment="FT-1"), review("4", "withdraw", commitment="FT-9", quote="words")
    found = what_became(
        [confirm, gone, undo, lost], {"2"}, [(lost, "FT-9 is no longer in the register")], {"FT-1": [confirm]}
    )
    assert [(one.id, one.commitment, one.state, one.note) for one in found] == [
        ("1", "FT-1", "applied", None),
        ("2", "FT-1", "undone", None),
        ("3", None, "applied", None),
        ("4", "FT-9", "no longer fits", "FT-9 is no longer in the register"),
    ]
    assert found[3] == Decision(
        id="4",
        decision="withdraw",
        reviewer="AB",
        made_at="2025-10-01T10:00:00Z",
        reason="seen",
        commitment="FT-9",
        quote="words",
        state="no longer fits",
        note="FT-9 is no longer in the register",
    )
