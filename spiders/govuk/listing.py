"""Reads a listing of GOV.UK's Search API: which pages there are, when each last changed, and whose it is.

Search API: alphagov/search-api `docs/using-the-search-api.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from processing.errors import SourceChanged
from processing.strict_json import Reader
from spiders.listing import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """A row of a listing: path of a page, instant of its last major change, slugs of its bodies."""

    path: str
    changed: datetime
    bodies: frozenset[str]


def stubs(body: bytes, url: str) -> Page[Stub]:
    """Return the rows of a listing that are pages of GOV.UK; the count includes those that lie elsewhere."""
    listing = Reader.from_bytes(body, url)
    rows = [_stub(row) for row in listing.items("results")]
    return Page(total=listing.number("total"), rows=[(stub.path, stub) for stub in rows])


def _stub(row: Reader) -> Stub:
    changed = row.text("public_timestamp")
    try:
        moment = datetime.fromisoformat(changed)
    except ValueError as error:
        raise SourceChanged(row.where, f"public_timestamp is no instant: {changed!r}") from error
    return Stub(
        path=row.text("link"),
        changed=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        bodies=frozenset(slug for each in row.maybe_items("organisations") if (slug := each.maybe_text("slug"))),
    )
