"""The sample world is whole, and its truth stands in its own words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from replica.world import load_world
from tests.replica.world.mails import mails
from tests.replica.world.truth import deliveries, load_truth, look_alikes, sayings, texts_of

if TYPE_CHECKING:
    from replica.world import World

FIRST, LAST = date(2025, 9, 1), date(2025, 12, 5)
FRIDAY = 4
KINDS = {
    "slipped", "brought forward", "softened", "hardened", "evidence", "due date passed", "source edited",
    "source withdrawn",
}  # fmt: skip


@pytest.fixture(scope="session")
def world() -> World:
    """Return the sample world."""
    return load_world()


def test_every_quote_of_the_truth_stands_in_its_place(world: World) -> None:
    missing = [
        (saying.place, saying.quote)
        for saying in (*sayings(), *deliveries(), *look_alikes())
        if not any(saying.quote in text for text in texts_of(world, saying.place).values())
    ]
    assert missing == []


def test_every_timing_stands_in_its_quote_and_no_promise_was_to_be_kept_before_it_was_made() -> None:
    wrong = []
    for saying in sayings():
        timing, earliest, latest = (saying.fields.get(name) for name in ("timing", "earliest", "latest"))
        is_early = earliest and earliest < str(saying.said)
        if (timing and timing not in saying.quote) or is_early or (earliest and latest and earliest > latest):
            wrong.append((saying.place, saying.quote))
    assert wrong == []


def test_a_saying_is_never_shown_before_it_was_said(world: World) -> None:
    wrong = []
    for saying in (*sayings(), *deliveries()):
        shown = min(day for day, text in texts_of(world, saying.place).items() if saying.quote in text)
        if saying.said is None or shown < saying.said:
            wrong.append((saying.place, saying.said, shown))
    assert wrong == []


def test_labels_are_used_once_and_events_name_commitments_with_days_where_a_date_moved() -> None:
    truth = load_truth()
    labels = [entry["id"] for entry in truth["commitments"]]
    assert [label for label, count in Counter(labels).items() if count > 1] == []
    for event in truth["events"]:
        assert event["commitment"] in labels, event
        assert event["kind"] in KINDS, event
        assert ("days" in event) == (event["kind"] in ("slipped", "brought forward")), event


def test_days_of_slipping_are_the_days_between_the_dates_that_were_told() -> None:
    told: dict[str, list[tuple[date, date]]] = {}
    for saying in sayings():
        if saying.fields.get("latest"):
            assert saying.said is not None
            latest = date.fromisoformat(saying.fields["latest"])
            on = date.fromisoformat(saying.fields.get("edited", str(saying.said)))
            told.setdefault(str(saying.commitment), []).append((on, latest))
    for event in load_truth()["events"]:
        if "days" in event:
            on = date.fromisoformat(event["on"])
            before = [latest for day, latest in sorted(told[event["commitment"]]) if day < on]
            after = [latest for day, latest in sorted(told[event["commitment"]]) if day == on]
            moved = event["days"] if event["kind"] == "slipped" else -event["days"]
            assert before[-1] + timedelta(days=moved) == after[0], event


def test_houses_sit_on_weekdays_outside_their_recesses(world: World) -> None:
    wrong = []
    for sitting in world.sittings:
        away = [
            recess["name"]
            for recess in world.recesses
            if recess["house"] == sitting.house and recess["start"] <= sitting.day <= recess["end"]
        ]
        if away or not FIRST <= sitting.day <= LAST or sitting.day.weekday() > FRIDAY or sitting.shown < sitting.day:
            wrong.append((sitting.file, away))
        assert sitting.file.startswith(sitting.day.isoformat())
    assert wrong == []


def test_who_is_told_what_follows_from_what_happened(world: World) -> None:
    for reader in load_truth()["people_told"]:
        assert mails(world, reader["interests"]) == reader["mails"], reader["subscriber"]


def test_the_world_is_as_large_as_a_story_needs(world: World) -> None:
    counts = {
        "sittings": (len(world.sittings), 26),
        "publications": (len(world.publications), 24),
        "questions": (len(world.questions), 66),
        "statements": (len(world.statements), 10),
        "committee publications": (len(world.committees), 5),
        "commitments": (len(load_truth()["commitments"]), 60),
        "weeks": ((LAST - FIRST).days // 7 + 1, 12),
    }
    assert {name: (count, floor) for name, (count, floor) in counts.items() if count < floor} == {}


def test_all_kinds_of_places_papers_and_turns_occur(world: World) -> None:
    assert {sitting.place for sitting in world.sittings} == {
        "Commons Chamber", "Westminster Hall", "Lords Chamber", "Grand Committee", "Public Bill Committee",
    }  # fmt: skip
    states = [state for lived in (*world.questions, *world.publications) for state in lived.states]
    for name in ("holding", "corrected", "withdrawn", "gone", "attachments"):
        assert any(name in state for state in states), name
    assert {event["kind"] for event in load_truth()["events"]} == KINDS
    late = [sitting.file for sitting in world.sittings if (sitting.shown - sitting.day).days > 3]
    assert late == ["2025-11-11-lords"]


def test_ids_are_used_once_and_every_speaker_and_minister_is_a_member(world: World) -> None:
    known = {person.id for person in world.people}
    used = [item.by for sitting in world.sittings for section in sitting.sections for item in section.items]
    used += [lived.fixed["asked_by"] for lived in world.questions]
    used += [state.get("by") for lived in world.questions for state in lived.states]
    used += [statement["by"] for statement in world.statements]
    assert {number for number in used if number is not None} <= known
    ids = [lived.fixed["id"] for lived in world.questions]
    ids += [str(lived.fixed["uin"]) for lived in world.questions]
    ids += [section.ext_id for sitting in world.sittings for section in sitting.sections]
    ids += [lived.fixed["content_id"] for lived in world.publications]
    assert [key for key, count in Counter(ids).items() if count > 1] == []
