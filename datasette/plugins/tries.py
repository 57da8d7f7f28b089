"""Too many wrong passwords in a row are not even looked at: guessing is slow, and costs the machine nothing."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from datasette import Response, hookimpl

from showing.login_tries import Tries

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette

log = logging.getLogger("followthrough.site")
LONGEST_FORM = 16 * 1024  # bytes; a name, a password and a token are a few hundred
TOO_LONG, TOO_MANY, REDIRECT = 413, 429, 302


async def read_body(receive: Any) -> bytes | None:
    """Read the body of a request; None if it is longer than any form of ours."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LONGEST_FORM:
            return None
    return body


def again(body: bytes, receive: Any) -> Callable[[], Any]:
    """Give a body that was read already to whoever reads it next."""
    is_given = False

    async def replay() -> Any:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def refusal(datasette: Datasette, status: int, title: str, told: str) -> Response:
    context = {"status": status, "title": title, "error": told}
    return Response.html(await datasette.render_template("error.html", context), status=status)


# first, so that it stands within the guard, which gives every answer its headers
@hookimpl(tryfirst=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    tries = Tries()

    async def sign_in(app: Any, scope: Any, receive: Any, send: Any) -> None:
        body = await read_body(receive)
        if body is None:
            too_long = await refusal(datasette, TOO_LONG, "That is too long", "No name and password are so long.")
            await too_long.asgi_send(send)
            return
        # of several the last one counts, as it does for whoever checks the password
        name = dict(parse_qsl(body.decode("utf-8", "replace"))).get("username", "")
        address = (scope.get("client") or ["unknown"])[0]
        if seconds := tries.wait(address, name, time.monotonic()):
            log.warning("signing in was refused: too many wrong passwords in a quarter of an hour")
            minutes = f"{-(-seconds // 60)} minutes" if seconds > 60 else "a minute"  # noqa: PLR2004 -- seconds
            told = f"The password was wrong too often. Try again in {minutes}. Reading needs no password."
            refused = await refusal(datasette, TOO_MANY, "Too many tries", told)
            refused.headers["Retry-After"] = str(seconds)
            await refused.asgi_send(send)
            return

        async def noting(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] == REDIRECT:
                tries.succeeded(address, name)
            await send(message)

        await app(scope, again(body, receive), noting)

    def wrap(app: Any) -> Any:
        async def limited(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["path"] == "/-/login" and scope["method"] == "POST":
                await sign_in(app, scope, receive, send)
            else:
                await app(scope, receive, send)

        return limited

    return wrap
