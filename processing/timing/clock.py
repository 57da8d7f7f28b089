"""The hour of a day: it belongs to the words that say when, and changes nothing in the day."""

from __future__ import annotations

import re

_TIME = (
    r"(?:\d{1,2}(?:[.:]\d\d)? ?(?:am\b|pm\b|a\.m\.?|p\.m\.?|o'clock|noon|midday)"
    r"|(?:[01]?\d|2[0-3])(?:[.:][0-5]\d(?: ?hours)?|[0-5]\d ?hours)"
    r"|(?:one minute past )?midnight|midday|noon)"
)
CLOCK = (
    rf"(?:{_TIME}|(?:[01]\d|2[0-3])[0-5]\d(?= on )|(?:first|last) thing(?: in the morning)?"
    r"|(?:the )?(?:close|end) of (?:play|business|(?:the )?(?:working |business )?day)|co[bp]|eod)(?:,? on| of|,)? "
)
"""In front of a day: `close of play on`, `10.30 a.m.,`, `COP`."""
_CLOCK_BEHIND = re.compile(rf",? (?:at|by|before|until|from) {_TIME}(?: (?:gmt|bst)\b)?")


def behind_clock(low: str, end: int) -> int:
    """Return the end of ` at 10.30 a.m.` where it follows a day that ends at that offset; else that offset."""
    found = _CLOCK_BEHIND.match(low, end)
    return found.end() if found else end
