"""committees-api.parliament.uk: committees and their publications, by its OpenAPI contract."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from starlette.routing import Route

from replica.answers import day, give_json, is_within, problem, shelf_of, whole

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "committees-api.parliament.uk"
PAGE = 30  # rows of a page by default


def routes() -> list[Route]:
    """Return the addresses of the host."""
    return [
        Route("/api/Committees", committees),
        Route("/api/Committees/{number:int}", committee),
        Route("/api/Publications", publications),
        Route("/api/Publications/{number:int}", publication),
        Route("/api/Publications/{number:int}/Document/{document:int}/{form}", document),
    ]


def committees(request: Request) -> Response:
    """Answer with the committees whose name holds the words asked for."""
    words = request.query_params.get("SearchTerm", "").lower()
    found = [each for each in shelf_of(request).committees if words in each["name"].lower()]
    return _page(request, found)


def committee(request: Request) -> Response:
    """Answer with one committee."""
    number = request.path_params["number"]
    found = next((each for each in shelf_of(request).committees if each["id"] == number), None)
    return problem(request, 404, "Not Found") if found is None else give_json(request, found)


def publications(request: Request) -> Response:
    """Answer with a page of publications, newest first."""
    query = request.query_params
    kinds, words = set(query.getlist("PublicationTypeIds")), query.get("SearchTerm", "").lower()
    number = whole(request, "CommitteeId", 0)
    first, last = day(request, "StartDate"), day(request, "EndDate")
    found = [
        each
        for each in shelf_of(request).publications
        if (not kinds or str(each["type"]["id"]) in kinds)
        and words in each["description"].lower()
        and number in (0, each["committee"]["id"])
        and is_within(each["publicationStartDate"], first, last)
    ]
    return _page(request, found)


def publication(request: Request) -> Response:
    """Answer with one publication."""
    number = request.path_params["number"]
    found = next((each for each in shelf_of(request).publications if each["id"] == number), None)
    return problem(request, 404, "Not Found") if found is None else give_json(request, found)


def document(request: Request) -> Response:
    """Answer with a document of a publication, its bytes in base 64."""
    number, part, form = (request.path_params[name] for name in ("number", "document", "form"))
    body = shelf_of(request).bodies.get((number, part))
    if body is None or form != "Html":
        return problem(request, 404, "Not Found")
    detail = {
        "fileName": f"{part}.html",
        "fileSize": len(body),
        "fileDataFormat": form,
        "url": None,
        "data": base64.b64encode(body).decode(),
    }
    return give_json(request, detail)


def _page(request: Request, found: list[dict[str, object]]) -> Response:
    skip, take = whole(request, "Skip", 0), whole(request, "Take", PAGE)
    rows = found[skip : skip + take]
    return give_json(request, {"items": rows, "totalResults": len(found), "itemsPerPage": take, "links": []})
