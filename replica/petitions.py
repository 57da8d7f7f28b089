"""petition.parliament.uk: the list of petitions, in the shape of the site's own JSON. The invented world has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from replica.answers import give_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "petition.parliament.uk"


def routes() -> list[Route]:
    """Return the addresses of the host."""
    return [Route("/petitions.json", petitions)]


def petitions(request: Request) -> Response:
    """Answer with the one page of an empty list."""
    place = f"https://{HOST}/petitions.json?{request.url.query}"
    links = {"self": place, "first": place, "last": place, "next": None, "prev": None}
    return give_json(request, {"links": links, "data": []})
