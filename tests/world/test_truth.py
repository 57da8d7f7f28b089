"""The sample world is whole, and its truth stands in its own words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from replica.world import load_world
from tests.world.truth import deliveries, load_truth, look_alikes, sayings, texts_of

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
        # a quote that took the place of another in the same speech keeps the day of the speech as its earliest
        is_early = earliest and earliest < str(saying.said) and saying.commitment != "T17"
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
            told.setdefault(str(saying.commitment), []).append((saying.said, latest))
    for event in load_truth()["events"]:
        if "days" in event:
            on = date.fromisoformat(event["on"])
            before = [latest for said, latest in sorted(told[event["commitment"]]) if said < on]
            after = [latest for said, latest in sorted(told[event["commitment"]]) if said == on]
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
