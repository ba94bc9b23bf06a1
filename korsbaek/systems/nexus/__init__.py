"""KMD Nexus as Korsbaek's citizens meet it: REST with links that must be followed.

Known (rammearkitektur 7.1, from odense-rpa/nexus-client; names of fields also from schmidtco/NexusAPIWrapper's DTOs and
the pathway reference quoted there): the token realm and grant; the base path and its `_links`; POST
patientDetailsSearch with businessKey and keyType and its answer; searchPatients?query=&maxResults=; the patient's
rels patientPreferences and activePrograms; CITIZEN_PATHWAY with the views "- Alt" and "-Aktive forløb", their `self`
and `pathwayReferences`; a node's type, children, pathwayStatus, ids, date, additionalInfo and workflowState; that a
node is half an object and `_links.self` leads to the whole; a grant's currentElements, futureElements and
currentWorkflowTransitions, the types of elements and which value each carries; integer ids; instants as
`2024-03-18T11:53:12.000+0000`; `effectiveEndDate`-like plain dates; the names of a patient's and an address's fields.
businessKey is ten digits; patientIdentifier.identifier comes back as DDMMYY-NNNN (seen in nexus-client's tests).

Inferred: 404 for an unknown citizen (nexus-client treats 404 and isPatientAccessible false alike); a date in a grant's
element is Danish midnight; the elements chosen for a grant's start (entryDate) and end (basketGrantEndDate);
paragraph.section, supplier.name, kmdSag.kleNumber.number; the whole pathway object (name, status, startDate, endDate,
uid: the UUID its Sag has in the index); maritalStatus in words; birthDate as a plain date; version grows with each
change; error bodies.

Left out, since the town has nothing to say there: patientOrganizations, patientConditions, lendings, inboxMessages,
availableBaskets, activity lists, all writing. A rel that is not in `_links` does not exist.
"""

from http import HTTPStatus
from itertools import islice
from typing import Any

from korsbaek.model import Nexusborger
from korsbaek.systems.keycloak import Realm
from korsbaek.systems.nexus.grant import grant
from korsbaek.systems.nexus.pathway import pathway, programs, references, view, views
from korsbaek.systems.nexus.patient import half, patient
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

BASE = "/api/core/mobile/korsbaek/v2"
"""Under which everything but the token stands; `korsbaek` is the instance."""
TOKEN = "/authx/realms/korsbaek/protocol/openid-connect/token"
"""The realm's token endpoint."""


def app(town: Town, config: dict[str, Any]) -> Routes:
    """Nexus over a town.

    `config["auth"]`: client_id, client_secret, token_seconds; `config["token_calls"]` ends a token after so many calls
    and `config["forbidden"]` refuses a valid client (403): both only for tests of clients.
    """
    auth = config["auth"]
    realm = Realm(
        auth["client_id"],
        auth["client_secret"],
        seconds=float(auth.get("token_seconds", 300)),
        calls=config.get("token_calls"),
    )

    def guard(request: Request) -> None:
        realm.check(request)
        if config.get("forbidden"):
            raise HttpError(403)

    routes = Routes(_error, guard)
    routes.add("POST", TOKEN, realm.token, is_open=True)
    _add_patients(routes, town)
    _add_pathways(routes, town)
    return routes


def _add_patients(routes: Routes, town: Town) -> None:
    def root(request: Request) -> Any:
        at = request.base + BASE
        rels = {"patientDetailsSearch": "patientDetailsSearch", "searchPatients": "searchPatients"}
        return {"_links": {rel: {"href": f"{at}/{path}"} for rel, path in rels.items()}}

    def details(request: Request) -> Any:
        asked = request.json()
        if asked.get("keyType") != "CPR" or not isinstance(asked.get("businessKey"), str):
            raise HttpError(400)
        found = town.nexus_by_cpr(asked["businessKey"])
        if found is None:
            raise HttpError(404)
        return {"isPatientAccessible": True, "patient": patient(town, found, request.base + BASE)}

    def search(request: Request) -> Any:
        words = request.query.get("query", "").casefold().split()
        most = int(request.query.get("maxResults") or 10)
        hits = (b for b in town.each(Nexusborger, "true order by id") if words and _says(b, words))
        return [half(borger, request.base + BASE) for borger in islice(hits, most)]

    def one(request: Request, ident: str) -> Any:
        return patient(town, _found(town.nexus(int(ident))), request.base + BASE)

    routes.add("GET", "/", root)
    routes.add("GET", BASE, root)
    routes.add("POST", BASE + "/patientDetailsSearch", details)
    routes.add("GET", BASE + "/searchPatients", search)
    routes.add("GET", BASE + "/patients/{ident:int}", one)


def _add_pathways(routes: Routes, town: Town) -> None:
    def preferences(request: Request, ident: str) -> Any:
        return views(_found(town.nexus(int(ident))), request.base + BASE)

    def one_view(request: Request, ident: str, number: str) -> Any:
        return view(_found(town.nexus(int(ident))), int(number), request.base + BASE)

    def tree(request: Request, ident: str, number: str) -> Any:
        return references(_found(town.nexus(int(ident))), int(number), request.base + BASE)

    def active(request: Request, ident: str) -> Any:
        return programs(_found(town.nexus(int(ident))), request.base + BASE)

    def one_pathway(request: Request, ident: str) -> Any:
        borger = _found(town.nexus_of("forloeb", int(ident)))
        return pathway(next(f for f in borger.forloeb if f.id == int(ident)), request.base + BASE)

    def one_grant(request: Request, ident: str) -> Any:
        borger = _found(town.nexus_of("indsats", int(ident)))
        return grant(borger, next(i for i in borger.indsatser if i.id == int(ident)), request.base + BASE)

    home = BASE + "/patients/{ident:int}/"
    routes.add("GET", home + "preferences", preferences)
    routes.add("GET", home + "preferences/CITIZEN_PATHWAY/{number:int}", one_view)
    routes.add("GET", home + "preferences/CITIZEN_PATHWAY/{number:int}/pathwayReferences", tree)
    routes.add("GET", home + "programs/active", active)
    routes.add("GET", BASE + "/patientPathways/{ident:int}", one_pathway)
    routes.add("GET", BASE + "/patientGrants/{ident:int}", one_grant)


def _says(borger: Nexusborger, words: list[str]) -> bool:
    text = f"{borger.navn.fuldt} {borger.cpr}".casefold()
    return all(word in text for word in words)


def _found(borger: Nexusborger | None) -> Nexusborger:
    if borger is None:
        raise HttpError(404)
    return borger


def _error(status: int) -> dict[str, Any]:
    return {"status": status, "error": HTTPStatus(status).phrase}
