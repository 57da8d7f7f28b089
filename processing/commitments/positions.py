"""The Government's position on a recommendation, as its own words state it."""

from __future__ import annotations

import re

IN_PRINCIPLE = re.compile(r"\bin principle\b", re.IGNORECASE)
IN_PART = re.compile(r"\b(?:in part|partially|partly|in so far as)\b", re.IGNORECASE)
ACCEPTS = re.compile(r"\b(?:accept(?:s|ed|ing)?|agree[sd]? (?:with|to)|taken up)\b", re.IGNORECASE)
REFUSES = re.compile(r"\b(?:reject(?:s|ed)?|do(?:es)? not accept|did not accept|not accepted)\b", re.IGNORECASE)
# "we will not implement recommendation 4": a refusal to do something else near the subject is no position on it
REFUSES_IT = re.compile(r"\b(?:not intend to|will not)\b.*\brecommendations?\b", re.IGNORECASE | re.DOTALL)


def find_position(quote: str, action: str) -> str | None:
    """Return the position that a quote states: accepted, accepted in part, accepted in principle, rejected; or None.

    `action` is the class of action that the extractor gave: only a saying that accepts or refuses states a position.
    """
    if REFUSES.search(quote) or (action == "refuse" and REFUSES_IT.search(quote)):
        return "rejected"
    if action != "accept" and not ACCEPTS.search(quote):
        return None
    if IN_PRINCIPLE.search(quote):
        return "accepted in principle"
    return "accepted in part" if IN_PART.search(quote) else "accepted"
