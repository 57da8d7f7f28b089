"""What whoever asks again and again needs: a mark of what was given (RFC 9110, 8.8.3), and one address for good."""

from __future__ import annotations

import hashlib

# asked for again each time, and answered in a word while nothing changed
CACHED = "no-cache"


def etag_of(body: str | bytes) -> str:
    """Return the mark of a body."""
    content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_known(etag: str, asked: str | None) -> bool:
    """Tell whether the asker has what the mark stands for, by the header If-None-Match."""
    if not asked:
        return False
    marks = {mark.strip().removeprefix("W/") for mark in asked.split(",")}
    return etag in marks or "*" in marks


def site_address(stated: str | None, asked: str) -> str:
    """Return the address of the site, without a slash at its end: the stated one, else that by which it was asked."""
    return (stated or asked).rstrip("/")
