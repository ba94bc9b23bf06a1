"""KMD Momentum's API, as Korsbaek's job centre uses it.

Known (rammearkitektur 7.4; odense-rpa/momentum-client): the token by Entra's client_credentials with `resource`, and
`apikey` beside it on every call; GET citizens/find?cpr= gives {citizenId}, GET citizens/{id}; POST citizensearch
{filters, term, paging: {pageNumber from 0, pageSize}} gives {data, hasMore}; POST search {term, size, skip,
allowedCategories, isActive} gives {totalCount, results}; POST tasks/citizen with a filter on citizenId and the same
paging gives {data, totalSearchCount}; GET journals/{referenceId}, tagassignments?referenceId=, tags,
responsibleCaseworkers/all/byCitizen/{id}, citizen/{id}/personvisitationstatus; ids are UUIDs; a task's status is 0
done, 1 cancelled, 3 under way; an assignment has tag{id, title}, start, end; 404 for what is not there.

Inferred: which fields a row of citizensearch, a note and a visitation status have; that a visitation status is the
course, and has the UUID that its Sag has in the index; pages of at most 1,000; 400 for a malformed search.

Left out: companies, CVs, jobs, taxonomies, alerts, all writing.
"""

import hmac
from typing import Any

from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.systems.keycloak import Realm
from korsbaek.systems.momentum.place import PLACE, TOKEN
from korsbaek.systems.momentum.records import STREAMS
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

MOST = 1_000
"""Rows of a page at most."""


def app(town: Town, config: dict[str, Any]) -> Routes:
    """Momentum over a town. `config["auth"]`: client_id, client_secret, apikey, token_seconds."""
    auth = config["auth"]
    realm = Realm(auth["client_id"], auth["client_secret"], seconds=float(auth.get("token_seconds", 300)))

    def guard(request: Request) -> None:
        if not hmac.compare_digest(request.headers.get("apikey", "").encode(), auth["apikey"].encode()):
            raise HttpError(401)
        realm.check(request)

    def token(request: Request) -> Any:
        if request.form().get("resource") != auth["resource"]:
            raise HttpError(400, {"error": "invalid_target", "error_description": "AADSTS500011"})
        return realm.token(request)

    routes = Routes(lambda status: {"statusCode": status}, guard)
    routes.add("POST", TOKEN, token, is_open=True)
    shelf = Shelf(town, "momentum", STREAMS)
    _add_citizens(routes, shelf)
    _add_what_hangs(routes, shelf)
    return routes


def _add_citizens(routes: Routes, shelf: Shelf) -> None:
    def find(request: Request) -> Any:
        found = next(shelf.each("borgere", "owner = ?", (request.query.get("cpr", ""),)), None)
        if found is None:
            raise HttpError(404)
        return {"citizenId": found["id"]}

    def citizensearch(request: Request) -> Any:
        first, size = _paging(request.json())
        rows = list(shelf.each("borgere", "true order by seq limit ? offset ?", (size + 1, first)))
        return {"data": rows[:size], "hasMore": len(rows) > size}

    def search(request: Request) -> Any:
        asked = request.json()
        size, skip = _number(asked.get("size", 200)), _number(asked.get("skip", 0))
        kinds = {"Citizen": "borgere", "Caseworker": "sagsbehandlere"}
        wanted = [kinds[c] for c in asked.get("allowedCategories") or kinds if c in kinds]
        rows = [_hit(kind, body) for kind in wanted for body in shelf.each(kind)]
        return {"totalCount": len(rows), "results": rows[skip : skip + min(size, MOST)]}

    routes.add("GET", PLACE.path + "/citizens/find", find)
    routes.add("GET", PLACE.path + "/citizens/{key}", lambda request, key: _one(shelf, key))
    routes.add("POST", PLACE.path + "/citizensearch", citizensearch)
    routes.add("POST", PLACE.path + "/search", search)


def _add_what_hangs(routes: Routes, shelf: Shelf) -> None:
    def of(kind: str, key: str) -> list[Body]:
        """Everything of a kind that one citizen has; the citizen is there."""
        _one(shelf, key)
        return list(shelf.each(kind, "owner = ? order by seq", (shelf.owner("borgere", key),)))

    def tasks(request: Request) -> Any:
        asked = request.json()
        ids = [v for f in asked.get("filters") or () if f.get("fieldName") == "citizenId" for v in f.get("values", ())]
        if len(ids) != 1:
            raise HttpError(400)
        first, size = _paging(asked)
        found = sorted(of("opgaver", str(ids[0])), key=lambda task: str(task["deadline"]))
        return {"data": found[first : first + size], "totalSearchCount": len(found)}

    def tags(request: Request) -> Any:
        return of("markeringer", request.query.get("referenceId", ""))

    home = PLACE.path
    routes.add("GET", home + "/citizen/{key}/personvisitationstatus", lambda request, key: of("forloeb", key))
    routes.add("GET", home + "/responsibleCaseworkers/all/byCitizen/{key}", lambda request, key: of("ansvarlige", key))
    routes.add("GET", home + "/journals/{key}", lambda request, key: of("noter", key))
    routes.add("GET", home + "/tagassignments", tags)
    routes.add("POST", home + "/tasks/citizen", tasks)


def _one(shelf: Shelf, key: str) -> Body:
    found = shelf.one("borgere", key)
    if found is None:
        raise HttpError(404)
    return found


def _hit(kind: str, body: Body) -> Body:
    """A row of the search over everything."""
    if kind == "sagsbehandlere":
        return body
    return {
        "id": body["id"],
        "displayName": body["displayName"],
        "category": "Citizen",
        "description": "",
        "isActive": True,
    }


def _paging(asked: dict[str, Any]) -> tuple[int, int]:
    """Where a page begins, and how long it is at most; pages count from 0."""
    paging = asked.get("paging") or {}
    size = min(_number(paging.get("pageSize", MOST)), MOST)
    return _number(paging.get("pageNumber", 0)) * size, size


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise HttpError(400)
    return value
