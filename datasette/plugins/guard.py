"""Security headers on every answer, and the health of the register for a monitor."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from datasette import Response, hookimpl

from db import pages_coverage, queries

if TYPE_CHECKING:
    from collections.abc import Callable

HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:;"
        b" connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"x-frame-options": b"DENY",
}


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    def wrap(app: Any) -> Any:
        async def guarded(scope: Any, receive: Any, send: Any) -> None:
            async def with_headers(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    sent = {name.lower() for name, _value in message.get("headers", [])}
                    extra = [(name, value) for name, value in HEADERS.items() if name not in sent]
                    message = {**message, "headers": [*message.get("headers", []), *extra]}
                await send(message)

            await app(scope, receive, with_headers if scope["type"] == "http" else send)

        return guarded

    return wrap


async def health(datasette: Any) -> Response:
    def run(connection: Any) -> dict[str, Any]:
        site = queries.site(connection, datetime.now(ZoneInfo("Europe/London")).date())
        return pages_coverage.health(connection, site.today)

    return Response.json(await datasette.get_database("followthrough").execute_fn(run))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/health$", health)]
