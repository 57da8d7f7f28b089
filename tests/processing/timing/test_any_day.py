"""Any form in which British texts write a day is read as that day, and a day that doesn't exist as none."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from processing.timing import find_timings, load_calendar
from processing.timing.words import DAY_WORDS, MONTH_NAMES

CALENDAR = load_calendar()
NTH = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
WORDS = {number: word for word, number in DAY_WORDS.items()}
FORMS = [
    "{d} {month} {y}",
    "the {d}{nth} {month} {y}",
    "{d}{nth} of {month}, {y}",
    "{d} {mon}. {y}",
    "{month} {d}, {y}",
    "{month} {d}{nth} {y}",
    "{month} the {d}{nth}, {y}",
    "{d} {month} ’{yy}",
    "{d} {mon} '{yy}",
    "{d}{nth} {month} {yy}",
    "{d}-{mon}-{yy}",
    "{d}-{month}-{y}",
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{yy}",
    "{d:02}-{m:02}-{y}",
    "{d}.{m}.{y}",
    "{d}.{m}.{yy}",
    "{y}-{m:02}-{d:02}",
    "{d}\u00a0{month}\u2009{y}",
    "{d}  {month}\n{y}",
    "{d} {mon}\u00ad{rest} {y}",
    "\u200b{d}\u200b {month} {y}",
    "5pm on {d} {month} {y}",
    "close of play on the {d}{nth} of {month} {y}",
    "{d} {month} {y} at 10.30 a.m.",
    "‘{d} {month} {y}’",
]
FORMS_OF_REAL_DAYS = [
    *FORMS,
    "the {word} of {month} {y}",
    "{weekday} {d} {month} {y}",
    "{weekday}, {month} {d}, {y}",
    "noon on {wd}. {d} {mon} {y}",
    "COB {weekday} {d}{nth} {month} {y}",
]
DAYS = st.dates(date(2026, 6, 11), date(2039, 12, 31))
SAID_ON = date(2026, 6, 10)


def written(form: str, number: int, month: int, year: int, day: date | None = None) -> str:
    name = MONTH_NAMES[month - 1].capitalize()
    weekday = day.strftime("%A") if day else ""
    return form.format(
        d=number,
        m=month,
        y=year,
        yy=year % 100,
        nth=NTH.get(number, "th"),
        month=name,
        mon=name[:3],
        rest=name[3:],
        word=WORDS.get(number, ""),
        weekday=weekday,
        wd=weekday[:3],
    )


def read(words: str) -> list[tuple[str, date | None, date | None]]:
    sentence = f"The order will be laid by {words} as the Act requires."
    found = find_timings(sentence, SAID_ON, "Commons", CALENDAR)
    return [(timing.expression, timing.earliest, timing.latest) for timing in found]


@settings(max_examples=600, deadline=None)
@given(form=st.sampled_from(FORMS_OF_REAL_DAYS), day=DAYS)
def test_any_form_of_any_day_is_read_as_that_day(form: str, day: date) -> None:
    words = written(form, day.day, day.month, day.year, day)
    assert read(words) == [(f"by {words}", SAID_ON, day)]


@settings(max_examples=300, deadline=None)
@given(
    form=st.sampled_from(FORMS),
    number=st.integers(29, 39),
    month=st.integers(1, 12),
    year=st.integers(2026, 2039),
)
def test_a_day_that_does_not_exist_gives_no_date(form: str, number: int, month: int, year: int) -> None:
    if number <= monthrange(year, month)[1]:
        number += 10
    assert [(earliest, latest) for _, earliest, latest in read(written(form, number, month, year))] in (
        [],
        [(None, None)],
    )


@settings(max_examples=300, deadline=None)
@given(
    form=st.sampled_from(["{d} {month}", "the {d}{nth} of {month}", "{weekday} {d} {month}"]), later=st.integers(0, 364)
)
def test_a_day_without_a_year_is_the_next_one(form: str, later: int) -> None:
    day = SAID_ON + timedelta(days=later)
    words = written(form, day.day, day.month, day.year, day)
    assert read(words) == [(f"by {words}", SAID_ON, day)]


@settings(max_examples=200, deadline=None)
@given(day=DAYS, off=st.integers(1, 6))
def test_a_day_that_falls_on_another_weekday_gives_no_date(day: date, off: int) -> None:
    words = f"{(day + timedelta(days=off)).strftime('%A')} {written('{d} {month} {y}', day.day, day.month, day.year)}"
    assert read(words) == [(f"by {words}", None, None)]
