"""KMD WorkZone's OData v4 door: Files (cases), Records (documents), by token of Entra ID.

Known (docs.workzone.kmd.net 2022 to 2026, pages on OData and the data model; the vendor's public OData4 client
samples): the root /OData4/; Files are cases, Records are documents' metadata, Contacts are parties; without $select
only ID comes; 50 a page, then @odata.nextLink; X_Value and X_Summary; ID is a text, UserKey the number that people
see; File has FileNo, FileClass_Value, SubNo_Value, Title, Officer_Value, ResponsibleOU_Value, State_Value, Created (a
date), Text (an entity with Text), Parties (FileContact: CustomLabel_Value, Name is the Contact), Dates (FileDate:
CustomLabel_Value, DateStamp); Contact has NameType_Value, NameCode, Name1; Record has Title, RecordType_Value (I, U,
...), RecordGrp_Value, State_Value; $filter, $expand, contains, domainRestriction; errors
"{ErrorCode}.{SubCode};{TermId}"; Entra ID client credentials with scope {appIdUri}/.default.

Inferred: Closed and LetterDate (the screens have both dates), FileKey_Value on Record (FileContact has it), the kinds C
(citizen) and F (company) of NameType_Value, N for internal documents, what a _Summary reads like, $orderby ID as the
order of pages, $skiptoken's form, error codes' numbers. Only $select, $expand, $top and paging are answered here; a
$filter is refused with 400, since no client of ours sends one.
"""

from typing import Any
from urllib.parse import quote

from korsbaek.landscape.records import shelf
from korsbaek.systems.keycloak import Realm
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.systems.workzone.place import SCOPE, TOKEN
from korsbaek.systems.workzone.select import Choice, choice, project
from korsbaek.town import Town

PAGE = 50
SETS = {"Files": "sager", "Records": "dokumenter"}
"""Entity set to the kind of record that it is."""
_TERMS = {400: "400.1;InvalidQuery", 401: "401.1;Unauthorized", 403: "403.1;NoAccess", 404: "404.1;NotFound"}


def _error(status: int) -> dict[str, Any]:
    return {"error": {"code": _TERMS.get(status, f"{status}.1;Error"), "message": "The request could not be handled."}}


def app(town: Town, config: dict[str, Any]) -> Routes:
    """WorkZone over a town. `config["auth"]`: client_id, client_secret, token_seconds."""
    auth = config["auth"]
    realm = Realm(auth["client_id"], auth["client_secret"], seconds=float(auth.get("token_seconds", 300)))
    held = shelf(town, "workzone")

    def token(request: Request) -> Any:
        if request.form().get("scope") != SCOPE:
            raise HttpError(400, {"error": "invalid_scope", "error_description": "AADSTS70011"})
        return realm.token(request)

    def listed(request: Request, name: str) -> Any:
        if name not in SETS:
            raise HttpError(404)
        asked = _choice(request)
        after = request.query.get("$skiptoken", "0").strip("'")
        if not after.isdigit():
            raise HttpError(400)
        where = "cast(key as integer) > ? order by cast(key as integer) limit ?"
        found = [body for _, body in held.rows(SETS[name], where, (int(after), PAGE + 1))]
        said: dict[str, Any] = {"@odata.context": f"{request.base}/OData4/$metadata#{name}"}
        said["value"] = [project(body, asked) for body in found[:PAGE]]
        if len(found) > PAGE:
            said["@odata.nextLink"] = _next(request, name, found[PAGE - 1]["ID"])
        return said

    def one(request: Request, name: str, key: str) -> Any:
        body = held.one(SETS[name], key) if name in SETS else None
        if body is None:
            raise HttpError(404)
        return project(body, _choice(request))

    routes = Routes(_error, realm.check)
    routes.add("POST", TOKEN, token, is_open=True)
    routes.add("GET", "/OData4/{name}\\('{key}'\\)", one)
    routes.add("GET", "/OData4/{name}", listed)
    return routes


def _choice(request: Request) -> Choice:
    if set(request.query) - {"$select", "$expand", "$skiptoken", "$orderby"}:
        raise HttpError(400)
    if request.query.get("$orderby", "ID") != "ID":
        raise HttpError(400)
    try:
        return choice(request.query.get("$select", ""), request.query.get("$expand", ""))
    except ValueError:
        raise HttpError(400) from None


def _next(request: Request, name: str, last: str) -> str:
    kept = [(k, v) for k, v in request.query.items() if k != "$skiptoken"]
    words = [f"{k}={quote(v, safe='$,();=')}" for k, v in kept] + [f"$skiptoken='{last}'"]
    return f"{request.base}/OData4/{name}?{'&'.join(words)}"
