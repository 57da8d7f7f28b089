"""The pages of the email digest: subscribe, confirm, change, leave. Only a POST ever changes anything.

A mail scanner opens every link of a mail, so a GET shows a button. The one path without a form's token is that of
one-click unsubscribing (RFC 8058): the mail program that posts there has none, and its signed link says enough.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from datasette import NotFound, Response, hookimpl

from db.pages import news
from db.pages.filters import read_filter
from db.private.subscribers import FREQUENCIES, KINDS
from digest.desk import Desk, open_desk
from digest.links import LONGEST, BadLink, make_link
from digest.matching import TopicNames, search_in_words
from digest.post import NoPost
from digest.subscribing import FIELDS, BadWish
from processing.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from datasette import Request
    from datasette.app import Datasette

    View = Callable[[Datasette, Request], Awaitable[Response]]

logger = logging.getLogger("followthrough.subscriptions")
LONGEST_FORM = 64 * 1024  # bytes of a form; a full one has about 8,000
TOO_LONG = 413
WRONG = 400
GONE = 404
NOT_NOW = 503
TOKEN = rf"(?P<token>[^/]{{1,{LONGEST}}})"


class FormTooLong(Exception):
    """More was sent than any form of ours holds."""


async def read_form(request: Request) -> dict[str, list[str]]:
    """Read a form. Raises FormTooLong without reading it to its end."""
    body = b""
    more = True
    while more:
        message = await request.receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LONGEST_FORM:
            raise FormTooLong
    return parse_qs(body.decode("utf-8", "replace"), max_num_fields=1000)


def data_folder(datasette: Datasette) -> Path:
    """Return the data folder that `serve` told us. Raises NotFound where Datasette runs without it."""
    settings = datasette.plugin_config("followthrough")
    if not settings:
        raise NotFound("This site sends no mail.")
    return Path(settings["data"])


async def at_the_desk(datasette: Datasette, work: Callable[[Desk], Any]) -> Any:
    """Do something at the desk, in a thread: it writes into a database and talks to a mail server."""
    folder = data_folder(datasette)

    def run() -> Any:
        with open_desk(folder) as desk:
            return work(desk)

    return await asyncio.to_thread(run)


async def show(datasette: Datasette, request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Show a page that no program keeps: it is of one person."""
    html = await datasette.render_template(f"subscription_{template}.html", context, request=request)
    return Response.html(html, status=status, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


async def bad_link(datasette: Datasette, request: Request) -> Response:
    return await show(datasette, request, "bad_link", status=GONE)


def asked_search(query: str) -> str:
    """Return the saved search with which the list or the search page leads here, empty for none."""
    pairs = [("words" if name == "q" else name, value) for name, value in parse_qsl(query, max_num_fields=100)]
    found = read_filter(pairs)
    return urlencode(found.pairs())


def form_of(form: Mapping[str, Sequence[str]], known: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return what the template of the form needs: the choices, and what is chosen."""
    chosen = {field: list(form.get(field, ())) for field in (*FIELDS, "everything", "wants_empty", "paused")}
    first = {field: next(iter(form.get(field, ())), "") for field in ("address", "name", "frequency")}
    names = TopicNames(topics=known["topic"], sets=known["set"])
    return {
        "known": known,
        "chosen": chosen,
        "first": {**first, "frequency": first["frequency"] or "weekly"},
        "frequencies": FREQUENCIES,
        "searches": [
            (search, search_in_words(search, names))
            for search in chosen["search"]
            if not news.read_saved_search(search).problems
        ],
    }


async def subscribe(datasette: Datasette, request: Request) -> Response:
    """Show the form, or take it: whoever is subscribed already sees the same answer."""
    if request.method != "POST":
        search = asked_search(request.query_string)
        chosen = {"search": [search]} if search else {}
        fields = await at_the_desk(datasette, lambda desk: form_of(chosen, desk.known))
        return await show(datasette, request, "form", problems=(), person=None, **fields)
    form = await read_form(request)
    try:
        await at_the_desk(datasette, lambda desk: desk.take_on(form, datetime.now(tz=UTC)))
    except BadWish as error:
        fields = await at_the_desk(datasette, lambda desk: form_of(form, desk.known))
        return await show(datasette, request, "form", WRONG, problems=error.problems, person=None, **fields)
    except NoPost:
        logger.exception("a letter could not be sent")
        return await show(datasette, request, "not_now", NOT_NOW)
    return await show(datasette, request, "asked")


async def confirm(datasette: Datasette, request: Request) -> Response:
    token = request.url_vars["token"]
    try:
        if request.method == "POST":
            await at_the_desk(datasette, lambda desk: desk.confirm(token, datetime.now(tz=UTC)))
            return await show(datasette, request, "done", title="You are subscribed", is_gone=False)
        await at_the_desk(datasette, lambda desk: desk.reader("confirm", token))
    except BadLink:
        return await bad_link(datasette, request)
    return await show(datasette, request, "confirm")


async def manage(datasette: Datasette, request: Request) -> Response:
    token = request.url_vars["token"]
    problems: Sequence[str] = ()
    is_saved = False
    form: Mapping[str, Sequence[str]] = {}
    try:
        if request.method == "POST":
            form = await read_form(request)
            try:
                await at_the_desk(datasette, lambda desk: desk.change(token, form, datetime.now(tz=UTC)))
                is_saved = True
            except BadWish as error:
                problems = error.problems
        shown = await at_the_desk(datasette, lambda desk: settings_of(desk, token, form if problems else {}))
    except BadLink:
        return await bad_link(datasette, request)
    status = WRONG if problems else 200
    return await show(datasette, request, "form", status, problems=problems, is_saved=is_saved, **shown)


def settings_of(desk: Desk, token: str, form: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return what the page of the settings shows: what is kept, or what could not be taken."""
    person, wishes = desk.reader("manage", token)
    fields = {kind: field for field, kind in FIELDS.items()} | {KINDS[0]: "everything"}
    kept: dict[str, list[str]] = {"frequency": [person.frequency]}
    for wish in wishes:
        kept.setdefault(fields[wish.kind], []).append(wish.value or "yes")
    if person.wants_empty:
        kept["wants_empty"] = ["yes"]
    if person.state == "paused":
        kept["paused"] = ["yes"]
    leave = make_link(desk.private, "", "unsubscribe", person)
    return {"person": person, "leave": leave, **form_of(form or kept, desk.known)}


async def unsubscribe(datasette: Datasette, request: Request) -> Response:
    """Ask whether to leave (GET), or leave at once (POST, as mail programs send it)."""
    token = request.url_vars["token"]
    try:
        if request.method == "POST":
            await at_the_desk(datasette, lambda desk: desk.leave(token))
            return await show(datasette, request, "done", title="You are unsubscribed", is_gone=True)
    except BadLink:
        return await bad_link(datasette, request)
    return await show(datasette, request, "leave")


def guarded(view: View) -> View:
    """Answer a form that is too long, and a machine whose settings are wrong, without telling strangers more."""

    async def answer(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except (FormTooLong, ValueError):
            return await show(datasette, request, "too_long", TOO_LONG)
        except BadInput:
            logger.exception("the subscription pages can't work")
            return await show(datasette, request, "not_now", NOT_NOW)

    return answer


@hookimpl
def skip_csrf(scope: Any) -> bool:
    return bool(scope["type"] == "http" and scope["path"].startswith("/subscription/unsubscribe/"))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    views = (
        (r"^/subscribe$", subscribe),
        (rf"^/subscription/confirm/{TOKEN}$", confirm),
        (rf"^/subscription/manage/{TOKEN}$", manage),
        (rf"^/subscription/unsubscribe/{TOKEN}$", unsubscribe),
    )
    return [(route, guarded(view)) for route, view in views]
