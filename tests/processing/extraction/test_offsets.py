"""Every quote, timing, cue and mention is the exact substring at its offset, for any text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.extraction.as_told import extraction_told
from processing.extraction.passage import extract_passage
from processing.language.terms import find_mentions, load_vocabulary
from processing.language.text import normalise, quoted_spans, sentences
from processing.records import SpokenPassage
from processing.timing import load_calendar

if TYPE_CHECKING:
    from processing.records import FoundCommitment, FoundDelivery

CALENDAR = load_calendar()
VOCABULARY = load_vocabulary()
PIECES = (
    "We will publish the strategy by spring 2026",
    "I am happy to meet the hon. Lady",
    "İstanbul’s İnquiry İ",
    "we have published the response",
    "“We will not rest until every single child is safe,” she said",
    "the Government\u00a0will legislate, when parliamentary time allows,",
    "subject to the spending review",
    "Ofcom will report in 2026–27",
    "and consult on the duty to report child sexual abuse",
    "•\u2009publish guidance",
    "In the past 12 months we have:\n• opened the fund",
    "IICSA’s 20 recommendations",
    "grooming‑gangs",
    "ß ﬁ Σς K \U0001f469\u200d\U0001f467 \u2028",
    ". ",
    "\n\n",
    ", ",
    "?",
    "—",
    "(",
    "”",
)
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), st.text(max_size=200))


def passage(text: str) -> SpokenPassage:
    return SpokenPassage(
        id="1",
        source="hansard",
        title="Child Protection",
        spoken_on=date(2025, 6, 16),
        text=text,
        house="Commons",
        speaker="A. Minister",
        post="Home Secretary",
        government=True,
    )


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_quote_timing_and_cue_is_the_substring_at_its_offset(text: str) -> None:
    found = extract_passage(passage(text), CALENDAR)
    records: list[FoundCommitment | FoundDelivery] = [*found.commitments, *found.deliveries]
    for record in records:
        assert record.quote == text[record.start : record.start + len(record.quote)]
        assert record.quote.strip() == record.quote != ""
        for cue in record.cues:
            assert 0 <= cue.start < cue.end <= len(text)
    for promise in found.commitments:
        if promise.timing:
            assert promise.timing.expression == text[promise.timing.start : promise.timing.end]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_extracting_twice_gives_the_same_and_no_two_commitments_overlap_by_half(text: str) -> None:
    first = extract_passage(passage(text), CALENDAR)
    assert extraction_told("1", first) == extraction_told("1", extract_passage(passage(text), CALENDAR))
    spans = [(found.start, found.start + len(found.quote)) for found in first.commitments]
    for place, (start, end) in enumerate(spans):
        for other_start, other_end in spans[place + 1 :]:
            shared = min(end, other_end) - max(start, other_start)
            assert shared * 2 < min(end - start, other_end - other_start)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_mention_stands_alone_at_its_offset(text: str) -> None:
    known = {normalise(form).lower() for form in VOCABULARY.patterns}
    for mention in find_mentions(text, VOCABULARY):
        assert normalise(text[mention.start : mention.end]).lower() in known
        assert not text[mention.start - 1 : mention.start].isalnum()
        assert not text[mention.end : mention.end + 1].isalnum()


@given(st.text(max_size=300))
def test_folding_and_lowering_keep_every_offset(text: str) -> None:
    assert len(normalise(text).lower()) == len(text)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_sentences_stand_in_order_and_leave_out_nothing_but_white_space(text: str) -> None:
    place = 0
    for sentence in sentences(text):
        assert not text[place : sentence.start].strip()
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
        place = sentence.end
    assert not text[place:].strip()


@pytest.mark.parametrize("run", ["We will ", "we will publish the plan, ", "x", "by the end of; "])
def test_what_runs_on_without_an_end_is_cut_where_it_breaks(run: str) -> None:
    text = run * (9000 // len(run))
    found = [text[sentence.start : sentence.end] for sentence in sentences(text)]
    assert max(map(len, found)) <= 2000
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert {words[-1] for words in found[:-1]} == {run.rstrip()[-1]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She said “we will never stop fighting for them” and left.", ['"we will never stop fighting for them"']),
        ("The “Working Together to Safeguard Children” guidance.", []),
        ("The “duty” it is called.", []),
        ("He said: “we will come back to that and", ['"we will come back to that and']),
    ],
)
def test_words_of_others_are_told_from_names_in_quotation_marks(text: str, said: list[str]) -> None:
    plain = normalise(text)
    assert [plain[span.start : span.end] for span in quoted_spans(plain)] == said
