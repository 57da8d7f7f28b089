"""Stable names: what makes a statement, a delivery or an event the same one when everything is read again."""

from __future__ import annotations

import hashlib
import re

WORD = re.compile(r"\w+")


def plain_quote(quote: str) -> str:
    """Return the words of a quote in small letters, one space between: what its identity is made of."""
    return " ".join(WORD.findall(quote.lower()))


def name(*parts: str | int | None) -> str:
    """Return a name of 16 hexadecimal digits that depends on the parts and on their order only."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def statement_id(document: str, passage_key: str, quote: str, occurrence: int) -> str:
    """Name a statement by its source's own id and its words; `occurrence` counts equal quotes in one passage from 0."""
    return name("statement", document, passage_key, plain_quote(quote), occurrence)


def delivery_id(document: str, passage_key: str, quote: str, occurrence: int) -> str:
    """Name a delivery in the same way."""
    return name("delivery", document, passage_key, plain_quote(quote), occurrence)


def event_id(kind: str, *about: str | int | None) -> str:
    """Name an event by its kind and what it is about: the same fact is the same event, and is announced once."""
    return name("event", kind, *about)
