"""How the hosts answer: JSON with an ETag, 304 where nothing changed, and the parameters of a request."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from replica.shelf import Shelf

OK = 200
JSON_TYPE = "application/json; charset=utf-8"


def shelf_of(request: Request) -> Shelf:
    """Return what is served now."""
    return cast("Shelf", request.app.state.replica.shelf)


def give(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    last_modified: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with bytes; a 304 where the asker has them already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {"ETag": etag, **(headers or {})}
    if last_modified:
        sent["Last-Modified"] = last_modified
    if status == OK and _has_it(request, etag, last_modified):
        return Response(status_code=304, headers=sent)
    return Response(body, status_code=status, media_type=media_type, headers=sent)


def give_json(request: Request, value: Any, *, status: int = 200, last_modified: str | None = None) -> Response:
    """Answer with JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return give(request, body, JSON_TYPE, status=status, last_modified=last_modified)


def problem(request: Request, status: int, title: str) -> Response:
    """Answer with the problem object of Parliament's APIs."""
    return give_json(request, {"type": "about:blank", "title": title, "status": status}, status=status)


def _has_it(request: Request, etag: str, last_modified: str | None) -> bool:
    known = request.headers.get("if-none-match")
    if known is not None:
        return etag in known or known.strip() == "*"
    since = request.headers.get("if-modified-since")
    return since is not None and since == last_modified


def whole(request: Request, name: str, default: int) -> int:
    """Return a parameter that is a whole number; the default where it is missing or none."""
    value = request.query_params.get(name, "")
    return int(value) if value.isdigit() else default


def day(request: Request, name: str) -> date | None:
    """Return a parameter that is a date; None where it is missing or none."""
    try:
        return date.fromisoformat(request.query_params.get(name, "")[:10])
    except ValueError:
        return None


def is_within(value: str | None, first: date | None, last: date | None) -> bool:
    """Tell whether an upstream date-time lies within two days, both inclusive; None leaves an end open."""
    if value is None:
        return first is None and last is None
    at = date.fromisoformat(value[:10])
    return (first is None or first <= at) and (last is None or at <= last)
