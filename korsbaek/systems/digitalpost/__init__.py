"""PostForespoerg, the lookup of SF1601: is a citizen registered for Digital Post?

Known (public Python and PHP clients of Serviceplatformen; rammearkitektur 2.4): the path service/PostForespoerg_1/
digitalpost; GET with cprNumber or cvrNumber in the query; the headers x-TransaktionsId and x-TransaktionsTid; an access
token beside the client certificate; the answer {"result": true|false}; errors as HovedoplysningerSvarREST.

Inferred: POST with the number in the body, which keeps it out of addresses and of the logs on the way; 404 for a number
that nobody has; FejlId and FejlTekst. The access token is one of this server's own (client_credentials) here.

Left out: nemsms, companies (cvrNumber).
"""

from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.landscape.rest import guarded
from korsbaek.systems.digitalpost.place import PATH, TOKEN
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

_TEXTS = {400: "Forespørgslen er ikke gyldig", 401: "Adgang nægtet", 404: "Personen er ukendt"}


def app(town: Town, config: dict[str, Any]) -> Routes:
    """PostForespoerg over a town."""
    own = shelf(town, "digitalpost")

    def ask(request: Request, cpr: object) -> Any:
        if not request.headers.get("x-transaktionsid") or not request.headers.get("x-transaktionstid"):
            raise HttpError(400)
        if not isinstance(cpr, str) or not (cpr.isdigit() and len(cpr) == 10):
            raise HttpError(400)
        found = next(own.of("tilmelding", cpr), None)
        if found is None:
            raise HttpError(404)
        return found

    routes = guarded(config, PATH + TOKEN, error)
    routes.add("GET", PATH + "/digitalpost", lambda request: ask(request, request.query.get("cprNumber")))
    routes.add("POST", PATH + "/digitalpost", lambda request: ask(request, request.json().get("cprNumber")))
    return routes


def error(status: int) -> dict[str, Any]:
    """The body of an error, as the kontekst services of KOMBIT have it."""
    said = {"FejlId": str(status), "FejlTekst": _TEXTS.get(status, "Der er sket en fejl"), "status": status}
    return {"HovedoplysningerSvarREST": [{"SvarReaktion": {"Fejl": said}}]}
