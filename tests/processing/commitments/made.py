"""Statements for the tests, with what a case does not speak of filled in."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from processing.commitments.statement import Delivery, Statement


def statement(name: str, **more: Any) -> Statement:
    """Return a statement of that id."""
    standard: dict[str, Any] = {
        "id": name,
        "document": f"d/{name}",
        "passage": 1,
        "passage_key": "c1",
        "quote": "We will publish KCSIE by 30 November 2025",
        "start": 0,
        "said_on": date(2025, 9, 1),
        "first_seen_at": "2025-09-08T06:00:00.000000Z",
        "owner": "Home Office",
        "action": "publish",
        "firmness": "firm",
        "novelty": "new",
        "timing": "by 30 November 2025",
        "timing_kind": "date",
        "earliest": date(2025, 9, 1),
        "latest": date(2025, 11, 30),
        "precision": "day",
        "score": 0.9,
        "house": "Commons",
        "url": "https://example.org/a",
    }
    return Statement(**{**standard, **more})


def fields_of(record: Statement | Delivery) -> dict[str, Any]:
    """Return the fields of a record, to make one of that holds more."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def undated(name: str, quote: str, **more: Any) -> Statement:
    """Return a statement of a quote without a time."""
    none = {"timing": None, "timing_kind": None, "earliest": None, "latest": None, "precision": None}
    return statement(name, **{"quote": quote, "document": name, **none, **more})


def delivery(name: str, quote: str, **more: Any) -> Delivery:
    """Return a delivery of that id, said after the standard statement."""
    standard: dict[str, Any] = {
        "id": name,
        "document": f"d/{name}",
        "passage": 9,
        "quote": quote,
        "start": 0,
        "said_on": date(2025, 11, 12),
        "first_seen_at": "2025-11-17T06:00:00.000000Z",
        "action": "publish",
        "url": "https://example.org/b",
    }
    return Delivery(**{**standard, **more})
