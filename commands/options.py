"""Options that several commands share."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click


class Day(click.ParamType[date]):
    """A day in ISO 8601, such as 2025-11-24."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2025-11-24", param, ctx)


class Instant(click.ParamType[datetime]):
    """An instant in ISO 8601, such as 2025-11-24T06:00:00+00:00; without an offset it is UTC."""

    name = "instant"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant such as 2025-11-24T06:00:00+00:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


TODAY = click.option(
    "--today", type=Day(), help="The day as of which to judge what is due (default: the present day in London)."
)
