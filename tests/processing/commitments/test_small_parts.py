"""What stands behind the register's facts: changed calendars, replaced files, evidence, positions, versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from processing.commitments.events import Reread
from processing.commitments.evidence import Promise, kept_by, kept_by_publication
from processing.commitments.moved_deadlines import DeadlineReading, read_again, rereadings
from processing.commitments.positions import find_position
from processing.commitments.replaced_files import ReplacedFile, follow_files, successions
from processing.commitments.things import Things, find_things
from processing.commitments.versions import PassageChange, passage_changes
from tests.processing.commitments.made import statement, undated

if TYPE_CHECKING:
    from processing.commitments.statement import Statement

TODAY = date(2025, 12, 1)


def reading(version: str, latest: str, turn: int = 0, on: date | None = None) -> DeadlineReading:
    return DeadlineReading(
        statement="s",
        turn=turn,
        calendar_version=version,
        earliest=None,
        latest=date.fromisoformat(latest),
        read_on=on,
    )


def read(version: str | None, latest: str, kind: str = "calendar") -> Statement:
    day = date.fromisoformat(latest)
    return statement("s", calendar_version=version, earliest=None, latest=day, timing_kind=kind)


READ = [
    pytest.param([], read("1", "2025-12-18"), [reading("1", "2025-12-18")], id="new"),
    pytest.param([reading("1", "2025-12-18")], read("1", "2025-12-18"), [], id="the same"),
    pytest.param(
        [reading("1", "2025-12-18")], read("2", "2025-12-18"), [reading("2", "2025-12-18")], id="only the calendar"
    ),
    pytest.param(
        [reading("1", "2025-12-18")], read("1", "2025-12-16"), [reading("1", "2025-12-16")], id="new rules: no event"
    ),
    pytest.param(
        [reading("1", "2025-12-18")],
        read("2", "2025-12-16"),
        [reading("2", "2025-12-16", turn=1, on=TODAY)],
        id="the calendar moved it",
    ),
    pytest.param(
        [reading("2", "2025-12-16", turn=1, on=TODAY), reading("1", "2025-12-18")],
        read("2", "2025-12-16"),
        [],
        id="moved before, in whatever order they come",
    ),
    pytest.param([], read("1", "2025-12-18", "vague"), [], id="vague words are read by no calendar"),
    pytest.param([], undated("s", "We will publish KCSIE"), [], id="nor is what has no time"),
]


@pytest.mark.parametrize(("before", "now", "noted"), READ)
def test_only_a_changed_calendar_makes_a_second_reading(
    before: list[DeadlineReading], now: Statement, noted: list[DeadlineReading]
) -> None:
    assert read_again(before, [now], TODAY) == noted


def test_a_second_reading_is_told_as_one_step() -> None:
    turns = [reading("1", "2025-12-18"), reading("2", "2025-12-16", turn=1, on=TODAY)]
    assert rereadings(turns) == {
        "s": [
            Reread(
                statement="s",
                calendar_version="2",
                on=TODAY,
                old_latest=date(2025, 12, 18),
                new_latest=date(2025, 12, 16),
            )
        ]
    }
    assert rereadings(turns[:1]) == {}
    assert rereadings([*turns, reading("3", "2025-12-16", turn=2, on=TODAY)]) == rereadings(turns)
    assert rereadings([turns[0], reading("2", "2025-12-16", turn=1)]) == {"s": []}


def test_the_words_of_a_replaced_file_end_and_what_took_their_place_is_known() -> None:
    rows = {
        row.id: row
        for row in (
            statement("old", document="f1", quote="The Home Office will complete the review by 30 June 2026"),
            statement("kept", document="f1", quote="Every force will appoint a lead officer"),
            statement("new", document="f2", quote="The Home Office will complete the review by 30 September 2026"),
            statement("kept too", document="f2", quote="Every force will appoint a lead officer"),
        )
    }
    at = "2025-11-10T06:00:00.000000Z"
    changed = follow_files(rows, [ReplacedFile(file="f1", by="f2", at=at)])
    assert {key: (row.state, row.ended_at, row.replaces) for key, row in changed.items()} == {
        "old": ("edited", at, None),
        "new": ("current", None, "old"),
    }
    assert successions([ReplacedFile(file="f1", by="f2", at=at), ReplacedFile(file="f3", by=None, at=at)]) == {
        ("f2", "f1")
    }
    gone = follow_files(rows, [ReplacedFile(file="f1", by=None, at=at)])
    assert {key: row.state for key, row in gone.items()} == {"old": "edited", "kept": "edited"}


def promise(quote: str, actions: set[str], **more: Any) -> Promise:
    told: dict[str, Any] = {
        "id": quote,
        "things": find_things(quote),
        "actions": frozenset(actions),
        "quotes": (quote,),
        "first_said": date(2025, 9, 1),
        "documents": frozenset({"d"}),
        "recommendations": frozenset(),
    }
    return Promise(**{**told, **more})


KCSIE = promise("We will publish a revised Keeping Children Safe in Education", {"publish"})
CHAIR = promise("I will announce the chair of the national inquiry", {"other"})
COST = promise("We will publish the cost of the national inquiry", {"publish"})
FUND = promise("We will give £5 million to child houses", {"fund"})
LETTER = promise("I will write to her Committee with the draft questions before the consultation opens", {"write"})
UPDATE = promise("We will publish a further progress update by June", {"publish"}, is_further=True)
PROMISES = [KCSIE, CHAIR, COST, FUND, LETTER, UPDATE]
KEPT = [
    ("Today I have published revised Keeping Children Safe in Education guidance", "publish", "2025-11-12", KCSIE.id),
    ("We have appointed Sir Alan Westerby to chair the national inquiry", "appoint", "2025-11-12", CHAIR.id),
    ("We have given £5 million to child houses", "fund", "2025-11-12", FUND.id),
    ("We have given £3 million to child houses", "fund", "2025-11-12", None),
    ("We published Keeping Children Safe in Education", "publish", "2025-08-01", None),
    ("We have consulted on Keeping Children Safe in Education", "consult", "2025-11-12", None),
    ("We have opened ten new schools", "establish", "2025-11-12", None),
    ("I wrote to the hon. Lady this morning with the draft questions", "write", "2025-11-12", LETTER.id),
    ("I wrote to the hon. Lady this morning with the final questions", "write", "2025-11-12", None),
    ("I wrote to the hon. Lady about her committee", "write", "2025-11-12", None),
    ("I have today published a progress update", "publish", "2025-09-01", None),  # the one before
    ("We published a progress update last year", "publish", "2026-01-12", None),  # told again
    ("I have today published a progress update", "publish", "2026-05-29", UPDATE.id),
    ("We published a further progress update in May", "publish", "2026-07-12", UPDATE.id),
]


@pytest.mark.parametrize(("quote", "action", "day", "kept"), KEPT)
def test_a_delivery_is_evidence_of_the_promise_of_that_thing_and_action(
    quote: str, action: str, day: str, kept: str | None
) -> None:
    found = kept_by(quote, action, date.fromisoformat(day), PROMISES)
    assert (found[0] if found else None) == kept


def test_a_publication_is_evidence_by_its_title_and_kind_but_not_of_what_it_says_itself() -> None:
    title = "Keeping children safe in education: statutory guidance"
    day = date(2025, 11, 12)
    assert [name for name, _ in kept_by_publication("guidance", title, "govuk/x", day, PROMISES)] == []
    guidance = promise("We will publish the Keeping Children Safe in Education guidance", {"publish"})
    assert [name for name, _ in kept_by_publication("guidance", title, "govuk/x", day, [guidance])] == [guidance.id]
    assert kept_by_publication("guidance", title, "d", day, [guidance]) == []


def test_a_publication_of_the_day_on_which_a_further_one_is_promised_is_the_one_before() -> None:
    found = [
        kept_by_publication("policy_paper", "Progress update", "govuk/x", day, [UPDATE])
        for day in (date(2025, 9, 1), date(2025, 9, 2))
    ]
    assert [[name for name, _ in kept] for kept in found] == [[], [UPDATE.id]]


POSITIONS = [
    ("we accept all 12 recommendations", "accept", "accepted"),
    ("we accept the recommendation in principle", "accept", "accepted in principle"),
    ("the recommendation is accepted in part", "accept", "accepted in part"),
    ("we do not accept recommendation 4", "refuse", "rejected"),
    ("we will not implement recommendation 4", "refuse", "rejected"),
    ("we will consult on recommendation 4", "consult", None),
    ("I will not trade that for a day in the calendar", "refuse", None),
]


@pytest.mark.parametrize(("quote", "action", "position"), POSITIONS)
def test_a_position_is_what_the_words_state(quote: str, action: str, position: str | None) -> None:
    assert find_position(quote, action) == position


def test_versions_are_compared_passage_by_passage() -> None:
    changes = passage_changes({"a": "one", "b": "two", "c": "three"}, {"a": "one", "b": "zwei", "d": "four"})
    assert changes == (
        PassageChange(key="b", before="two", after="zwei"),
        PassageChange(key="d", before=None, after="four"),
        PassageChange(key="c", before="three", after=None),
    )


THINGS = [
    ("a pilot of the unique identifier", {"unique-identifier"}, {"pilot"}),
    ("guidance on the mandatory reporting duty", {"mandatory-reporting-guidance"}, set()),
    ("a code of practice on keeping records", {"records-code"}, set()),
    ("codes of practice", set(), {"code"}),
    ("Ofcom's codes of practice", {"ofcom-codes"}, set()),
    ("a cpan of worms", set(), set()),
]


@pytest.mark.parametrize(("text", "objects", "apart"), THINGS)
def test_what_a_text_is_about_is_named_once_and_deliverables_are_told_from_names(
    text: str, objects: set[str], apart: set[str]
) -> None:
    found = find_things(text)
    assert (set(found.objects), set(found.apart)) == (objects, apart)


def test_sums_are_told_in_pounds() -> None:
    assert find_things("£1.5 million, £40m and £426,000").sums == {1_500_000, 40_000_000, 426_000}
    assert find_things("nothing") == Things(
        objects=frozenset(), aspects=frozenset(), sums=frozenset(), numbered=frozenset()
    )
