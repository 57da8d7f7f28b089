"""The replica itself: every host under a path of its name, one shelf for all, and a control address."""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

import replica
from processing.errors import BadInput
from replica.faults import Fault, Faults, parse_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from replica.shelf import Shelf, Stock

LOOPBACK = ("127.0.0.1", "::1", "testclient")


@dataclass(slots=True)
class Replica:
    """What is served: the stock, the day, its shelf, and the faults."""

    stock: Stock
    as_of: date
    faults: list[Fault] = field(default_factory=list)
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self.move(self.as_of)

    def move(self, as_of: date) -> None:
        """Serve another day from now on."""
        self.shelf = self.stock.shelf(as_of)
        self.as_of = as_of


def hosts() -> list[Any]:
    """Return the modules that answer for a host: each file with a HOST and its routes."""
    found = (importlib.import_module(f"replica.{info.name}") for info in pkgutil.iter_modules(replica.__path__))
    return [module for module in found if hasattr(module, "HOST")]


def build_app(stock: Stock, as_of: date, faults: Sequence[Fault] = ()) -> ASGIApp:
    """Return the ASGI application that answers for all hosts, under `/<host>/...`, as they stood on a day."""
    served = Replica(stock, as_of, list(faults))
    routes = [
        Route("/_replica/as-of", control, methods=["GET", "PUT"]),
        Route("/_replica/faults", control_faults, methods=["GET", "PUT"]),
        *(Mount(f"/{module.HOST}", routes=[*module.routes(), Route("/robots.txt", no_robots)]) for module in hosts()),
    ]
    app = Starlette(routes=routes)
    app.state.replica = served
    return Faults(app, served.faults)


def no_robots(request: Request) -> Response:  # noqa: ARG001 -- Starlette's signature
    """Answer that there is no robots.txt: what Parliament's API hosts and the assets host have is not known."""
    return PlainTextResponse("Not found", status_code=404)


async def control(request: Request) -> Response:
    """Tell or set the day: PUT a body such as `2025-10-06`. For this machine only."""
    served: Replica = request.app.state.replica
    if refusal := _refusal(request):
        return refusal
    if request.method == "PUT":
        told = (await request.body()).decode("utf-8", "replace").strip()
        try:
            served.move(date.fromisoformat(told))
        except ValueError:
            return JSONResponse({"error": f"{told!r} is no date (YYYY-MM-DD)"}, status_code=400)
    return JSONResponse({"as_of": served.as_of.isoformat()})


async def control_faults(request: Request) -> Response:
    """Tell or set the faults: PUT a list such as `500:/www.gov.uk/*:3,slow`, or nothing for none."""
    served: Replica = request.app.state.replica
    if refusal := _refusal(request):
        return refusal
    if request.method == "PUT":
        try:
            served.faults[:] = parse_faults((await request.body()).decode("utf-8", "replace"))
        except BadInput as error:
            return JSONResponse({"error": str(error)}, status_code=400)
    told = [{"name": fault.name, "pattern": fault.pattern, "left": fault.left} for fault in served.faults]
    return Response(json.dumps({"faults": told}), media_type="application/json")


def _refusal(request: Request) -> Response | None:
    if request.client is None or request.client.host in LOOPBACK:
        return None
    return JSONResponse({"error": "only this machine may do that"}, status_code=403)
