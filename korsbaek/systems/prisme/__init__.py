"""Prisme 365 (Dynamics 365 Finance), as Korsbaek's debtors and claims stand in it.

Known (rammearkitektur 7.14; haderslev-rpa/q-prisme365-api): ADFS's token by client_credentials with `resource`; OData
v4 with `value` and `@odata.nextLink`; the entity CustTableDatasEntity_FUJ with IdentificationNumber (CPR or CVR),
CustGroup, AccountNum, DebtorNumber; entities that say IdentificationNumber in each row (CustAdviceDataEntities_FUJ);
$top, $select and $filter of equalities joined by `and`; 429 and 502 to 504 to be tried again. Known of OData 4.01:
`Prefer: odata.maxpagesize`, $skiptoken in the next link, decimals as strings with IEEE754Compatible=true; of Dynamics
365: at most 10,000 rows a page, dates without time as noon in UTC, dataAreaId.

Inferred: the entity of claims (CustClaimDatasEntity_FUJ) and its fields (ClaimId, ClaimType, Description, InvoiceDate,
DueDate, AmountCur, RemainAmountCur, CurrencyCode, ClaimStatus) and its states; that Name stands beside the number.

Left out: invoices, postings, documents, $expand, $orderby, all writing.
"""

import json
import re
from typing import Any
from urllib.parse import quote

from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.systems.keycloak import Realm
from korsbaek.systems.prisme.place import PLACE, TOKEN
from korsbaek.systems.prisme.records import STREAMS
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

MOST = 10_000
"""Rows of a page at most."""
ENTITIES = {"CustTableDatasEntity_FUJ": "debitor", "CustClaimDatasEntity_FUJ": "krav"}
DECIMALS = ("AmountCur", "RemainAmountCur")
_EQUAL = re.compile(r"(\w+) eq '((?:[^']|'')*)'")


def app(town: Town, config: dict[str, Any]) -> Routes:
    """Prisme over a town. `config["auth"]`: client_id, client_secret, resource, token_seconds."""
    auth = config["auth"]
    realm = Realm(auth["client_id"], auth["client_secret"], seconds=float(auth.get("token_seconds", 300)))

    def token(request: Request) -> Any:
        if request.form().get("resource") != auth["resource"]:
            raise HttpError(400, {"error": "invalid_resource"})
        return realm.token(request)

    routes = Routes(lambda status: {"error": {"code": str(status), "message": "An error has occurred."}}, realm.check)
    routes.add("POST", TOKEN, token, is_open=True)
    shelf = Shelf(town, "prisme", STREAMS)
    for entity, kind in ENTITIES.items():
        routes.add("GET", f"{PLACE.path}/{entity}", _reader(shelf, entity, kind))
    return routes


def _reader(shelf: Shelf, entity: str, kind: str) -> Any:
    def read(request: Request) -> bytes:
        query = request.query
        sought = _filter(query.get("$filter", ""))
        size = min(
            _number(re.sub(r".*odata\.maxpagesize=", "", request.headers.get("prefer", "")) or "0") or MOST, MOST
        )
        after, left = _number(query.get("$skiptoken", "0")), _number(query.get("$top", str(10**9)))
        rows: list[Body] = []
        last = after
        for seq, body in _after(shelf, kind, after):
            if all(str(body.get(field)) == value for field, value in sought):
                if len(rows) == min(size, left):
                    break
                rows.append(_selected(body, query.get("$select", "")))
                last = seq
        else:
            last = 0
        answer: dict[str, Any] = {"@odata.context": f"{request.base}{PLACE.path}/$metadata#{entity}", "value": rows}
        if last and len(rows) < left:
            kept = {name: value for name, value in query.items() if name not in ("$skiptoken", "$top")}
            words = [f"{name}={quote(value)}" for name, value in kept.items()]
            words += [f"$top={left - len(rows)}"] if "$top" in query else []
            link = "&".join([*words, f"$skiptoken={last}"])
            answer["@odata.nextLink"] = f"{request.base}{PLACE.path}/{entity}?{link}"
        return _json(answer, "ieee754compatible=true" in request.headers.get("accept", "").lower())

    return read


def _after(shelf: Shelf, kind: str, seq: int) -> list[tuple[int, Body]]:
    sql = "select seq, body from record where system = 'prisme' and kind = ? and seq > ? order by seq"
    return [(at, json.loads(body)) for at, body in shelf.town.rows(sql, (kind, seq))]


def _selected(body: Body, select: str) -> Body:
    wanted = [name.strip() for name in select.split(",") if name.strip()]
    return {name: body[name] for name in body if name == "@odata.etag" or not wanted or name in wanted}


def _filter(text: str) -> list[tuple[str, str]]:
    """Equalities joined by `and`; 400 for anything else."""
    if not text:
        return []
    found = [_EQUAL.fullmatch(part.strip()) for part in re.split(r" and ", text)]
    if not all(found):
        raise HttpError(400)
    return [(one[1], one[2].replace("''", "'")) for one in found if one]


def _json(answer: dict[str, Any], as_strings: bool) -> bytes:
    """Amounts are numbers, with every digit that they have; strings for whoever asks for IEEE754Compatible."""
    text = json.dumps(answer, ensure_ascii=False)
    if not as_strings:
        text = re.sub(rf'("(?:{"|".join(DECIMALS)})": )"(-?\d+(?:\.\d+)?)"', r"\1\2", text)
    return text.encode()


def _number(text: str) -> int:
    if not text.isdigit():
        raise HttpError(400)
    return int(text)
