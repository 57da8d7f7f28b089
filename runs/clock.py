"""The clock of the house: the one place where the present day enters the program."""

from __future__ import annotations

from datetime import UTC, date, datetime

from processing.london import LONDON


def london_today() -> date:
    """Return the present day in London."""
    return datetime.now(tz=UTC).astimezone(LONDON).date()
