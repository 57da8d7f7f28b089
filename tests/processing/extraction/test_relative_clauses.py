"""What somebody else wishes, told in a relative clause, is no promise of the Government's."""

from __future__ import annotations

from datetime import date

import pytest

from processing.extraction.sentences import propose
from processing.records import SpokenPassage
from processing.timing import load_calendar

OTHERS_WISH = {
    "that want": "We will write to the councils that want to hold an inquiry",
    "who wish": "We will meet the families who wish to speak to us",
    "which also hopes": "We will fund the charity which also hopes to open a centre",
}


@pytest.mark.parametrize("text", OTHERS_WISH.values(), ids=OTHERS_WISH)
def test_what_others_wish_is_no_proposal(text: str) -> None:
    passage = SpokenPassage(
        id="p", source="written_answer", title="", spoken_on=date(2026, 3, 2), text=text, house="Commons", speaker=None,
        post="Minister of State, Home Office", government=True,
    )  # fmt: skip
    found = propose(passage, load_calendar()).promises
    assert [text[one.start : one.end] for one in found] == [text]
