"""A twin of an OpenAPI contract: its lists with their paging, what hangs on their records, single records, tokens."""

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlencode

from korsbaek.hostile.exchange import Reply, plain
from korsbaek.server import Wsgi
from korsbaek.twin.openapi import Contract, Operation

JSON = "application/json; charset=utf-8"
TOKEN = "twin-token"


class RestTwin:
    """The records, made from the seed, and the answers.

    Inside, a list is asked for by {"Skip", "Limit"} and answered as {"Results", "TotalNumberOfResults"}, which is what
    the faults know; `asked` and `said` turn that from and into the contract's own words.
    """

    def __init__(self, contract: Contract, records: int, base: str = "") -> None:
        """`records`: how many a list holds; `base`: path below which the contract's paths stand."""
        self._contract, self._records, self._base = contract, records, base.rstrip("/")
        self._token = contract.token_path()
        self.share = 0.0
        """How much of everything is gone."""

    def app(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """The sound answer, a list in the inner words."""
        reply = self._answer(environ)
        start(reply.status, reply.headers)
        return [reply.body]

    def _answer(self, environ: dict[str, Any]) -> Reply:
        path = str(environ["PATH_INFO"]).removeprefix(self._base)
        if self._token and path == self._token:
            return _said({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 300})
        if self._token and environ.get("HTTP_AUTHORIZATION") != f"Bearer {TOKEN}":
            return plain(401)
        found = self.operation(path)
        if found is None or environ["REQUEST_METHOD"] != "GET":
            return plain(404, b'{"Message": "not found"}', JSON)
        operation, keys = found
        if keys and not self._known(operation, keys):
            return plain(404, b'{"Message": "not found"}', JSON)
        if operation.item is None:
            return _said(self._one(operation, keys))
        asked = json.loads(environ["wsgi.input"].read() or b"{}")
        whole = self._list(operation, keys)
        skip, limit = asked.get("Skip", 0), asked.get("Limit", len(whole))
        return _said({"Results": whole[skip : skip + limit], "TotalNumberOfResults": len(whole)})

    def operation(self, path: str) -> tuple[Operation, tuple[str, ...]] | None:
        """The operation of a path, and what stands for its parameters; the more literal path first."""
        path = path.removeprefix(self._base)
        for operation in sorted(self._contract.operations, key=lambda o: o.path.count("{")):
            if found := operation.pattern.fullmatch(path):
                return operation, found.groups()
        return None

    def key(self, record: dict[str, Any]) -> str:
        """A record's id: the property of that name, else the first."""
        name = next((n for n in record if n.lower() in ("id", "uuid")), next(iter(record)))
        return str(record[name])

    def _list(self, operation: Operation, keys: tuple[str, ...]) -> list[dict[str, Any]]:
        where = f"{self._contract.seed}/{operation.path}/{'/'.join(keys)}"
        number = Random(where).randrange(3) if keys else self._records
        made = [self._contract.sample(operation.item, "", Random(f"{where}/{n}")) for n in range(number)]
        return [m for m in made if _place(self.key(m)) >= self.share]

    def _parent(self, operation: Operation) -> Operation | None:
        above = operation.path.rsplit("/{", 1)[0]
        return next((o for o in self._contract.operations if o.path == above and o.item is not None), None)

    def _known(self, operation: Operation, keys: tuple[str, ...]) -> bool:
        parent = self._parent(operation)
        return parent is None or keys[-1] in {self.key(r) for r in self._list(parent, keys[:-1])}

    def _one(self, operation: Operation, keys: tuple[str, ...]) -> Any:
        parent = self._parent(operation) if keys else None
        if parent is not None:
            return next(r for r in self._list(parent, keys[:-1]) if self.key(r) == keys[-1])
        return self._contract.sample(operation.reply, "", Random(f"{self._contract.seed}/{operation.path}/{keys}"))


def asked(operation: Operation, query: str) -> bytes:
    """The inner request of a list, from the contract's query."""
    given = {name: int(v[0]) for name, v in parse_qs(query).items() if v[0].isdigit()}
    limit = given.get(operation.params.get("limit", ""), 100 if operation.params else 10**9)
    skip = given.get(operation.params.get("skip", ""), 0)
    if "page" in operation.params:
        skip = limit * max(0, given.get(operation.params["page"], 1) - 1)
    return json.dumps({"Skip": skip, "Limit": limit}).encode()


def said(operation: Operation, inner: Any, request: bytes, path: str, contract: Contract) -> Any:
    """The contract's reply, from the inner one; what is no longer a list (a fault) goes out as it is."""
    if not isinstance(inner, dict) or "Results" not in inner:
        return inner
    if operation.items is None:
        return inner["Results"]
    whole = contract.sample(operation.reply, "", Random(path))
    whole[operation.items] = inner["Results"]
    window = json.loads(request)
    if operation.total:
        whole[operation.total] = inner["TotalNumberOfResults"]
    whole.pop(operation.next, None)
    after = window["Skip"] + window["Limit"]
    if operation.next and after < inner["TotalNumberOfResults"] and "skip" in operation.params:
        names = operation.params
        whole[operation.next] = (
            f"{path}?{urlencode({names['skip']: after, names.get('limit', 'limit'): window['Limit']})}"
        )
    return whole


def _said(document: Any) -> Reply:
    return plain(200, json.dumps(document, ensure_ascii=False).encode(), JSON)


def _place(key: str) -> float:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32


__all__ = ["RestTwin", "Wsgi", "asked", "said"]
