"""What people take away: feeds (Atom), calendars (iCalendar), CSV, JSON and Excel, each from the filter in its URL."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response, hookimpl

from db import queries
from db.pages import changes, commitment, export
from db.pages.filters import Filter, read_filter
from db.pages.search import search_passages
from db.pages.search_choice import read_search
from db.taking_out.export import as_csv, as_excel
from processing.commitments.event_kinds import EVENT_NAMES
from runs.clock import london_today
from showing.asks import Ask, read_ask
from showing.atom import FeedEntry, atom
from showing.ical import calendar
from showing.polling import CACHED, etag_of, is_known, site_address
from showing.whole_commitment import as_json
from showing.wording import day, marked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette

WRONG, NOT_MODIFIED = 400, 304
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LICENCES = "Open Parliament Licence v3.0, Open Government Licence v3.0; each row names its own"


def midnight(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, tzinfo=UTC)


def of_change(one: changes.Change, site: str) -> FeedEntry:
    quote = f"\n\n“{one.quote}”" if one.quote else ""
    return FeedEntry(
        id=f"event:{one.id}",
        title=f"{EVENT_NAMES[one.kind]}: {one.promise}",
        updated=one.noticed_at,
        link=f"{site}/commitment/{one.commitment}",
        text=f"{one.summary} ({one.owner}, {day(one.happened_on)}){quote}",
        author=one.speaker or one.owner,
    )


def atom_answer(ask: Ask, site: str, path: str, title: str, entries: list[FeedEntry]) -> Response:
    query = "?" + ask.query if ask.query else ""
    updated = midnight(ask.today).isoformat()
    text = atom(
        title=title,
        address=f"{site}{path}.atom{query}",
        page=f"{site}{path}{query}",
        updated=updated,
        entries=entries,
    )
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def named(connection: sqlite3.Connection, title: str) -> str:
    return marked(title, is_sample=queries.fact(connection, "sample_world") == "yes")


def download(body: str | bytes, kind: str, name: str) -> Response:
    return Response(body, headers={"content-disposition": f'attachment; filename="{name}"'}, content_type=kind)


class Mistyped(Exception):
    """Part of the address could not be understood: what would be given is not what was asked for."""


def chosen_by(ask: Ask) -> Filter:
    """Return the filter of an address. Raises Mistyped where part of it can't be understood."""
    found = read_filter(ask.pairs)
    if found.problems:
        raise Mistyped("\n".join(found.problems))
    return found


def changes_atom(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    found = changes.read_changes(connection, ask.pairs, ask.today)
    if found.problems:
        raise Mistyped("\n".join(found.problems))
    entries = [of_change(one, site) for one in found.changes]
    return atom_answer(ask, site, "/changes", named(connection, "Followthrough: what changed"), entries)


def commitments_atom(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    entries = [of_change(one, site) for one in export.changes_of(connection, chosen_by(ask))]
    return atom_answer(ask, site, "/commitments", named(connection, "Followthrough: commitments"), entries)


def search_atom(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    choice = read_search(ask.pairs)
    if choice.problems:
        raise Mistyped("\n".join(choice.problems))
    entries = [
        FeedEntry(
            id=f"passage:{hit.document}:{hit.key}",
            title=f"{hit.title}: {hit.speaker}" if hit.speaker else hit.title,
            updated=hit.seen_at,
            link=hit.url or site,
            text="".join(piece.text for piece in hit.extract),
            author=hit.speaker or hit.title,
        )
        for hit in search_passages(connection, choice).hits
    ]
    return atom_answer(ask, site, "/search", named(connection, f"Followthrough: {choice.words}"), entries)


def commitments_ics(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    dates = export.due_dates(connection, chosen_by(ask), site)
    made = calendar(named(connection, "Followthrough: what is due"), dates, midnight(ask.today))
    return download(made, "text/calendar; charset=utf-8", "followthrough.ics")


def due_ics(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    made = calendar(
        named(connection, "Followthrough: what is due"),
        export.due_dates(connection, Filter(), site),
        midnight(ask.today),
    )
    return download(made, "text/calendar; charset=utf-8", "followthrough-due.ics")


def commitment_ics(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    found = export.one_commitment(connection, ask.path["id"])
    if found is None:
        raise NotFound("The register has no such commitment.")
    dates = [export.due_date(found, found.latest, site)] if found.latest else []
    made = calendar(named(connection, f"Followthrough: {found.id}"), dates, midnight(ask.today))
    return download(made, "text/calendar; charset=utf-8", f"{found.id}.ics")


def commitment_json(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    found = commitment.whole_commitment(connection, ask.path["id"], ask.today)
    if found is None:
        raise NotFound("The register has no such commitment.")
    return json_answer({**as_json(found), "page": f"{site}/commitment/{ask.path['id']}"})


def json_answer(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")


def commitments_json(connection: sqlite3.Connection, ask: Ask, site: str) -> Response:
    chosen = chosen_by(ask)
    found = export.rows(connection, chosen)
    told = {
        "page": f"{site}/commitments?{chosen.query()}",
        "licence": LICENCES,
        "columns": export.TABLE.columns,
        "total": len(found),
        "commitments": found,
    }
    return json_answer(told)


def commitments_csv(connection: sqlite3.Connection, ask: Ask, _site: str) -> Response:
    found = export.rows(connection, chosen_by(ask))
    # Excel takes a CSV file for UTF-8 only where it starts with this mark
    return download("\ufeff" + as_csv(export.TABLE, found), "text/csv; charset=utf-8", "followthrough-commitments.csv")


def commitments_xlsx(connection: sqlite3.Connection, ask: Ask, _site: str) -> Response:
    found = export.rows(connection, chosen_by(ask))
    return download(as_excel([(export.TABLE, found)]), SHEET, "followthrough-commitments.xlsx")


def view(make: Callable[[Any, Ask, str], Response]) -> Callable[..., Any]:
    async def answer(datasette: Datasette, request: Request) -> Response:
        site = site_address(
            (datasette.plugin_config("followthrough") or {}).get("site"), datasette.absolute_url(request, "/")
        )

        def run(connection: sqlite3.Connection) -> Response:
            today = queries.site(connection, london_today()).today
            return make(connection, read_ask(request.url_vars, request.query_string, today), site)

        try:
            made: Response = await datasette.get_database("followthrough").execute_fn(run)
        except Mistyped as mistyped:
            told = f"Part of the address could not be understood, so nothing is given:\n{mistyped}\n"
            return Response.text(told, status=WRONG)
        etag = etag_of(made.body)
        if is_known(etag, request.headers.get("if-none-match")):
            return Response("", status=NOT_MODIFIED, headers={"ETag": etag, "Cache-Control": CACHED})
        made.headers.update({"ETag": etag, "Cache-Control": CACHED})
        return made

    return answer


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/changes\.atom$", view(changes_atom)),
        (r"^/search\.atom$", view(search_atom)),
        (r"^/due\.ics$", view(due_ics)),
        (r"^/commitments\.atom$", view(commitments_atom)),
        (r"^/commitments\.ics$", view(commitments_ics)),
        (r"^/commitments\.csv$", view(commitments_csv)),
        (r"^/commitments\.json$", view(commitments_json)),
        (r"^/commitments\.xlsx$", view(commitments_xlsx)),
        (r"^/commitment/(?P<id>FT-[0-9]+)\.ics$", view(commitment_ics)),
        (r"^/commitment/(?P<id>FT-[0-9]+)\.json$", view(commitment_json)),
    ]
