"""Pladsanvisning, an invented vendor's system of applications for and places in day care and SFO (leisure time).

The contract is the project's own: openapi.json beside this file, which the server also shows at /openapi.json. It is in
the style of the others: client_credentials, pages by `spring` and `antal` with `antalIAlt`, Danish field names, no way
to ask for what changed.
"""

from pathlib import Path
from typing import Any

from korsbaek.landscape.rest import guarded, page
from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.dagtilbud.place import TOKEN
from korsbaek.systems.dagtilbud.records import STREAMS
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

CONTRACT = Path(__file__).with_name("openapi.json")
MOST = 500
"""Records of a page at most."""


def app(town: Town, config: dict[str, Any]) -> Routes:
    """The placement system over a town."""
    routes = guarded(config, TOKEN, lambda status: {"kode": status, "besked": "Kaldet kunne ikke besvares."})
    shelf = Shelf(town, "dagtilbud", STREAMS)

    def listing(request: Request, kind: str) -> Any:
        skip, limit = page(request, "spring", 0, 10**9), page(request, "antal", 100, MOST)
        if limit < 1:
            raise HttpError(400)
        found = list(shelf.each(kind, "true order by seq limit ? offset ?", (limit, skip)))
        return {"antalIAlt": shelf.count(kind), kind: found}

    routes.add("GET", "/openapi.json", lambda request: CONTRACT.read_bytes(), is_open=True)
    for kind in STREAMS:
        routes.add("GET", f"/v1/{kind}", lambda request, kind=kind: listing(request, kind))
    return routes
