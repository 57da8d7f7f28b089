"""www.gov.uk: search.json, the Content API, feeds of organisations and robots.txt, as alphagov's documents say."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from replica.answers import give, give_json, shelf_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from replica.shelf import Json, Shelf

HOST = "www.gov.uk"
SITE = "https://www.gov.uk"
ROBOTS = f"User-agent: *\nDisallow: /*/print$\nDisallow: /search/all*\nSitemap: {SITE}/sitemap.xml\n"
MOST_ROWS, MOST_START, LONGEST_QUERY = 1500, 900_000, 512
PLAIN = {"q", "count", "start", "order", "fields", "fields[]", "debug", "suggest"}
FILTER = re.compile(r"(filter|reject)_(?:any_|all_)?([a-z_]+?)(?:\[\])?$")
FILTERED = {
    "organisations",
    "public_timestamp",
    "content_store_document_type",
    "format",
    "link",
    "content_id",
    "is_historic",
    "people",
    "content_purpose_supergroup",
    "content_purpose_subgroup",
    "document_type",
}
ORDERS = {"public_timestamp", "title", "popularity", "closing_date", "start_date", "end_date", "release_timestamp"}
DEFAULT_FIELDS = ("title", "link", "description", "format", "public_timestamp", "organisations")
TAGS = re.compile(r"<[^>]+>")


class Refused(Exception):
    """A parameter that the search refuses with status 422."""


def routes() -> list[Route]:
    """Return the addresses of the host."""
    return [
        Route("/robots.txt", robots),
        Route("/api/search.json", search),
        Route("/api/content/{path:path}", content),
        Route("/government/organisations/{slug}.atom", feed),
    ]


def robots(request: Request) -> Response:  # noqa: ARG001 -- Starlette's signature
    """Answer with what crawlers may do."""
    return PlainTextResponse(ROBOTS)


def content(request: Request) -> Response:
    """Answer with a page; below a guide's or publication's address upstream redirects to it."""
    path = "/" + request.path_params["path"]
    pages = shelf_of(request).pages
    if path in pages:
        page = pages[path]
        return give_json(request, page.content, status=page.status)
    above = path.rsplit("/", 1)[0]
    parts = pages[above].content["details"].get("parts") or [] if above in pages else []
    if path.rsplit("/", 1)[1] in [part.get("slug") for part in parts]:
        return RedirectResponse(f"/api/content{above}", status_code=303)
    return give_json(request, {"error": {"status": 404, "message": "Not found"}}, status=404)


def search(request: Request) -> Response:
    """Answer a search, or refuse a parameter that is not known."""
    try:
        _check(request)
        rows = _found(request)
    except Refused as refused:
        return give_json(request, {"error": str(refused)}, status=422)
    start, count = _number(request, "start", 0), _number(request, "count", 10)
    fields = _fields(request)
    answer = {
        "results": [_shown(row, fields) for row in rows[start : start + count]],
        "total": len(rows),
        "start": start,
        "aggregates": {},
        "suggested_queries": [],
        "suggested_autocomplete": [],
        "es_cluster": "A",
    }
    return give_json(request, answer)


def feed(request: Request) -> Response:
    """Answer with the twenty newest pages of an organisation as an Atom feed."""
    slug = request.path_params["slug"]
    rows = [row for row in _rows(shelf_of(request)) if slug in _slugs(row)]
    rows.sort(key=lambda row: _instant(row["public_timestamp"]), reverse=True)
    entries = "".join(_entry(row) for row in rows[:20])
    newest = _zulu(rows[0]["public_timestamp"]) if rows else "2024-01-01T00:00:00Z"
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{SITE}/government/organisations/{slug}</id><title>Activity on GOV.UK</title>"
        f"<updated>{newest}</updated>{entries}</feed>"
    )
    return give(request, body.encode(), "application/atom+xml; charset=utf-8")


def _entry(row: Json) -> str:
    updated = _zulu(row["public_timestamp"])
    kind = row["content_store_document_type"].replace("_", " ").capitalize()
    return (
        f"<entry><id>{SITE}{row['link']}#{updated}</id><updated>{updated}</updated>"
        f'<link rel="alternate" type="text/html" href="{SITE}{row["link"]}"/>'
        f"<title>{escape(kind)}: {escape(row['title'])}</title><summary>{escape(row['description'])}</summary></entry>"
    )


def _check(request: Request) -> None:
    """Raise Refused for a parameter or value that upstream answers with 422."""
    unknown = []
    for name in request.query_params:
        found = FILTER.match(name)
        if name not in PLAIN and not (found and found[2] in FILTERED):
            unknown.append(name)
    if unknown:
        raise Refused(f"Unexpected parameters: {', '.join(unknown)}")
    if _number(request, "count", 10) > MOST_ROWS:
        raise Refused(f"Maximum result set size (as specified in 'count') is {MOST_ROWS}")
    if _number(request, "start", 0) > MOST_START:
        raise Refused(f"Maximum result start value is {MOST_START}")
    if len(request.query_params.get("q", "")) > LONGEST_QUERY:
        raise Refused(f"Query exceeds the maximum of {LONGEST_QUERY} characters")
    if request.query_params.get("order", "title").lstrip("-") not in ORDERS:
        raise Refused(f'"{request.query_params["order"]}" is not a valid sort field')


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name)
    if value is None:
        return default
    if not value.isdigit():
        raise Refused(f'Invalid value "{value}" for parameter "{name}" (expected positive integer)')
    return int(value)


def _fields(request: Request) -> tuple[str, ...]:
    asked = [
        name for key in ("fields", "fields[]") for told in request.query_params.getlist(key) for name in told.split(",")
    ]
    return tuple(asked) or DEFAULT_FIELDS


def _found(request: Request) -> list[Json]:
    query, tests = request.query_params.get("q", ""), _tests(request)
    rows = [row for row in _rows(shelf_of(request)) if _says(row, query) and all(test(row) for test in tests)]
    order = request.query_params.get("order")
    name = (order or "popularity").lstrip("-")
    if name in ("public_timestamp", "title"):
        rows.sort(key=lambda row: row["link"])
        rows.sort(
            key=lambda row: _instant(row[name]) if name == "public_timestamp" else row[name],
            reverse=(order or "").startswith("-"),
        )
    return rows


def _says(row: Json, query: str) -> bool:
    """Tell whether a row fits a query: each quoted phrase must stand in it; of other words, half must."""
    text = row["_text"]
    phrases = re.findall(r'"([^"]+)"', query)
    words = re.sub(r'"[^"]*"', " ", query).lower().split()
    return all(phrase.lower() in text for phrase in phrases) and (
        not words or bool(phrases) or 2 * sum(word in text for word in words) >= len(words)
    )


def _tests(request: Request) -> list[Callable[[Json], bool]]:
    wanted: dict[tuple[str, str], list[str]] = {}
    for key, value in request.query_params.multi_items():
        if found := FILTER.match(key):
            wanted.setdefault((found[1], found[2]), []).append(value)
    return [_test(kind == "filter", name, values) for (kind, name), values in wanted.items()]


def _test(is_filter: bool, name: str, values: list[str]) -> Callable[[Json], bool]:  # noqa: FBT001 -- private
    if name == "public_timestamp":
        first, last = _span(values[0])
        return lambda row: (first <= _instant(row[name]).date() <= last) == is_filter
    return lambda row: bool(set(values) & _values(row, name)) == is_filter


def _span(value: str) -> tuple[date, date]:
    told = dict(part.split(":", 1) for part in value.split(",") if ":" in part)
    if not told or set(told) - {"from", "to"}:
        raise Refused(f'Invalid value "{value}" for parameter "public_timestamp" (expected from or to date)')
    try:
        return date.fromisoformat(told.get("from", "1900-01-01")), date.fromisoformat(told.get("to", "2999-12-31"))
    except ValueError as error:
        raise Refused(f'Invalid "from" or "to" value in "{value}" (expected ISO8601 date)') from error


def _values(row: Json, name: str) -> set[str]:
    if name == "organisations":
        return _slugs(row)
    value = row.get(name)
    return {str(value).lower() if isinstance(value, bool) else str(value)}


def _slugs(row: Json) -> set[str]:
    return {each["slug"] for each in row["organisations"]}


def _rows(shelf: Shelf) -> list[Json]:
    return [_row(page.content) for page in shelf.pages.values() if page.is_listed]


def _row(page: Json) -> Json:
    links = page["links"].get("organisations") or []
    details = page.get("details") or {}
    government = details.get("government") or {}
    # removed tags leave a gap, so that words of two blocks don't become one
    body = html.unescape(TAGS.sub(" ", _body(details)))
    organisations = [
        {"slug": each["base_path"].rsplit("/", 1)[1], "title": each["title"], "link": each["base_path"]}
        for each in links
        if each.get("base_path")
    ]
    notes = sorted(details.get("change_history") or [], key=lambda note: _instant(note["public_timestamp"]))
    told = " ".join([page["title"] or "", page.get("description") or "", body])
    return {
        "title": page["title"] or "",
        "link": page["base_path"],
        "description": page.get("description") or "",
        "content_id": page["content_id"],
        "content_store_document_type": page["document_type"],
        "format": page["schema_name"],
        "public_timestamp": page["public_updated_at"] or page["updated_at"],
        "first_published_at": page.get("first_published_at"),
        "organisations": organisations,
        "latest_change_note": notes[-1]["note"] if notes else None,
        "is_historic": bool(details.get("political")) and government.get("current") is False,
        "_text": " ".join(told.lower().split()),
    }


def _body(details: Json) -> str:
    parts = [str(part.get("body") or "") for part in details.get("parts") or [] if isinstance(part, dict)]
    return " ".join([details["body"] if isinstance(details.get("body"), str) else "", *parts])


def _shown(row: Json, fields: tuple[str, ...]) -> Json:
    shown = {name: row[name] for name in fields if row.get(name) is not None}
    always = {"index": "govuk", "es_score": None, "_id": row["link"]}
    return {**shown, **always, "elasticsearch_type": "edition", "document_type": "edition"}


def _instant(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _zulu(value: str) -> str:
    return _instant(value).strftime("%Y-%m-%dT%H:%M:%SZ")
