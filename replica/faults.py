"""How the replica misbehaves on demand, each fault by name: what the real hosts were seen, or are feared, to do."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from processing.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SLOW_SECONDS = 2.0
RETRY_AFTER = "1"
OK = 200
HUGE_BYTES = 600 * 1024 * 1024
CHUNK = b"\0" * (64 * 1024)
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)
# a field that readers need, and what it is called after the rename
RENAMED = {
    "ContentLastUpdated": "LastContentUpdate",
    "ItemType": "KindOfItem",
    "ItemDate": "SittingDate",
    "questionText": "questionBody",
    "text": "statementText",
    "dateMade": "madeOn",
    "nameDisplayAs": "displayName",
    "governmentPosts": "postsInGovernment",
    "publicationStartDate": "publishedFrom",
    "schema_name": "schema",
    "results": "hits",
    "SittingDates": "Days",
}
NAMES = (
    "slow",
    "500",
    "503",
    "429",
    "cut-off",
    "renamed-field",
    "new-field",
    "unknown-item",
    "ignored-parameter",
    "shifting-list",
    "redirect-loop",
    "huge",
    "wrong-encoding",
    "challenge",
    "challenge-403",
    "time-out",
)
EXAMPLE = '"500:/www.gov.uk/api/content/*:3,slow"'


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: its name, the paths it befalls (with their host, as a shell pattern), how many answers are left."""

    name: str
    pattern: str = "*"
    left: int | None = None

    def befalls(self, path: str) -> bool:
        """Tell whether an answer is to be spoilt, and count it."""
        if path.endswith("/robots.txt") and self.pattern == "*":
            return False
        if self.left == 0 or not fnmatch(path, self.pattern):
            return False
        if self.left is not None:
            self.left -= 1
        return True


def parse_faults(told: str) -> list[Fault]:
    """Return the faults of a list such as `500:/www.gov.uk/api/content/*:3,slow`: name, path pattern, number of times.

    Raises BadInput for a name that there is not, or a number that is none.
    """
    return [_fault(part.strip()) for part in told.split(",") if part.strip()]


def _fault(part: str) -> Fault:
    name, _, rest = part.partition(":")
    pattern, _, count = rest.partition(":")
    if name not in NAMES:
        raise BadInput(f"no such fault: {name}. There are: {', '.join(NAMES)}. Example: {EXAMPLE}")
    if count and not count.isdigit():
        raise BadInput(f"{part}: {count!r} is no number of times. Example: {EXAMPLE}")
    return Fault(name=name, pattern=pattern or "*", left=int(count) if count else None)


@dataclass(slots=True)
class Faults:
    """ASGI middleware that spoils the answers which a fault befalls."""

    app: ASGIApp
    faults: list[Fault] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or answer badly. The first fault of the list that fits wins; the control address is spared."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path.startswith("/_replica"):
            await self.app(scope, receive, send)
            return
        fault = next((fault for fault in self.faults if fault.befalls(path)), None)
        if fault is None:
            await self.app(scope, receive, send)
        elif fault.name in ASKED:
            await self.app(ASKED[fault.name](dict(scope)), receive, self._grown(fault, scope, send))
        elif fault.name in SPOILT:
            await _spoil(self.app, scope, receive, send, SPOILT[fault.name])
        elif fault.name == "slow":
            await asyncio.sleep(SLOW_SECONDS)
            await self.app(scope, receive, send)
        elif fault.name == "time-out":
            await _keep_waiting(receive)
        elif fault.name == "cut-off":
            await _cut_off(self.app, scope, receive, send)
        elif fault.name == "huge":
            await _huge(send)
        else:
            await _refuse(fault.name, scope, send)

    def _grown(self, fault: Fault, scope: Scope, send: Send) -> Send:
        """Return where the answer goes to; of a listing that shifted, the count of rows has grown too."""
        if fault.name != "shifting-list" or not _skipped(dict(scope)):
            return send
        return _Changed(send, _grow).send


async def _keep_waiting(receive: Receive) -> None:
    """Answer nothing until whoever asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(name: str, scope: Scope, send: Send) -> None:
    html = {"content-type": "text/html; charset=utf-8"}
    if name == "redirect-loop":
        query = scope.get("query_string", b"").decode()
        # the path that the host itself would see: the first part names the host
        place = "/" + scope["path"].lstrip("/").partition("/")[2]
        target = place + (f"?{query}" if query else "")
        await _answer(send, 302, b"", {"location": target})
    elif name == "challenge":
        await _answer(send, 200, CHALLENGE, html)
    elif name == "challenge-403":
        await _answer(send, 403, CHALLENGE, {**html, "cf-mitigated": "challenge"})
    elif name == "429":
        await _answer(send, 429, b"Too many requests", {"retry-after": RETRY_AFTER})
    else:
        await _answer(send, int(name), b'{"Message":"An error has occurred."}', {"content-type": "application/json"})


async def _answer(send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    told = {**headers, "content-length": str(len(body))}
    await send({"type": "http.response.start", "status": status, "headers": _raw(told)})
    await send({"type": "http.response.body", "body": body})


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _huge(send: Send) -> None:
    """Stream 600 MB, as long as anybody takes them."""
    headers = {"content-type": "application/pdf", "content-length": str(HUGE_BYTES)}
    await send({"type": "http.response.start", "status": 200, "headers": _raw(headers)})
    for _ in range(HUGE_BYTES // len(CHUNK)):
        await send({"type": "http.response.body", "body": CHUNK, "more_body": True})
        await asyncio.sleep(0)
    await send({"type": "http.response.body", "body": b""})


async def _cut_off(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Send half of an answer, in chunks, and end it as if it were whole."""
    await _spoil(app, scope, receive, send, lambda body: body[: len(body) // 2])


async def _spoil(app: ASGIApp, scope: Scope, receive: Receive, send: Send, change: Callable[[bytes], bytes]) -> None:
    headers = [
        (name, value) for name, value in scope["headers"] if name not in (b"if-none-match", b"if-modified-since")
    ]
    await app({**scope, "headers": headers}, receive, _Changed(send, change).send)


class _Changed:
    """Gathers an answer and sends it on with another body, and so another ETag."""

    def __init__(self, send: Send, change: Callable[[bytes], bytes]) -> None:
        self.onward = send
        self.change = change
        self.start: MutableMapping[str, Any] = {}
        self.body = b""

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self.change(self.body) if self.start["status"] == OK else self.body
        kept = [(n, v) for n, v in self.start["headers"] if n not in (b"content-length", b"etag", b"last-modified")]
        await self.onward({**self.start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self.onward({"type": "http.response.body", "body": body})


def _json(change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    """Return a change of bytes that changes the value of a JSON body and leaves other bodies alone."""

    def changed(body: bytes) -> bytes:
        try:
            value = json.loads(body)
        except ValueError:
            return body
        return json.dumps(change(value), ensure_ascii=False).encode()

    return changed


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {RENAMED.get(name, name): _renamed(part) for name, part in value.items()}
    return [_renamed(part) for part in value] if isinstance(value, list) else value


def _with_new_field(value: Any) -> Any:
    if isinstance(value, dict):
        return {**{name: _with_new_field(part) for name, part in value.items()}, "unheardOf": "new"}
    return [_with_new_field(part) for part in value] if isinstance(value, list) else value


def _with_unknown_item(value: Any) -> Any:
    """Return a debate, or a Content API page, of a type that nobody knows yet."""
    if isinstance(value, dict) and value.get("Items"):
        first, *others = value["Items"]
        return {**value, "Items": [{**first, "ItemType": "Hologram", "Value": "A hologram."}, *others]}
    if isinstance(value, dict) and "schema_name" in value:
        return {**value, "schema_name": "hologram", "document_type": "hologram"}
    return value


def _in_wrong_encoding(body: bytes) -> bytes:
    """Return a body in Windows-1252, while its header says UTF-8; one that is plain ASCII gets a pound sign."""
    text = body.decode("utf-8", "replace")
    if text.isascii():
        text = re.sub(r'": "', '": "£', text, count=1)
    return text.encode("cp1252", "replace")


def _grow(body: bytes) -> bytes:
    names = ("total", "totalResults", "TotalResultCount")
    return _json(lambda value: {k: v + 1 if k in names else v for k, v in value.items()})(body)


def _skipped(scope: dict[str, Any]) -> bool:
    return any(name.split(".")[-1].lower() in ("skip", "start") and told != "0" for name, told in _query(scope))


def _query(scope: dict[str, Any]) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode(), keep_blank_values=True)


def _without_parameters(scope: dict[str, Any]) -> dict[str, Any]:
    """Return a request as a host sees it that ignores what narrows a question; paging stays."""
    kept = [(name, told) for name, told in _query(scope) if name.split(".")[-1].lower() in ("skip", "take", "fields")]
    return {**scope, "query_string": urlencode(kept).encode()}


def _shifted(scope: dict[str, Any]) -> dict[str, Any]:
    """Return a request for a page of a listing on whose top a row came in since the page before."""
    if not _skipped(scope):
        return scope
    moved = [
        (name, str(int(told) - 1) if name.split(".")[-1].lower() in ("skip", "start") else told)
        for name, told in _query(scope)
    ]
    return {**scope, "query_string": urlencode(moved).encode()}


ASKED: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "ignored-parameter": _without_parameters,
    "shifting-list": _shifted,
}
SPOILT: Mapping[str, Callable[[bytes], bytes]] = {
    "renamed-field": _json(_renamed),
    "new-field": _json(_with_new_field),
    "unknown-item": _json(_with_unknown_item),
    "wrong-encoding": _in_wrong_encoding,
}
