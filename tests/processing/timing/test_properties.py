"""What holds for any text: offsets are exact, bounds are ordered, nothing lies before the day it was said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.timing import find_timings, load_calendar
from processing.timing.words import plain

CALENDAR = load_calendar()
PREPOSITIONS = ["by", "in", "before", "from", "until", "after", "within", "over", "no later than", "by the end of", ""]
PERIODS = [
    "spring 2026",
    "the summer",
    "31 March 2027",
    "September",
    "next year",
    "the new year",
    "six months",
    "the next two weeks",
    "Q3 2026",
    "2026-27",
    "the autumn term",
    "Christmas",
    "this Parliament",
    "early 2027",
    "the second half of next year",
    "due course",
    "Thursday",
    "Royal Assent",
]
PIECES = [*PREPOSITIONS, *PERIODS, "we will", "İstanbul", "’", "\u00a0", "—", "May", "announced", ".", "\n", "not"]
DAYS = st.dates(date(2023, 1, 1), date(2029, 6, 30))
texts = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(text=texts, said_on=DAYS, house=st.sampled_from(["Commons", "Lords", None]))
def test_every_phrase_is_the_exact_substring_at_its_offsets_and_none_overlap(
    text: str, said_on: date, house: str | None
) -> None:
    place = 0
    for found in find_timings(text, said_on, house, CALENDAR):
        assert found.expression == text[found.start : found.end]
        assert place <= found.start < found.end
        place = found.end


@settings(max_examples=300, deadline=None)
@given(preposition=st.sampled_from(PREPOSITIONS), period=st.sampled_from(PERIODS), said_on=DAYS)
def test_bounds_are_ordered_and_never_before_the_day_it_was_said(preposition: str, period: str, said_on: date) -> None:
    for found in find_timings(f"We will publish it {preposition} {period}.", said_on, None, CALENDAR):
        if found.earliest:
            assert found.earliest >= said_on
        if found.latest:
            assert found.latest >= (found.earliest or said_on)
        if found.kind == "vague":
            assert (found.earliest, found.latest) == (None, None)


ODD = st.lists(st.sampled_from(["a", "İ", " ", "\n", "\u00a0", "\u00ad", "\u200b", "’", "²", "1", "."])).map("".join)


@given(st.one_of(st.text(), ODD))
def test_every_character_that_is_read_has_its_place_in_the_text_as_written(text: str) -> None:
    even = plain(text)
    assert len(even.low) == len(even.text)
    assert "  " not in even.text
    for place, letter in enumerate(even.text):
        start, end = even.written(place, place + 1)
        assert end == start + 1
        assert letter in {text[start], " ", ".", "'", '"', "-", "~"}


@pytest.mark.parametrize("words", ["the first half of ", "the end of ", "early ", "once the review of "])
def test_words_repeated_thousands_of_times_say_no_when(words: str) -> None:
    found = find_timings(f"We will publish it in {words * 3000}", date(2026, 6, 10), None, CALENDAR)
    assert [timing for timing in found if timing.latest] == []
