"""How dates, ages, citations and questions are written, how texts are marked and compared, what drawings say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showing.citations import citation, draft_question
from showing.differences import passage_changes, word_changes
from showing.drawings import WIDTH, Point, bars, columns, timeline
from showing.highlights import Mark, context, pieces
from showing.wording import age, deadline, initial, instant, interval, plural, scope, short_instant, span

TODAY = date(2025, 11, 24)
INTERVALS = [
    (None, None, ""),
    (None, "2026-05-31", "by 31 May 2026"),
    ("2026-01-01", "2026-01-01", "on 1 January 2026"),
    ("2026-06-01", "2026-08-31", "1 June to 31 August 2026"),
    ("2025-12-01", "2026-02-28", "1 December 2025 to 28 February 2026"),
    ("2026-06-01", None, "not before 1 June 2026"),
]


@pytest.mark.parametrize(("earliest", "latest", "written"), INTERVALS)
def test_an_interval_is_written_as_people_say_it(earliest: str | None, latest: str | None, written: str) -> None:
    assert interval(earliest, latest) == written


@pytest.mark.parametrize(
    ("earliest", "latest", "said", "written"),
    [
        ("2025-09-16", "2026-05-31", "2025-09-16", "by 31 May 2026"),
        ("2025-11-18", "2025-11-18", "2025-11-18", "on 18 November 2025"),
        ("2026-06-01", "2026-08-31", "2025-09-08", "1 June to 31 August 2026"),
    ],
)
def test_a_deadline_that_runs_from_the_saying_is_by_its_last_day(
    earliest: str, latest: str, said: str, written: str
) -> None:
    assert deadline(earliest, latest, said) == written


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (60, "8 weeks"),
        (61, "2 months"),
        (151, "5 months"),
        (729, "24 months"),
        (730, "2 years"),
    ],
)
def test_a_span_is_rounded_as_people_do(days: int, written: str) -> None:
    assert span(days) == written


def test_ages_numbers_and_instants_are_written_plainly() -> None:
    assert [age(day, TODAY) for day in ("2025-11-24", "2025-11-23", "2025-12-01")] == [
        "today",
        "1 day ago",
        "in 7 days",
    ]
    assert [plural(1, "reply", "replies"), plural(1200, "day")] == ["1 reply", "1,200 days"]
    assert [instant("2025-11-24T06:40:00.000000Z"), instant("2025-11-24"), instant(None)] == [
        "24 November 2025, 06:40 UTC",
        "24 November 2025",
        "",
    ]
    assert [initial("by 31 May 2026"), initial("")] == ["By 31 May 2026", ""]


SAID: dict[str, Any] = {"said_on": date(2025, 6, 16), "title": "The debate", "url": "https://example.test/a"}
CITATIONS = [
    ({"source": "hansard", "house": "Commons", "column": "27"}, "HC Deb, 16 June 2025, c27"),
    ({"source": "hansard", "house": "Lords", "column": "27GC"}, "HL Deb, 16 June 2025, c27GC"),
    ({"source": "hansard", "house": "Lords"}, "HL Deb, 16 June 2025, The debate"),
    ({"source": "written_questions", "url": "https://example.test/2025-06-02/71234/"}, "PQ 71234, 16 June 2025"),
    ({"source": "written_questions", "url": "https://example.test/HL812?x=1#y"}, "PQ HL812, 16 June 2025"),
    ({"source": "written_statements", "url": "https://example.test/HCWS801"}, "HCWS801, 16 June 2025"),
    ({"source": "govuk", "publisher": "Home Office"}, "Home Office, The debate, 16 June 2025"),
    ({"source": "govuk", "page": 7}, "GOV.UK, The debate, 16 June 2025, page 7"),
]


@pytest.mark.parametrize(("given_parts", "cited"), CITATIONS)
def test_a_saying_is_cited_in_the_usual_form(given_parts: dict[str, Any], cited: str) -> None:
    assert citation(**(SAID | given_parts)) == cited


QUESTION: dict[str, Any] = {
    "owner": "Home Office",
    "department": "Home Office",
    "house": "Commons",
    "promise": "Publish the strategy.",
    "said_on": date(2025, 6, 16),
    "cited": "HC Deb, 16 June 2025, c27",
    "latest": date(2026, 5, 31),
    "today": TODAY,
}
SECRETARY = "To ask the Secretary of State for the Home Department"
SAYING = "with reference to the commitment of 16 June 2025"
ABOUT = f"{SAYING} (HC Deb, 16 June 2025, c27) to publish the strategy"
AHEAD = "what progress has been made; and whether they still expect to do so by 31 May 2026."
PASSED = "whether that was done by 31 October 2025; and, if not, for what reason and by what date it will be."
OPEN = "on what date they expect to do so; and what progress has been made."
QUESTIONS = [
    ({}, f"{SECRETARY}, {ABOUT}, {AHEAD}"),
    ({"latest": date(2025, 10, 31)}, f"{SECRETARY}, {ABOUT}, {PASSED}"),
    ({"latest": None, "house": "Lords"}, f"To ask His Majesty's Government, {ABOUT}, {OPEN}"),
    ({"owner": "Ofcom"}, f"{SECRETARY}, {ABOUT.replace(SAYING, f'{SAYING} that Ofcom will act')}, {AHEAD}"),
]


@pytest.mark.parametrize(("changed", "drafted"), QUESTIONS)
def test_a_written_question_is_drafted_in_the_form_of_its_house(changed: dict[str, Any], drafted: str) -> None:
    assert draft_question(**(QUESTION | changed)) == drafted


TEXT = st.text(max_size=200)
SPANS = st.lists(st.tuples(st.integers(-5, 220), st.integers(-5, 220)), max_size=8)


@given(TEXT, SPANS, st.integers(0, 220), st.integers(0, 220))
def test_pieces_put_together_again_are_the_text(text: str, spans: list[tuple[int, int]], one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    marks = [Mark(start=first, end=last, kind="quote") for first, last in spans]
    found = pieces(text, marks, start=start, end=end)
    assert "".join(piece.text for piece in found) == text[start:end]
    place = start
    for piece in found:
        for mark in piece.marks:
            assert mark.start <= place
            assert mark.end >= place + len(piece.text)
        place += len(piece.text)


@given(st.text(st.sampled_from("ab \n"), max_size=300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 60))
def test_the_context_of_a_quote_holds_the_quote_and_not_much_more(text: str, one: int, other: int, reach: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = context(text, start, end, reach=reach)
    assert max(0, start - reach) <= first <= start
    assert end <= last <= min(len(text), end + reach)


@given(TEXT, TEXT)
def test_what_differs_is_told_without_losing_a_word(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(one.text for one in changes if one.kind != "added") == before
    assert "".join(one.text for one in changes if one.kind != "removed") == after


def test_an_edited_passage_shows_just_the_words_that_were_edited() -> None:
    before = [("b1", "What we will do"), ("b2", "We will open a fund by March 2026."), ("b3", "Gone soon.")]
    after = [("b1", "What we will do"), ("b2", "We will open a fund in summer 2026.")]
    assert [
        (one.key, one.kind, [(run.kind, run.text) for run in one.changes]) for one in passage_changes(before, after)
    ] == [
        ("b1", "kept", [("kept", "What we will do")]),
        (
            "b2",
            "changed",
            [
                ("kept", "We will open a fund "),
                ("removed", "by"),
                ("added", "in"),
                ("kept", " "),
                ("removed", "March"),
                ("added", "summer"),
                ("kept", " 2026."),
            ],
        ),
        ("b3", "removed", [("removed", "Gone soon.")]),
    ]


KINDS = ("said", "slipped", "softened", "evidence", "due", "first due", "done")
POINTS = st.lists(
    st.builds(
        Point, day=st.dates(date(2010, 1, 1), date(2040, 1, 1)), kind=st.sampled_from(KINDS), label=st.text(max_size=20)
    ),
    max_size=8,
)


@given(POINTS)
def test_a_timeline_is_good_svg_inside_its_frame_and_says_in_words_what_it_shows(points: list[Point]) -> None:
    writable = [point for point in points if all(letter.isprintable() for letter in point.label)]
    drawn = timeline(writable, TODAY)
    if not writable:
        assert drawn == ""
        return
    root = ET.fromstring(drawn)  # noqa: S314 -- our own drawing
    assert root.get("role") == "img"
    told = root.findtext("desc") or ""
    assert all(point.label.strip() in told for point in writable)
    places = [float(one.get(name, "0")) for one in root.iter() for name in ("x", "x1", "cx") if one.get(name)]
    assert all(-20 <= place <= WIDTH for place in places)


def test_labels_of_days_near_one_another_stand_above_one_another() -> None:
    points = [Point(day=TODAY - timedelta(days=step), kind="said", label="Said again") for step in range(4)]
    points.append(Point(day=date(2020, 1, 1), kind="said", label="Promised"))
    texts = [one for one in ET.fromstring(timeline(points, TODAY)).iter("text") if not one.get("class")]  # noqa: S314
    levels = [one.get("y") for one in texts if one.text == "Said again"]
    assert len(set(levels)) == 4


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["C"]), max_size=50),
            st.floats(-900, 900).map(lambda days: round(days, 1)),
        ),
        max_size=12,
    )
)
def test_bars_stay_inside_their_frame(rows: list[tuple[str, float]]) -> None:
    drawn = bars(rows, "days")
    if rows:
        rects = [(float(one.get("x", 0)), float(one.get("width", 0))) for one in ET.fromstring(drawn).iter("rect")]  # noqa: S314
        assert len(rects) == len(rows)
        assert all(left >= 0 and left + wide <= WIDTH for left, wide in rects)


def test_columns_have_their_months_and_years_below_them() -> None:
    months = [
        ("2025-11", [("said", 4), ("due", 0)]),
        ("2025-12", [("said", 2), ("due", 1)]),
        ("2026-01", [("said", 0), ("due", 0)]),
    ]
    root = ET.fromstring(columns(months))  # noqa: S314
    assert [one.text for one in root.iter("text")] == ["0", "2", "4", "Nov", "2025", "Dec", "Jan", "2026"]
    heights = [float(one.get("height", 0)) for one in root.iter("rect")]
    assert heights == [190.0, 0.0, 95.0, 47.5, 0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tabled 2025-12-08", "Tabled 8 December 2025"),
        ("Commons 2025-12-31", "Commons 31 December 2025"),
        ('"grooming gangs" 2025-08-09 to 2025-09-08', '"grooming gangs" 9 August 2025 to 8 September 2025'),
        ("member 9001", "Member 9001"),
        ("made 2025-02-31", "Made 2025-02-31"),
        ("made 2025-02-30", "Made 2025-02-30"),
        ("file https://assets.example/2025-13-01.pdf", "File https://assets.example/2025-13-01.pdf"),
    ],
)
def test_what_was_asked_for_is_told_with_dates_as_people_write_them(text: str, told: str) -> None:
    assert scope(text) == told


def test_an_instant_in_a_table_is_short() -> None:
    assert [short_instant(text) for text in ("2025-11-24T06:40:00Z", "2025-11-24", None)] == [
        "24 Nov 2025, 06:40 UTC",
        "24 Nov 2025",
        "",
    ]
