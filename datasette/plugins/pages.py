"""The pages of the browser: which address shows what; the reading is done by the typed functions of `db`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nh3
from datasette import NotFound, Response, hookimpl
from markupsafe import Markup

from db import queries
from db.pages import changes as pages_changes
from db.pages import commitment as pages_commitment
from db.pages import commitments as pages_commitments
from db.pages import coverage as pages_coverage
from db.pages import documents as pages_documents
from db.pages import due as pages_due
from db.pages import people as pages_people
from db.pages import plots as pages_plots
from db.pages import recommendations
from db.pages.filters import SORTS, read_filter
from db.pages.search import search_commitments, search_passages
from db.pages.search_choice import SORTS as SEARCH_SORTS
from db.pages.search_choice import read_search
from processing.commitments.event_kinds import EVENT_NAMES
from runs.clock import london_today
from showing import drawings, wording
from showing.asks import Ask, read_ask
from showing.timeline import points_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette


class Moved(Exception):
    """The page is at another address."""


def page(template: str, read: Callable[[Any, Ask], dict[str, Any] | None]) -> Callable[..., Any]:
    """Make a view that shows what `read` finds; None is a 404."""

    async def view(datasette: Datasette, request: Request) -> Response:
        def run(connection: sqlite3.Connection) -> dict[str, Any] | None:
            site = queries.site(connection, london_today())
            return read(connection, read_ask(request.url_vars, request.query_string, site.today))

        try:
            context = await datasette.get_database("followthrough").execute_fn(run)
        except Moved as moved:
            return Response.redirect(str(moved))
        if context is None:
            raise NotFound("The register has no such page.")
        return Response.html(await datasette.render_template(template, context, request=request))

    return view


def svg(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704 -- drawn by `showing.drawings`, which escapes every text


def sanitised(text: str | None) -> Markup:
    """Make upstream HTML safe to show: the scripts, styles and handlers in it are gone."""
    return Markup(nh3.clean(text or ""))  # noqa: S704 -- nh3 leaves nothing that acts


def home(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    return {"home": pages_changes.home(connection, asked.today)}


def changes(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    return {
        "changes": pages_changes.read_changes(connection, asked.pairs, asked.today),
        "choices": pages_commitments.choices(connection),
    }


def commitments(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    chosen = read_filter(asked.pairs)
    return {
        "chosen": chosen,
        "listing": pages_commitments.list_commitments(connection, chosen),
        "choices": pages_commitments.choices(connection),
        "names": pages_commitments.names(connection, chosen),
        "sorts": SORTS,
    }


def commitment(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    identifier = asked.path["id"]
    if target := pages_commitment.joined_into(connection, identifier):
        raise Moved(f"/commitment/{target}?joined={identifier}")
    found = pages_commitment.whole_commitment(connection, identifier, asked.today)
    if found is None:
        return None
    drawn = drawings.timeline(points_of(found), asked.today)
    return {"found": found, "drawn": svg(drawn), "joined_from": asked.get("joined")}


def due(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    return {"due": pages_due.due(connection, asked.today)}


def no_date(connection: sqlite3.Connection, _asked: Ask) -> dict[str, Any]:
    return {"undated": pages_due.without_date(connection)}


def search(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    choice = read_search(asked.pairs)
    return {
        "choice": choice,
        "found": search_passages(connection, choice),
        "commitments": search_commitments(connection, choice.words),
        "choices": pages_commitments.choices(connection),
        "sorts": SEARCH_SORTS,
    }


def document(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    found = pages_documents.whole_document(connection, asked.path["id"], asked.get("version"))
    return {"found": found} if found else None


def compare(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    found = pages_documents.compare(connection, asked.path["id"], asked.get("from"), asked.get("to"))
    return {"compared": found} if found else None


def documents(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    return {
        "documents": pages_documents.list_documents(connection, asked.pairs),
        "choices": pages_commitments.choices(connection),
        "source_names": pages_coverage.source_names(connection),
    }


def sets(connection: sqlite3.Connection, _asked: Ask) -> dict[str, Any]:
    return {"sets": recommendations.all_sets(connection)}


def one_set(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    found = recommendations.one_set(connection, asked.path["set"])
    return {"found": found} if found else None


def recommendation(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    found = recommendations.one_recommendation(connection, f"{asked.path['set']}/{asked.path['number']}")
    return {"found": found} if found else None


def people(connection: sqlite3.Connection, _asked: Ask) -> dict[str, Any]:
    return {"people": pages_people.all_people(connection)}


def person(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    found = pages_people.one_person(connection, asked.path["id"])
    return {"found": found} if found else None


def departments(connection: sqlite3.Connection, _asked: Ask) -> dict[str, Any]:
    return {"owners": pages_people.all_owners(connection)}


def department(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any] | None:
    found = pages_people.one_owner(connection, asked.path["name"])
    return {"found": found} if found else None


def coverage(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    found = pages_coverage.coverage(connection, asked.today)
    return {
        "coverage": found,
        "runs": {run.source: run for run in found.runs},
        "source_names": pages_coverage.source_names(connection),
    }


def terms(connection: sqlite3.Connection, _asked: Ask) -> dict[str, Any]:
    return {"topics": pages_coverage.vocabulary(connection)}


def about(connection: sqlite3.Connection, _asked: Ask) -> dict[str, Any]:
    return {"about": pages_coverage.about(connection)}


def plots(connection: sqlite3.Connection, asked: Ask) -> dict[str, Any]:
    months = pages_plots.by_month(connection, asked.today)
    slippage = pages_plots.slippage(connection)
    return {
        "months": months,
        "slippage": slippage,
        "months_drawn": svg(drawings.columns([(one.month, one.bars) for one in months])),
        "slippage_drawn": svg(drawings.bars([(one.owner, one.mean_days) for one in slippage], "days")),
    }


PAGES = (
    (r"^/$", "home.html", home),
    (r"^/changes$", "changes.html", changes),
    (r"^/commitments$", "commitments.html", commitments),
    (r"^/commitment/(?P<id>FT-[0-9]+)$", "commitment.html", commitment),
    (r"^/due$", "due.html", due),
    (r"^/no-date$", "no_date.html", no_date),
    (r"^/search$", "search.html", search),
    (r"^/documents$", "documents.html", documents),
    (r"^/document/(?P<id>.+)$", "document.html", document),
    (r"^/compare/(?P<id>.+)$", "compare.html", compare),
    (r"^/recommendations$", "recommendation_sets.html", sets),
    (r"^/recommendations/(?P<set>[^/]+)$", "recommendation_set.html", one_set),
    (r"^/recommendations/(?P<set>[^/]+)/(?P<number>[^/]+)$", "recommendation.html", recommendation),
    (r"^/people$", "people.html", people),
    (r"^/person/(?P<id>.+)$", "person.html", person),
    (r"^/departments$", "departments.html", departments),
    (r"^/department/(?P<name>.+)$", "department.html", department),
    (r"^/coverage$", "coverage.html", coverage),
    (r"^/terms$", "terms.html", terms),
    (r"^/about$", "about.html", about),
    (r"^/plots$", "plots.html", plots),
)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(route, page(template, read)) for route, template, read in PAGES]


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    words = (
        wording.day,
        wording.short_day,
        wording.weekday,
        wording.month,
        wording.instant,
        wording.short_instant,
        wording.scope,
        wording.age,
        wording.initial,
    )
    env.filters.update({function.__name__: function for function in (*words, wording.span, wording.plural)})
    env.filters["upstream_html"] = sanitised
    env.globals.update(interval=wording.interval, deadline=wording.deadline, kinds=EVENT_NAMES, periods=wording.PERIODS)


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request) -> Callable[[], Any]:
    async def variables() -> dict[str, Any]:
        site = await datasette.get_database("followthrough").execute_fn(
            lambda connection: queries.site(connection, london_today())
        )
        return {"site": site, "here": request.path if request else ""}

    return variables
