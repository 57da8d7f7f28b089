"""What is made of all that is known of one commitment: its timeline, its JSON, its question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processing.commitments.life import describe
from processing.commitments.reviews import Decision
from showing.drawings import Point
from showing.timeline import points_of
from showing.whole_commitment import ShownDelivery, ShownEvent, ShownStatement, WholeCommitment, as_json
from tests.processing.commitments.made import delivery, fields_of, statement

TODAY = date(2025, 12, 15)
DUE = Point(day=date(2025, 11, 30), kind="due", label="Due")
PROMISED = Point(day=date(2025, 9, 1), kind="said", label="Promised")


def shown(name: str, **more: Any) -> ShownStatement:
    """Return a statement as a page shows it."""
    beside: dict[str, Any] = {
        "commitment": "FT-1",
        "join_reason": None,
        "rules_version": "r",
        "title": "Debate on schools",
        "source": "hansard",
        "source_name": "Hansard",
        "departments": (),
        "department": "Home Office",
        "page": None,
        "passage_text": "We will publish KCSIE by 30 November 2025. I am sure.",
        "fetched_at": "2025-09-08T06:00:00.000000Z",
        "version": 1,
    }
    return ShownStatement(**{**fields_of(statement(name)), "column": "27", **beside, **more})


def event(kind: str, on: date) -> ShownEvent:
    """Return an event of the commitment."""
    at = f"{on}T06:00:00.000000Z"
    return ShownEvent(id=f"{kind} {on}", kind=kind, happened_on=on, noticed_at=at, summary=kind, commitment="FT-1")


def whole(*sayings: ShownStatement, **more: Any) -> WholeCommitment:
    """Return all that is known of a commitment with these sayings."""
    one = describe("FT-1", 1, [statement("a")], [], [], [], TODAY).commitment
    rest: dict[str, Any] = dict.fromkeys(("events", "deliveries", "links", "topics", "reviews", "joins", "joined"), ())
    return WholeCommitment(**{"commitment": one, "sayings": sayings, "today": TODAY, **rest, **more})


OCTOBER = date(2025, 10, 1)
LIVES = [
    pytest.param(whole(shown("a")), [PROMISED, DUE], id="said once"),
    pytest.param(
        whole(shown("a"), shown("b", said_on=OCTOBER), shown("c", said_on=OCTOBER)),
        [PROMISED, Point(day=OCTOBER, kind="said", label="Said again"), DUE],
        id="twice on one day is one sign",
    ),
    pytest.param(
        whole(shown("a"), shown("b", said_on=OCTOBER), events=(event("said", PROMISED.day), event("slipped", OCTOBER))),
        [PROMISED, Point(day=OCTOBER, kind="slipped", label="Slipped"), DUE],
        id="what moved stands for the saying that moved it",
    ),
    pytest.param(
        whole(shown("a"), events=(event("evidence", PROMISED.day), event("brought forward", PROMISED.day))),
        [
            PROMISED,
            Point(day=PROMISED.day, kind="slipped", label="Brought forward"),
            Point(day=PROMISED.day, kind="evidence", label="Said to be done"),
            DUE,
        ],
        id="the first saying is always drawn",
    ),
]


@pytest.mark.parametrize(("found", "points"), LIVES)
def test_a_life_is_drawn_by_its_sayings_moves_and_days(found: WholeCommitment, points: list[Point]) -> None:
    assert points_of(found) == points


def test_the_first_day_and_the_day_of_delivery_are_drawn_where_they_differ() -> None:
    one = replace(whole().commitment, latest=date(2026, 1, 31), delivered_on=date(2026, 1, 20))
    assert points_of(whole(commitment=one)) == [
        Point(day=date(2025, 11, 30), kind="first due", label="First date"),
        Point(day=date(2026, 1, 31), kind="due", label="Due"),
        Point(day=date(2026, 1, 20), kind="done", label="Delivered"),
    ]
    undated = replace(one, latest=None, delivered_on=None)
    assert [point.kind for point in points_of(whole(commitment=undated))] == ["first due"]


TOLD = [
    "id", "document", "title", "source", "source_name", "quote", "start", "said_on", "speaker", "person", "post",
    "house", "column", "page", "url", "owner", "firmness", "novelty", "timing", "timing_start", "timing_kind",
    "earliest", "latest", "precision", "timing_rule", "calendar_version", "why", "cues", "score", "features",
    "rules_version", "state", "join_reason", "passage_key", "passage_text", "department", "fetched_at", "version",
    "citation",
]  # fmt: skip


def test_the_json_holds_plain_values_and_not_what_only_the_program_needs() -> None:
    decision = Decision(
        id="r", decision="confirm", reviewer="AB", made_at="2025", reason="seen", state="applied", note=None
    )
    done = ShownDelivery(**fields_of(delivery("x", "It is done")), title="Debate", reason="alike")
    told = as_json(whole(shown("a"), events=(event("said", PROMISED.day),), deliveries=(done,), reviews=(decision,)))
    assert (told["id"], told["first_said"], told["has_evidence"], told["needs_look"]) == ("FT-1", "2025-09-01", 0, 0)
    assert "object" not in told
    [said] = told["statements"]
    assert (said["said_on"], said["cues"], said["citation"]) == ("2025-09-01", [], "HC Deb, 1 September 2025, c27")
    assert sorted(said) == sorted(TOLD)
    assert (told["events"][0]["happened_on"], told["events"][0]["commitment"]) == ("2025-09-01", "FT-1")
    assert told["deliveries"] == [
        {
            "id": "x",
            "document": "d/x",
            "quote": "It is done",
            "said_on": "2025-11-12",
            "speaker": None,
            "url": "https://example.org/b",
            "title": "Debate",
            "reason": "alike",
        }
    ]
    assert [{name for name in one if name in ("decision", "state", "quote", "other")} for one in told["reviews"]] == [
        {"decision", "state"}
    ]


def test_a_question_is_drafted_from_the_latest_saying_and_there_is_none_without_one() -> None:
    found = whole(shown("a"), shown("b", said_on=OCTOBER))
    assert (found.first_saying, found.last_saying) == found.sayings
    assert found.question == (
        "To ask the Secretary of State for the Home Department, with reference to the commitment of 1 October 2025"
        " (HC Deb, 1 October 2025, c27) to we will publish KCSIE by 30 November 2025, whether that was done by"
        " 30 November 2025; and, if not, for what reason and by what date it will be."
    )
    assert (whole().question, whole().first_saying, whole().last_saying) == ("", None, None)


def test_the_quote_and_its_time_are_marked_in_the_passage() -> None:
    one = shown("a", timing_start=22)
    assert [(piece.text, piece.kinds) for piece in one.pieces] == [
        ("We will publish KCSIE ", "quote"),
        ("by 30 November 2025", "quote timing"),
        (". I am sure.", ""),
    ]
    assert [piece.kinds for piece in replace(one, timing_start=None).pieces] == ["quote", ""]
    assert [piece.kinds for piece in replace(one, timing=None).pieces] == ["quote", ""]
    assert not one.is_cut
    assert replace(one, passage_text=f"\n{one.passage_text}", start=1).is_cut
    assert replace(one, passage_text=f"{one.passage_text}\nMore.").is_cut


LIST = "Intro.\n\nBy the end of 2026 we will:\n\n- consult on a code;\n- publish the plan.\n\nMore."


def test_the_line_that_opens_a_list_is_shown_where_it_holds_the_time_of_a_point() -> None:
    quote, timing = "publish the plan", "By the end of 2026"
    one = shown(
        "a",
        passage_text=LIST,
        quote=quote,
        start=LIST.index(quote),
        timing=timing,
        timing_start=LIST.index(timing),
    )
    marked = {piece.text: piece.kinds for piece in one.pieces if piece.marks}
    assert marked == {timing: "timing", quote: "quote"}
    assert "".join(piece.text for piece in one.pieces) == LIST.removeprefix("Intro.\n\n").removesuffix("\n\nMore.")
