"""Columna Cura's FHIR server, as Korsbaek's home care uses it.

Known (rammearkitektur 7.10; haderslev-rpa/q-cura-api): GET {login}{username} tells the user's token endpoint as text;
there the password grant with client_id fhir-server; then POST of organization, userRole and apiVersion with the header
CURA-API-KEY gives sessionToken.tokenString; every call carries Authorization, CURA-API-KEY and CuraSessionToken.
Patient?identifier= with the profile CuraCitizen; ProcedureRequest (a resource of STU3) with the profile
CuraGrantedProcedureRequest, sorted by orderedOn, its extensions period, caseType, legalParagraph and remark;
Communication with the profile MedcomCareCommunication and received; Bundle with entry, link next and total; _count at
most 1,000; meta.lastUpdated and versionId. Known of FHIR (STU3 and R4 alike): _lastUpdated with ge and lt, _id,
_include, _sort, search.mode, _elements, application/fhir+json, OperationOutcome.

Inferred: that _lastUpdated, _include and _elements work on these three profiles; that what is deleted is 404 and in no
search; `category` as the subject of a message; the address of the session tokens.

Left out: Basic (tasks), Organization, RehabilitationPlan, all writing.
"""

import hmac
import secrets
from typing import Any

from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.cura.place import LOGIN, PLACE, TOKEN
from korsbaek.systems.cura.records import STREAMS
from korsbaek.systems.cura.search import searcher
from korsbaek.systems.keycloak import Realm
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

SESSION = PLACE.path + "/session-token"


def app(town: Town, config: dict[str, Any]) -> Routes:
    """Cura over a town. `config["auth"]`: username, password, api_key, token_seconds."""
    auth = config["auth"]
    realm = Realm(auth["client_id"], "", {auth["username"]: auth["password"]}, seconds=auth.get("token_seconds", 300))
    sessions: set[str] = set()

    def keyed(request: Request) -> None:
        if not hmac.compare_digest(request.headers.get("cura-api-key", "").encode(), auth["api_key"].encode()):
            raise HttpError(401)
        realm.check(request)

    def guard(request: Request) -> None:
        keyed(request)
        if request.headers.get("curasessiontoken", "").removeprefix("Bearer ") not in sessions:
            raise HttpError(401)

    def session(request: Request) -> Any:
        keyed(request)
        form = request.form()
        if not all(form.get(name) for name in ("organization", "userRole", "apiVersion")):
            raise HttpError(400)
        made = secrets.token_urlsafe(24)
        sessions.add(made)
        return {"sessionToken": {"tokenString": made}}

    def one(request: Request, kind: str, key: str) -> Any:
        found = shelf.one(kind, key)
        if found is None:
            raise HttpError(404)
        return found

    routes = Routes(_outcome, guard)
    routes.add("GET", LOGIN + "{user}", lambda request, user: f'"{request.base}{TOKEN}"'.encode(), is_open=True)
    routes.add("POST", TOKEN, realm.token, is_open=True)
    routes.add("POST", SESSION, session, is_open=True)
    shelf = Shelf(town, "cura", STREAMS)
    for stream in STREAMS.values():
        (kind,) = stream.kinds
        routes.add("GET", f"{PLACE.path}/{kind}", searcher(shelf, kind))
        routes.add("GET", f"{PLACE.path}/{kind}/{{key}}", lambda request, key, kind=kind: one(request, kind, key))
    return routes


def _outcome(status: int) -> dict[str, Any]:
    issue = {"severity": "error", "code": "processing", "diagnostics": f"HTTP {status}"}
    return {"resourceType": "OperationOutcome", "issue": [issue]}
