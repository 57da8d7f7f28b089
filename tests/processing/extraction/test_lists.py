"""The line that opens a list gives its time to every point that has none of its own."""

from __future__ import annotations

from datetime import date

import pytest

from processing.extraction.passage import extract_passage
from processing.records import SpokenPassage
from processing.timing import load_calendar

LEAD = "By the end of 2026 the Home Office will:"
POINTS = "\n\n- publish a new child sexual abuse strategy;\n- consult on a duty to report by 1 May 2026; and\n- {last}"


def found(text: str) -> list[tuple[str, str | None, date | None]]:
    passage = SpokenPassage(
        id="p", source="hansard", title="Child Sexual Abuse", spoken_on=date(2026, 3, 2), house="Commons",
        post="Home Secretary", government=True, text=text,
    )  # fmt: skip
    commitments = extract_passage(passage, load_calendar()).commitments
    for one in commitments:
        if one.timing:
            assert text[one.timing.start : one.timing.end] == one.timing.expression
    return [
        (one.quote, one.timing.expression if one.timing else None, one.timing.latest if one.timing else None)
        for one in commitments
    ]


def test_a_deadline_in_the_line_that_opens_a_list_is_every_items_but_where_it_has_its_own() -> None:
    assert found(LEAD + POINTS.format(last="legislate for the new offence.")) == [
        ("publish a new child sexual abuse strategy", "By the end of 2026", date(2026, 12, 31)),
        ("consult on a duty to report by 1 May 2026", "by 1 May 2026", date(2026, 5, 1)),
        ("legislate for the new offence", "By the end of 2026", date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "By the end of 2026 the review will report. The Home Office will:",  # another sentence's day
        "By May 2026 the board will meet, and by June 2026 the Home Office will:",
        "The Home Office will:",
    ],
)
def test_a_lead_without_one_day_of_its_own_gives_none(lead: str) -> None:
    dates = [latest for _, _, latest in found(lead + POINTS.format(last="legislate for the new offence."))]
    assert dates.count(None) >= 2
