"""KLE-online, KL's open edition of KLE: two plans as XML, whole each time.

Known (rammearkitektur 3.5; public clients of the service): paths, `udgaaede` and `uuid`, the roots, the elements, their
nesting and their dates; retired and moved numbers under AdministrativInfo/Historisk, durations in days of whole years.
Inferred: that the parameters may be given together, that a facet and its category have the elements of a subject, 404
for any other path. Left out: guidance, sources of law, search words, filters.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from korsbaek.landscape.records import shelf
from korsbaek.systems.kleonline.place import PLACE
from korsbaek.systems.kleonline.wire import emneplan, handlingsfacetter
from korsbaek.town import Town

PLANER = {f"{PLACE.path}/emneplan": emneplan, f"{PLACE.path}/handlingsfacetter": handlingsfacetter}


def app(town: Town, config: dict[str, Any]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application."""
    own = shelf(town, "kleonline")

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        plan = PLANER.get(str(environ.get("PATH_INFO") or "").rstrip("/"))
        if environ["REQUEST_METHOD"] != "GET" or plan is None:
            status = "404 Not Found" if plan is None else "405 Method Not Allowed"
            start(status, [("Content-Type", "text/plain; charset=utf-8")])
            return [status.encode()]
        asked = parse_qs(str(environ.get("QUERY_STRING") or ""))
        wanted = {name: asked.get(name, [""])[-1] == "true" for name in ("udgaaede", "uuid")}
        start("200 OK", [("Content-Type", "application/xml; charset=utf-8")])
        return [plan(own, **wanted).encode()]

    return serve
