"""Reviews: the queue of what needs a look, and the forms with which signed-in people decide."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import Forbidden, NotFound, Response, hookimpl

from db import queries
from db.pages import commitment
from db.pages import review as pages_review
from processing.commitments.reviews import FIELDS
from processing.errors import BadInput, Busy
from processing.records import FIRMNESS
from runs import review as reviewing
from runs.clock import london_today

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette

    from showing.whole_commitment import WholeCommitment

log = logging.getLogger("followthrough.review")
AGAIN = 1.0  # seconds between two tries while a run holds the register
LONGEST_WAIT = 3600  # seconds that a decision waits for a run; a run of processing may take minutes
TEXTS = ("decision", "reason", "value", "field", "evidence", "statement", "undoes")
LONGEST = 2000  # characters of any field
WRONG = 400
running: set[asyncio.Task[Any]] = set()


async def show_queue(datasette: Datasette, request: Request) -> Response:
    found = await datasette.get_database("followthrough").execute_fn(pages_review.queue)
    return Response.html(await datasette.render_template("review_queue.html", {"queue": found}, request=request))


async def review(datasette: Datasette, request: Request) -> Response:
    if not request.actor:
        raise Forbidden("Only people who are signed in can review, so that each decision carries a name.")
    found = await load(datasette, request.url_vars["id"])
    if request.method == "POST":
        given = {name: str(value) for name, value in (await request.post_vars()).items() if name in TEXTS}
        wrong = await take(datasette, request, found, given)
        if wrong is None:
            return Response.redirect(f"/commitment/{found['found'].commitment.id}#reviews")
        return await form(datasette, request, {**found, "given": given, "wrong": wrong}, WRONG)
    return await form(datasette, request, {**found, "given": {}, "wrong": None}, 200)


async def form(datasette: Datasette, request: Request, told: dict[str, Any], status: int) -> Response:
    told = {**told, "fields": FIELDS, "firmnesses": FIRMNESS}
    return Response.html(await datasette.render_template("review.html", told, request=request), status=status)


async def load(datasette: Datasette, identifier: str) -> dict[str, Any]:
    def run(connection: sqlite3.Connection) -> dict[str, Any] | None:
        today = queries.site(connection, london_today()).today
        found = commitment.whole_commitment(connection, identifier, today)
        return {"found": found, "recommendations": pages_review.recommendations(connection)} if found else None

    loaded = await datasette.get_database("followthrough").execute_fn(run)
    if loaded is None:
        raise NotFound("The register has no such commitment.")
    return dict(loaded)


async def take(datasette: Datasette, request: Request, told: dict[str, Any], given: dict[str, str]) -> str | None:
    """Keep a decision and begin to apply it. Returns in words why it could not be taken."""
    if any(len(value) > LONGEST for value in given.values()):
        return f"No field may be longer than {LONGEST} characters."
    config = datasette.plugin_config("followthrough")
    actor = request.actor
    if config is None or actor is None:
        return "This site takes no decisions: it was not started by `followthrough serve`."
    data = Path(config["data"])
    about = subject(told["found"], given)
    if about is None:
        return "Choose which one."
    words = {name: given.get(name, "") for name in ("reason", "value", "field", "evidence", "undoes")}
    made = reviewing.new_review(data, reviewer=str(actor["id"]), **words, **about)
    try:
        await asyncio.to_thread(reviewing.keep, data, made)
    except BadInput as wrong:
        return str(wrong)
    told_now = await apply(data, config["wait"])
    datasette.add_message(request, f"Your decision is kept.{told_now}")
    return None


def subject(found: WholeCommitment, given: dict[str, str]) -> dict[str, Any] | None:
    """Return what a decision is about: its kind, the commitment, the statement and its quote; None if not chosen."""
    decision, chosen = given.get("decision", ""), given.get("statement", "")
    if decision == "apart":
        # two sayings that may be the same promise are not: the other commitment is never to hold this statement
        join = next((one for one in found.joins if f"{one.statement} {one.commitment}" == chosen), None)
        if join is None:
            return None
        told = {"commitment": join.commitment, "statement": join.statement, "quote": join.quote}
        return {"decision": "split", **told}
    saying = next((one for one in found.sayings if one.id == chosen), None)
    if decision == "split" and saying is None:
        return None
    saying = saying or found.first_saying
    return {
        "decision": decision,
        "commitment": found.commitment.id,
        "statement": saying.id if saying else None,
        "quote": saying.quote if saying else None,
    }


async def apply(data: Path, wait: float) -> str:
    """Derive the register anew. Returns what to say where `wait` seconds were not enough; it goes on in that case."""
    task = asyncio.create_task(apply_when_free(data))
    running.add(task)
    task.add_done_callback(finished)
    done, _waiting = await asyncio.wait({task}, timeout=wait)
    if not done:
        return " A run is under way: the pages will show it when that is done."
    return " It could not be applied now: the pages will show it after the next run." if task.exception() else ""


async def apply_when_free(data: Path) -> None:
    """Try until no run holds the register. Not in one thread that waits: it would keep the site from stopping."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            await asyncio.to_thread(reviewing.apply, data, 0)
        except Busy:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(AGAIN)
        else:
            return


def finished(task: asyncio.Task[Any]) -> None:
    running.discard(task)
    if not task.cancelled() and (failed := task.exception()):
        log.error("a decision is kept but could not be applied; `followthrough process` does it", exc_info=failed)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/review$", show_queue), (r"^/review/(?P<id>FT-[0-9]{1,9})$", review)]
