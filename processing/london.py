"""The time zone in which Parliament and GOV.UK tell their days."""

from __future__ import annotations

from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
