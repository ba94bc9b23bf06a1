"""OrganisationHent: the register's snapshot by GraphQL, beside the SOAP services (kombit/org-graphql).

Known from its README and schema: path, the headers and what their absence is answered with, the two forms of errors,
their classes, 500 a page at most, a cursor that is the UUID in base64, that the topmost unit comes first, when a
membership begins and ends, that null where the schema allows none is an error beside the data. Inferred: what an
error's text says, that such an edge is null (GraphQL, 6.4.4), that the token is bound to the certificate (RFC 8705).
Left out: filters by opgaver and itSystemer and by anything but the user's name: the town has nothing to find there.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from korsbaek import tokens
from korsbaek.calendar import midnight
from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.graphql.execute import InvalidError, execute, validate
from korsbaek.systems.graphql.query import Unreadable, parse
from korsbaek.systems.graphql.schema import types
from korsbaek.systems.organisation.snapshot import Args, Snapshot
from korsbaek.systems.wss.bearer import good
from korsbaek.town import CVR

PATH = "/organisation/organisationhent/1"
SCHEMA = types(Path(__file__).with_name("hent.graphql"))
MOST = 500
_KINDS = {400: "BadRequest", 401: "Unauthorized", 405: "BadRequest"}
_PHRASES = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 405: "Method Not Allowed"}


class Hent:
    """The WSGI application. `folder` is the town's, when a token of its token service is wanted."""

    def __init__(self, shelf: Shelf, folder: Path | None, most: int = MOST) -> None:
        self._shelf, self._folder, self._most = shelf, folder, most

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI."""
        status, said = self._answer(environ)
        if status != 200:
            at = datetime.now(UTC).isoformat()
            said = {"timestamp": at, "status": status, "error": _KINDS[status], "message": said, "path": PATH}
        body = json.dumps(said, ensure_ascii=False).encode()
        start(f"{status} {_PHRASES[status]}", [("Content-Type", "application/json; charset=utf-8")])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[int, Any]:
        if environ["REQUEST_METHOD"] != "POST":
            return 405, "POST a question"
        if self._folder is not None and not good(environ, self._folder, tokens.ENTITIES["organisation"]):
            return 401, "the JWT token is missing or invalid"
        if not environ.get("HTTP_X_TRANSAKTIONSID") or not environ.get("HTTP_X_TRANSAKTIONSTID"):
            return 400, "x-TransaktionsId and x-TransaktionsTid are required"
        try:
            asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
            return 200, self._ask(str(asked["query"]), asked.get("variables") or {})
        except (ValueError, KeyError, TypeError, AttributeError):
            return 400, "the question cannot be read"

    def _ask(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        try:
            asked = parse(query, variables)
            validate(asked, SCHEMA)
            at = (midnight(self._shelf.town.day) + timedelta(hours=12)).isoformat()
            found = execute(asked, SCHEMA, self._root(Snapshot(self._shelf, at)))
        except Unreadable:
            return _refused("InvalidSyntax", "Invalid syntax")
        except InvalidError as wrong:
            return _refused("ValidationError", str(wrong))
        except LookupError as nobody:
            return _refused("NotFound", str(nobody.args[0]))
        said: dict[str, Any] = {"data": found.data}
        if found.nulls:
            said["errors"] = [_error("NullValueInNonNullableField", f"{name} is null") for name in found.nulls]
        return said

    def _root(self, now: Snapshot) -> dict[str, Callable[[Args], Any]]:
        def organisation(args: Args) -> Any:
            _own(args)
            return now.organisation()

        def listed(kind: str, one: Callable[[str], Any]) -> Callable[[Args], Any]:
            return lambda args: self._connection(now, kind, one, args)

        return {
            "organisation": organisation,
            "organisationEnhedListe": listed("enhed", now.enhed),
            "brugerListe": listed("bruger", now.bruger),
            "organisationEnhed": lambda args: [_there(now.enhed(uuid)) for uuid in _uuids(args)],
            "bruger": lambda args: [_there(now.bruger(uuid)) for uuid in _uuids(args)],
        }

    def _connection(self, now: Snapshot, kind: str, one: Callable[[str], Any], args: Args) -> Any:
        _own(args)
        if args.get("status") not in ("AKTIV", "INAKTIV") or ("first" in args and "last" in args):
            raise InvalidError("status is required; first and last cannot be mixed")
        wanted = str((args.get("brugerFilter") or {}).get("brugernavn") or "*").lower()
        named = re.compile(re.escape(wanted).replace(r"\*", ".*"))
        rows = [k for k, b in now.listed(kind, args["status"])
                if wanted == "*" or named.fullmatch(b["egenskab"]["logon"].lower())]  # fmt: skip
        back = args.get("last") is not None or args.get("before") is not None
        size, cursor = args.get("last" if back else "first"), args.get("before" if back else "after")
        if size is not None and (not isinstance(size, int) or size < 1):
            raise InvalidError("first and last are numbers from 1 on")
        size, place = min(size or self._most, self._most), _place(rows, cursor)
        begin = max(0, (len(rows) if place is None else place) - size) if back else (-1 if place is None else place) + 1
        end = (len(rows) if place is None else place) if back else begin + size
        page = rows[begin:end]
        info = {
            "startCursor": _cursor(page[0]) if page else None,
            "endCursor": _cursor(page[-1]) if page else None,
            "hasNextPage": begin + len(page) < len(rows),
            "hasPreviousPage": begin > 0,
        }
        edges = [{"cursor": lambda _, key=key: _cursor(key), "node": lambda _, key=key: one(key)} for key in page]
        return {
            "edges": lambda _: edges,
            "pageInfo": lambda _: {name: lambda _, value=value: value for name, value in info.items()},
        }


def _own(args: Args) -> None:
    if not re.fullmatch(r"\d{8}", str(args.get("cvr"))):
        raise InvalidError("cvr must be 8 digits")
    if args["cvr"] != CVR:
        raise LookupError("the organisation was not found")


def _uuids(args: Args) -> list[str]:
    found = args.get("uuid")
    uuids = [found] if isinstance(found, str) else found or []
    if not all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(u).lower()) for u in uuids):
        raise InvalidError("uuid is no UUID")
    return [u.lower() for u in uuids]


def _there(found: Any) -> Any:
    if found is None:
        raise LookupError("the object was not found")
    return found


def _cursor(key: str) -> str:
    return base64.b64encode(key.encode()).decode()


def _place(rows: list[str], cursor: str | None) -> int | None:
    if cursor is None:
        return None
    try:
        return rows.index(base64.b64decode(cursor, validate=True).decode())
    except ValueError:
        raise InvalidError("the cursor leads nowhere") from None


def _refused(kind: str, text: str) -> dict[str, Any]:
    return {"errors": [_error(kind, text)], "data": None}


def _error(kind: str, text: str) -> dict[str, Any]:
    told = {"message": text, "kildeId": "GrapqhQL Organisation", "type": "ERROR", "classification": kind}
    return {"message": text, "locations": [], "extensions": {**told, "id": str(uuid5(NAMESPACE_URL, f"{kind}/{text}"))}}
