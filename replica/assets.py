"""assets.publishing.service.gov.uk: the files that GOV.UK pages link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.routing import Route

from replica.answers import give, shelf_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "assets.publishing.service.gov.uk"


def routes() -> list[Route]:
    """Return the addresses of the host."""
    return [Route("/{path:path}", file)]


def file(request: Request) -> Response:
    """Answer with a file."""
    found = shelf_of(request).files.get("/" + request.path_params["path"])
    if found is None:
        return PlainTextResponse("Not found", status_code=404)
    return give(request, found.body, found.media_type, last_modified=found.last_modified)
