"""Terms that need their context: other trades have the same words."""

from __future__ import annotations

import pytest

from processing.language.terms import find_mentions, load_vocabulary


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Mandatory reporting of wood fuel criteria will begin in April.", "Biomass", []),
        ("We will introduce mandatory reporting for food waste.", "Waste", []),
        ("Schools will use a mandatory reporting template for food.", "School food", []),
        ("We will introduce mandatory reporting of abuse.", "Debate", ["mandatory-reporting"]),
        ("Mandatory reporting will begin in April.", "Safeguarding in schools", ["mandatory-reporting"]),
        ("Mandatory reporting will follow the Inquiry.", "", ["mandatory-reporting"]),
    ],
)
def test_mandatory_reporting_is_ours_only_in_its_context(text: str, title: str, expected: list[str]) -> None:
    found = [mention.term for mention in find_mentions(text, load_vocabulary(), title)]
    assert [term for term in found if "mandatory" in term] == expected
