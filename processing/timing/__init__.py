"""Finds and dates the words that say when: an own grammar as a table of rules, and the calendar it needs."""

from __future__ import annotations

from processing.timing.calendar import Calendar, load_calendar
from processing.timing.collected import with_collected
from processing.timing.find import find_timings

__all__ = ["Calendar", "find_timings", "load_calendar", "with_collected"]
