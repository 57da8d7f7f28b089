"""The issues of the digest for good: the list, each issue, the feed; and the health of the register for a monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response, hookimpl

from db import queries
from db.pages import digests
from db.register import health
from digest.compose import grouped
from digest.feed import feed
from digest.render import said_by
from runs.clock import london_today
from showing.polling import CACHED, etag_of, is_known, site_address

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette

NOT_WELL, NOT_MODIFIED = 503, 304


async def read(datasette: Datasette, work: Callable[[Any], Any]) -> Any:
    return await datasette.get_database("followthrough").execute_fn(work)


async def all_issues(datasette: Datasette, request: Request) -> Response:
    issues = await read(datasette, digests.latest)
    return Response.html(await datasette.render_template("digests.html", {"issues": issues}, request=request))


async def one_issue(datasette: Datasette, request: Request) -> Response:
    issue = await read(datasette, lambda connection: digests.one(connection, request.url_vars["id"]))
    if issue is None:
        raise NotFound("There is no such issue of the digest.")
    context = {"issue": issue, "groups": grouped(issue.entries), "said_by": said_by}
    return Response.html(await datasette.render_template("digest.html", context, request=request))


async def atom(datasette: Datasette, request: Request) -> Response:
    def work(connection: sqlite3.Connection) -> str:
        site = queries.site(connection, london_today())
        return feed(digests.latest(connection), address, is_sample=site.is_sample)

    address = site_address(
        (datasette.plugin_config("followthrough") or {}).get("site"), datasette.absolute_url(request, "/")
    )
    body: str = await read(datasette, work)
    headers = {"ETag": etag_of(body), "Cache-Control": CACHED}
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        return Response("", status=NOT_MODIFIED, headers=headers)
    return Response(body, headers=headers, content_type="application/atom+xml; charset=utf-8")


async def healthy(datasette: Datasette) -> Response:
    """Answer a monitor: 200 while every source was crawled well of late, else 503; the same JSON either way."""

    def work(connection: sqlite3.Connection) -> health.Health:
        return health.health(connection, queries.site(connection, london_today()).today)

    found = await read(datasette, work)
    return Response.json(
        health.for_a_monitor(found),
        status=200 if found.is_good else NOT_WELL,
        headers={"Cache-Control": "no-store"},
    )


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/digests$", all_issues),
        (r"^/digests\.atom$", atom),
        (r"^/digest/(?P<id>[0-9]{4}-[0-9]{2}-[0-9]{2})$", one_issue),
        (r"^/-/health$", healthy),
    ]
