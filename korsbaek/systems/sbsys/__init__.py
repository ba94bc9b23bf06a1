"""SBSYS behind SBSIP's web API, as Korsbaek's cases stand in it.

Known (rammearkitektur 7.2 and the sources it names; a whole Sag as JSON in magenta's Alfresco protocol, documents
from Ballerup's DTOs, notes and reminders from odense-rpa's client): the Keycloak realm and its two grants;
PascalCase; CPR as DDMMYY-NNNN; POST api/sag/search with PrimaerPerson, AllePersoner, Nummer, SagsTitel, SagsTyper,
SagsSkabeloner, Limit, Skip, and InkluderParterIResultat; {Results, TotalNumberOfResults}, an empty hit being 200; GET
api/sag/{id or uuid} and its part, dokumenter (unpaged), journalarknotes, delforloeb; api/dokument/{id};
api/erindring/sag/{id} and typer; api/sag/sagStatusList; api/person/search and api/bruger/search as lists;
api/bruger/{uuid}; info/heartbeat/authorized; no delta but SenestAendret on the Sag; times with the Danish offset;
401, 403, 404, 429; the fields of a reminder and of its types, that those done are listed too.

Inferred: a reminder without a deadline says HarDeadline false and Deadline null; Results ordered by Id; Limit 100
when none is asked for, 5,000 at most; status numbers other than 6; Orden; ErBeskyttet when the case has a security
profile; DokumentArt's names and numbers; who is no longer a party is not shown; the heartbeat's body and the errors'
(ASP.NET's {"Message"}); 400 for a malformed search; Retry-After in seconds.

Left out, since the town has nothing to say there: SagsTyper and SagSkabelon (a search for one finds nothing),
BevaringId, dates of deletion, the content of files (404), words of DeadlineStatus (null). Delforloeb are empty lists.
"""

from typing import Any

from korsbaek.systems.keycloak import Realm
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.systems.sbsys.contract import openapi
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.rate import Rate
from korsbaek.systems.sbsys.routes import add
from korsbaek.town import Town

TOKEN = "/auth/realms/sbsip/protocol/openid-connect/token"
"""The realm's token endpoint."""
_MESSAGES = {
    400: "The request is invalid.",
    401: "Authorization has been denied for this request.",
    403: "Access is denied.",
    404: "No HTTP resource was found that matches the request.",
    405: "The requested resource does not support this method.",
    429: "Too many requests.",
}


def app(town: Town, config: dict[str, Any]) -> Routes:
    """SBSYS over a town.

    `config["auth"]`: client_id, client_secret, username, password, token_seconds. `config["rate_per_second"]` turns
    429 on. `config["token_calls"]` ends a token after so many calls and `config["forbidden"]` refuses a valid user
    (403): both only for tests of clients.
    """
    auth = config["auth"]
    realm = Realm(
        auth["client_id"],
        auth["client_secret"],
        {auth["username"]: auth["password"]} if auth.get("username") else {},
        seconds=float(auth.get("token_seconds", 300)),
        calls=config.get("token_calls"),
    )
    rate = Rate(config.get("rate_per_second"))

    def guard(request: Request) -> None:
        realm.check(request)
        if config.get("forbidden"):
            raise HttpError(403)
        rate.take()

    routes = Routes(lambda status: {"Message": _MESSAGES.get(status, "An error has occurred.")}, guard)
    routes.add("POST", TOKEN, realm.token, is_open=True)
    routes.add("GET", "/docs/default", lambda request: openapi(request.base), is_open=True)
    add(routes, House(town))
    return routes
