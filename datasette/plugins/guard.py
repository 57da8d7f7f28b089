"""Security headers on every answer, and plain error pages."""

from __future__ import annotations

import logging
import re
import sqlite3
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.plugins import pm
from datasette.views.base import DatasetteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette

log = logging.getLogger("followthrough.site")
STOCK_HANDLER = "datasette.handle_exception"
FORBIDDEN = 403
SERVER_ERROR = 500
BAD_REQUEST = 400
HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
        b" connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"x-frame-options": b"DENY",
}


# Datasette's own pages about itself tell of files, settings and plugins: nothing for visitors
OWN = re.compile(r"/-/(login|logout|auth-token|health|static/.*)(\.json)?")
AFTER_SIGN_IN = re.compile(rb"next=((?:%2F|/)review(?:(?:%2F|/)FT-[0-9]{1,9})?)")


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    is_secure = bool(datasette.setting("force_https_urls"))

    def wrap(app: Any) -> Any:
        async def guarded(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            # passwords are taken by the form only: trying them by header would be free of the form's token
            kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"authorization"]
            scope = {**scope, "headers": kept}
            path = scope["path"]
            if path.startswith("/-/") and not OWN.fullmatch(path):
                scope = {**scope, "path": "/no-such-page", "raw_path": b"/no-such-page"}

            async def with_headers(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": answer_headers(scope, message.get("headers", []), is_secure)}
                await send(message)

            await app(scope, receive, with_headers)

        return guarded

    return wrap


def guarded_cookie(cookie: bytes, is_secure: bool) -> bytes:  # noqa: FBT001 -- a setting
    """Keep a cookie from scripts and, on a public site, from plain HTTP."""
    kept = cookie if b"httponly" in cookie.lower() else cookie + b"; HttpOnly"
    return kept + b"; Secure" if is_secure and b"secure" not in cookie.lower() else kept


def answer_headers(scope: Any, headers: Any, is_secure: bool) -> list[tuple[bytes, bytes]]:  # noqa: FBT001 -- a setting
    """Return the headers of an answer with those that guard it; whoever signed in to review goes on to the review."""
    found = [(name.lower(), value) for name, value in headers]
    found = [(name, guarded_cookie(value, is_secure) if name == b"set-cookie" else value) for name, value in found]
    wanted = AFTER_SIGN_IN.fullmatch(scope.get("query_string", b""))
    if scope["path"] == "/-/login" and scope["method"] == "POST" and wanted:
        target = unquote_to_bytes(wanted[1])
        found = [(name, target if name == b"location" else value) for name, value in found]
    present = {name for name, _value in found}
    return found + [(name, value) for name, value in HEADERS.items() if name not in present]


@hookimpl
def startup(datasette: Datasette) -> None:  # noqa: ARG001 -- the name that Datasette calls it by
    # Datasette's own handler would print every local variable, passwords and all, into the log
    if pm.has_plugin(STOCK_HANDLER):
        pm.unregister(name=STOCK_HANDLER)


def is_of_the_address(request: Request, exception: Exception) -> bool:
    """Tell whether a visitor's address is at fault, where Datasette would say that the server is.

    Datasette's own table pages put the names of parameters into their queries, and stumble over those that name no
    column; a visitor may also ask for less time than a query takes.
    """
    if isinstance(exception, DatasetteError):
        return True
    is_table = request.path.startswith("/followthrough") and bool(request.query_string)
    if isinstance(exception, QueryInterrupted):  # a page of ours that takes too long is no visitor's mistake
        return is_table and "_timelimit" in request.args
    return is_table and isinstance(exception, sqlite3.OperationalError | KeyError | ValueError | OverflowError)


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Any]:
    async def answer() -> Response:
        status = int(getattr(exception, "status", 500))
        message = str(getattr(exception, "message", None) or exception)
        if status == SERVER_ERROR and is_of_the_address(request, exception):
            # without the query, which may hold what somebody searched for
            log.warning("%s %s refused: %s", request.method, request.path, type(exception).__name__)
            status, message = BAD_REQUEST, f"Part of the address could not be understood: {message}"
        if status >= SERVER_ERROR:
            log.error("%s %s failed", request.method, request.path, exc_info=exception)
            message = "The page could not be made."
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": message, "status": status}, status=status)
        told = {"status": status, "error": message, "title": getattr(exception, "title", None)}
        try:
            return Response.html(await datasette.render_template("error.html", told, request=request), status=status)
        except Exception:
            # the register itself can't be read: say so without it
            log.exception("the page that tells of an error could not be made")
            return Response.text(f"{status}: {message}\n", status=status)

    return answer


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Callable[[], Any]:
    async def answer() -> Response:
        told = {"status": FORBIDDEN, "error": message}
        return Response.html(await datasette.render_template("error.html", told, request=request), status=FORBIDDEN)

    return answer
