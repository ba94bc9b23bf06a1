"""Parkvagten, permits to park: an invented vendor, whose contract is korsbaek/openapi/parkering.json.

Everything is the file's: the path, paging by `side` and `antal` with `ialt`, the fields, the errors, a token by
client_credentials. It shows the file at /openapi.json.
"""

import json
from pathlib import Path
from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.landscape.rest import guarded, page
from korsbaek.systems.parkering.place import TOKEN
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

CONTRACT = Path(__file__).parents[2] / "openapi" / "parkering.json"
DEFAULT, MOST = 50, 200
_TEXTS = {400: "Ugyldig forespørgsel", 401: "Intet gyldigt token", 404: "Findes ikke"}


def app(town: Town, config: dict[str, Any]) -> Routes:
    """The service over a town."""
    own = shelf(town, "parkering")

    def permits(request: Request) -> Any:
        side, size = page(request, "side", 1, 10**6), page(request, "antal", DEFAULT, MOST)
        if side < 1 or size < 1:
            raise HttpError(400)
        found = list(own.each("tilladelse", "true order by key limit ? offset ?", (size, (side - 1) * size)))
        return {"tilladelser": found, "side": side, "ialt": own.count("tilladelse")}

    routes = guarded(config, TOKEN, lambda status: {"fejl": _TEXTS.get(status, "Der er sket en fejl")})
    routes.add("GET", "/openapi.json", lambda request: json.loads(CONTRACT.read_text(encoding="utf-8")), is_open=True)
    routes.add("GET", "/api/v1/tilladelser", permits)
    return routes
