"""Every form in which a British text writes a day, a range or the end of a period is read as the table says."""

from __future__ import annotations

import pytest

from tests.processing.timing.tables import Case, cases, rows


@pytest.mark.parametrize("case", cases(rows("date_forms.csv")), ids=lambda case: f"{case.said_on} {case.sentence}")
def test_a_date_is_read_as_the_table_says(case: Case) -> None:
    assert case.read() == case.readings
