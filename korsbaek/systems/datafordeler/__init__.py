"""Datafordeleren's GraphQL over Danmarks Adresseregister (DAR) and Matriklen (MAT).

Known (rammearkitektur 7.12; public clients of the service): POST /{register}/v1?apikey= with {"query", "variables"};
entities such as DAR_Husnummer and MAT_Jordstykke with first, after, where (eq, in, gte, startsWith), virkningstid and
registreringstid; nodes and pageInfo with endCursor and hasNextPage; references as ids, never nested; status 3 for what
is in force and 4 for what has been taken out of use; at most 1,000 a page; errors in the array `errors` of an answer
with status 200, with codes such as DAF-GQL-0009 when virkningstid is missing.

Inferred: the other codes; 401 without an API key; the cursor's form; that kommuneLokalId and administreresAfKommune
hold the municipality's four digits; that an unknown field is an error of the whole question.

Left out: other registers (BBR, EJF, CPR), geometry, subscriptions, fragments and directives.
"""

import base64
from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.systems.datafordeler.held import OPERATORS, Held
from korsbaek.systems.datafordeler.records import FIELDS
from korsbaek.systems.graphql.query import Field, Unreadable, parse
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

MOST = 1000
"""Nodes a page at most."""


class Wrong(ValueError):
    """An error of the question: its code and text, told with status 200."""


def app(town: Town, config: dict[str, Any]) -> Routes:
    """The service over a town."""
    held, key = Held(shelf(town, "datafordeler")), config["auth"]["apikey"]

    def guard(request: Request) -> None:
        if request.query.get("apikey") != key:
            raise HttpError(401)

    def ask(request: Request, register: str) -> Any:
        said = request.json()
        try:
            fields = parse(str(said.get("query") or ""), said.get("variables") or {})
            return {"data": {one.alias: _entity(held, register.upper(), one) for one in fields}}
        except Unreadable:
            return _error("DAF-GQL-0001", "The query could not be parsed.")
        except Wrong as wrong:
            return _error(*wrong.args)

    routes = Routes(lambda status: {"status": status}, guard)
    routes.add("POST", "/{register}/v1", ask)
    return routes


def _error(code: str, message: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}], "data": None}


def _entity(held: Held, register: str, asked: Field) -> dict[str, Any]:
    known = FIELDS.get(asked.name)
    if known is None or not asked.name.startswith(f"{register}_"):
        raise Wrong("DAF-GQL-0002", f"{asked.name} is no entity of {register}.")
    if not asked.args.get("virkningstid") or not asked.args.get("registreringstid"):
        raise Wrong("DAF-GQL-0009", "virkningstid and registreringstid are mandatory.")
    first = asked.args.get("first", 100)
    if not isinstance(first, int) or not 1 <= first <= MOST:
        raise Wrong("DAF-GQL-0010", f"first must be between 1 and {MOST}.")
    parts = {one.name: [f.name for f in one.below] for one in asked.below}
    unknown = set(parts) - {"nodes", "pageInfo"} | set(parts.get("nodes", ())) - set(known)
    where = asked.args.get("where") or {}
    if unknown or set(where) - set(known):
        raise Wrong("DAF-GQL-0003", "A field does not exist.")
    if any(not set(condition) <= set(OPERATORS) for condition in where.values()):
        raise Wrong("DAF-GQL-0004", "An operator does not exist.")
    found = held.picked(asked.name, where)
    start = int(base64.b64decode(asked.args["after"])) if asked.args.get("after") else 0
    page = found[start : start + first]
    more = start + len(page) < len(found)
    cursor = base64.b64encode(str(start + len(page)).encode()).decode() if page else None
    nodes = [{name: body.get(name) for name in parts.get("nodes", ())} for body in page]
    info = {"endCursor": cursor, "hasNextPage": more}
    return {
        name: nodes if name == "nodes" else {inner: info.get(inner) for inner in below} for name, below in parts.items()
    }
