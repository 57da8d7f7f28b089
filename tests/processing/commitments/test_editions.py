"""What tells two promises of one series apart: the phase and the year, however each is written."""

from __future__ import annotations

import pytest

from processing.commitments.joining.same_words import another_edition, told_apart


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("finish the first phase of the work", "finish phase two of the work", "another number: 1 is not 2"),
        ("finish phase one of the work", "finish the first phase of the work", None),
        ("publish the 3rd tranche", "publish tranche 3", None),
        ("publish the second volume", "publish volume i", "another number: 2 is not 1"),
    ],
)
def test_a_phase_is_known_by_its_number_however_it_is_written(one: str, other: str, expected: str | None) -> None:
    assert told_apart(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "publish the progress update for 2024-25",
            "publish the 2025-26 progress update",
            "another year: 2024 is not 2025",
        ),
        ("collect the 2025 census", "the census will be taken for 2026", "another year: 2025 is not 2026"),
        ("collect the 2025 census", "take the 2025 census", None),
        ("report for 2025-26", "publish the 2025/26 report", None),
        ("report for 2025-2026", "report for 2025-26", None),
        # a day that moves is no other thing
        ("publish the strategy by June 2026", "publish the strategy in 2027", None),
    ],
)
def test_a_year_in_the_name_is_another_thing_and_a_year_of_the_deadline_is_not(
    one: str, other: str, expected: str | None
) -> None:
    assert another_edition(one, other) == expected
