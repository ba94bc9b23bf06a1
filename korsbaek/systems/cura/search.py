"""A FHIR search: what it picks, its Bundle, and the link to the next page."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.systems.cura.place import PLACE
from korsbaek.systems.cura.resources import PROFILES, instant
from korsbaek.systems.rest import HttpError, Request

MOST = 1_000
"""Resources of a page at most."""
_OPERATORS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
Pick = tuple[str, list[Any]]


def searcher(shelf: Shelf, kind: str) -> Callable[[Request], Body]:
    """Answers GET of a kind of resource."""

    def search(request: Request) -> Body:
        said = parse_qsl(request.raw_query, keep_blank_values=True)
        query = dict(said)
        if query.get("_profile", PROFILES[kind]) != PROFILES[kind]:
            return _bundle(request, kind, 0, [], None)
        where, args = _conditions(said)
        size = _count(query.get("_count", "50"))
        changed, _, after = query.get("_after", "").partition("|")
        beyond = f"{where} and (changed, key) > (?, ?) order by changed, key limit ?"
        found = shelf.each(kind, beyond, (*args, changed, after, size + 1))
        rows = list(found)
        total = shelf.count(kind, where=where, args=args)
        entries = [_entry(request, body, "match", query.get("_elements", "")) for body in rows[:size]]
        if query.get("_include", "").endswith(":subject"):
            keys = dict.fromkeys(str(body["subject"]["reference"]).removeprefix("Patient/") for body in rows[:size])
            named = [p for key in keys if (p := shelf.one("Patient", key))]
            entries += [_entry(request, p, "include", "") for p in named]
        following = None
        if len(rows) > size:
            last = rows[size - 1]
            kept = [(name, value) for name, value in said if name != "_after"]
            following = [*kept, ("_after", f"{last['meta']['lastUpdated']}|{last['id']}")]
        return _bundle(request, kind, total, entries, following)

    return search


def _conditions(said: list[tuple[str, str]]) -> Pick:
    parts, args = ["true"], []
    for name, value in said:
        if name == "_lastUpdated":
            found = re.fullmatch(r"(ge|gt|le|lt)(.+)", value)
            if not found:
                raise HttpError(400)
            parts.append(f"changed {_OPERATORS[found[1]]} ?")
            args.append(_moment(found[2]))
        elif name == "_id":
            parts.append("key = ?")
            args.append(value)
        elif name == "identifier":
            parts.append("owner = ?")
            args.append(value.rpartition("|")[2])
        elif name == "subject":
            parts.append("json_extract(body, '$.subject.reference') = ?")
            args.append(value if value.startswith("Patient/") else f"Patient/{value}")
    return " and ".join(parts), args


def _moment(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise HttpError(400) from None
    return instant(found if found.tzinfo else found.replace(tzinfo=UTC))


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise HttpError(400)
    return min(int(text), MOST)


def _entry(request: Request, body: Body, mode: str, elements: str) -> Body:
    wanted = {"resourceType", "id", "meta", *elements.split(",")} if elements else set(body)
    resource = {name: value for name, value in body.items() if name in wanted}
    url = f"{request.base}{PLACE.path}/{body['resourceType']}/{body['id']}"
    return {"fullUrl": url, "resource": resource, "search": {"mode": mode}}


def _bundle(
    request: Request, kind: str, total: int, entries: list[Body], following: list[tuple[str, str]] | None
) -> Body:
    home = f"{request.base}{PLACE.path}/{kind}"
    links = [{"relation": "self", "url": f"{home}?{request.raw_query}"}]
    if following:
        links.append({"relation": "next", "url": f"{home}?{urlencode(following)}"})
    return {"resourceType": "Bundle", "type": "searchset", "total": total, "link": links, "entry": entries}
