"""questions-statements-api.parliament.uk: written questions and statements, by its OpenAPI contract."""

from __future__ import annotations

import html
import re
from functools import partial
from typing import TYPE_CHECKING

from starlette.routing import Route

from replica.answers import day, give_json, is_within, problem, shelf_of, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from replica.shelf import Json

HOST = "questions-statements-api.parliament.uk"
CUT = 255  # characters of a text in a listing
TAGS = re.compile(r"<[^>]+>")
MEMBERS = ("askingMember", "answeringMember", "correctingMember", "member")


def routes() -> list[Route]:
    """Return the addresses of the host."""
    found = []
    for path, values, listed in (
        ("/api/writtenquestions/questions", _questions, _asked_questions),
        ("/api/writtenstatements/statements", _statements, _asked_statements),
    ):
        found += [
            Route(path, partial(_listing, listed)),
            Route(path + "/{number:int}", partial(_by_id, values)),
            Route(path + "/{tabled}/{uin}", partial(_by_uin, values)),
        ]
    return found


def _questions(request: Request) -> Sequence[Json]:
    return shelf_of(request).questions


def _statements(request: Request) -> Sequence[Json]:
    return shelf_of(request).statements


async def _listing(listed: Callable[[Request], Iterable[Json]], request: Request) -> Response:
    rows = list(listed(request))
    skip, take = whole(request, "skip", 0), whole(request, "take", 20)
    are_cut = shelf_of(request).are_rows_cut
    shown = [_link(_cut(value) if are_cut else value) for value in rows[skip : skip + take]]
    return give_json(request, {"totalResults": len(rows), "results": shown})


async def _by_id(values: Callable[[Request], Sequence[Json]], request: Request) -> Response:
    number = request.path_params["number"]
    return _detail(request, next((value for value in values(request) if value["id"] == number), None))


async def _by_uin(values: Callable[[Request], Sequence[Json]], request: Request) -> Response:
    at, uin = request.path_params["tabled"], request.path_params["uin"].lower()
    found = (
        value
        for value in values(request)
        if value["uin"].lower() == uin and str(value.get("dateTabled") or value.get("dateMade"))[:10] == at
    )
    return _detail(request, next(found, None))


def _detail(request: Request, value: Json | None) -> Response:
    if value is None:
        return problem(request, 404, "Not Found")
    if request.query_params.get("expandMember", "").lower() != "true" and shelf_of(request).are_rows_cut:
        value = {name: None if name in MEMBERS else told for name, told in value.items()}
    return give_json(request, {"value": value, "links": []})


def _asked_questions(request: Request) -> Iterable[Json]:
    query = request.query_params
    windows = [
        ("dateTabled", day(request, "tabledWhenFrom"), day(request, "tabledWhenTo")),
        ("dateForAnswer", day(request, "dateForAnswerWhenFrom"), day(request, "dateForAnswerWhenTo")),
        ("dateAnswered", day(request, "answeredWhenFrom"), day(request, "answeredWhenTo")),
        ("dateAnswerCorrected", day(request, "correctedWhenFrom"), day(request, "correctedWhenTo")),
    ]
    with_withdrawn = query.get("includeWithdrawn", "").lower() == "true"
    answered = query.get("answered", "Any")
    for value in _common(request, _questions(request), "questionText", "answerText", "heading"):
        is_answered = value["dateAnswered"] is not None and not value["answerIsHolding"]
        if (
            all(is_within(value[name], first, last) for name, first, last in windows)
            and (with_withdrawn or not value["isWithdrawn"])
            and (answered == "Any" or is_answered == (answered == "Answered"))
        ):
            yield value


def _asked_statements(request: Request) -> Iterable[Json]:
    first, last = day(request, "madeWhenFrom"), day(request, "madeWhenTo")
    for value in _common(request, _statements(request), "text", "title"):
        if is_within(value["dateMade"], first, last):
            yield value


def _common(request: Request, values: Sequence[Json], *texts: str) -> Iterable[Json]:
    """Yield the values that fit House, answering body, UIN and search term: any of its words, as upstream."""
    query = request.query_params
    bodies, house, uin = set(query.getlist("answeringBodies")), query.get("house", "Bicameral"), query.get("uIN")
    words = query.get("searchTerm", "").lower().split()
    for value in values:
        told = " ".join(str(value[name] or "") for name in texts).lower()
        if (
            (not bodies or str(value["answeringBodyId"]) in bodies)
            and house in ("Bicameral", value["house"])
            and (uin is None or value["uin"].lower() == uin.lower())
            and (not words or any(word in told for word in words))
        ):
            yield value


def _cut(value: Json) -> Json:
    """Return a value as a listing shows it: tags removed, paragraphs welded together, texts cut off."""
    row = dict(value)
    if "questionText" in row:
        row["questionText"] = _plain(row["questionText"])[:CUT]
        # no listing was seen to hold the text of before a correction
        row["originalAnswerText"] = ""
    for name in ("answerText", "text"):
        if row.get(name):
            plain = _plain(row[name])
            row[name] = plain if len(plain) <= CUT else f"{plain[:CUT]}..."
    if "linkedStatements" in row:
        row["linkedStatements"] = []
    return row


def _plain(text: str) -> str:
    return html.unescape(TAGS.sub("", text))


def _link(value: Json) -> Json:
    # upstream's links were seen to hold another number than the id: nobody should build on them
    name = "Questions" if "questionText" in value else "Statements"
    return {"value": value, "links": [{"rel": "self", "href": f"/{name}/{value['id'] + 710_000}", "method": "GET"}]}
