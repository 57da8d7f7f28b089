"""A promise is quoted with the whole of the date that it names."""

from __future__ import annotations

from datetime import date

import pytest

from processing.extraction.passage import extract_passage
from processing.records import SpokenPassage
from processing.timing import load_calendar

ENDINGS = [
    "on 3 Sept. 2026 at 10.30 a.m.",
    "by 4 Oct. 2026",
    "on 01-10-2026",
    "by 30-Sep-26",
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_quote_holds_the_date_to_its_end(ending: str) -> None:
    text = f"We will publish the child sexual abuse strategy {ending} and lay it before the House."
    passage = SpokenPassage(
        id="1",
        source="hansard",
        title="Child Sexual Abuse",
        spoken_on=date(2026, 6, 10),
        text=text,
        house="Commons",
        post="Home Secretary",
        government=True,
    )
    quotes = [commitment.quote for commitment in extract_passage(passage, load_calendar()).commitments]
    assert quotes[0] == f"We will publish the child sexual abuse strategy {ending}"
