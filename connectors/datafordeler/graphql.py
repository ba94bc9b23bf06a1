"""Asking Datafordeleren's GraphQL: one entity at a time, page by page, and errors that come with status 200."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from connectors import graphql
from connectors.contract import Access
from connectors.errors import AccessError, ConnectorError, ContractError
from connectors.paging import Slice, by_link
from connectors.rest import RestApi

PAGE = 500
AT_ONCE = 200
"""Ids named in one question."""


class Datafordeler:
    """The open registers, with an API key. Every question names the instant that it asks about (bitemporal data)."""

    def __init__(self, access: Access) -> None:
        key = str(access.extra.get("apikey") or access.password or "")
        if not key:
            raise AccessError("apikey is missing in the extra of this source's Connection; make one at datafordeler.dk")
        self.kommune = str(access.options.get("kommunekode") or "")
        if not re.fullmatch(r"\d{4}", self.kommune):
            raise ContractError("options.kommunekode in the source's file must be the municipality's four digits")
        self.rest = RestApi(access)
        params: dict[str, str | int] = {"apikey": key}
        self._params: Callable[[], dict[str, str | int]] = lambda: params
        """A function and no text: what is open can be shown without its key."""
        self.size = int(access.options.get("page_size") or PAGE)

    def nodes(self, entity: str, fields: Sequence[str], where: dict[str, Any], tid: datetime) -> Iterator[Any]:
        """All nodes of an entity (DAR_Husnummer, MAT_Jordstykke, ...) that meet the conditions, true at `tid`."""
        at = tid.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        given = ", ".join(f"{name}: {{{op}: {_literal(v)}}}" for name, (op, v) in where.items())

        def fetch(after: str) -> Slice:
            start = f', after: "{after}"' if after else ""
            query = (
                f'query {{ {entity}(first: {self.size}{start}, virkningstid: "{at}", registreringstid: "{at}",'
                f" where: {{{given}}}) {{ pageInfo {{ endCursor hasNextPage }} nodes {{ {' '.join(fields)} }} }} }}"
            )
            return self._page(entity, query)

        for page in by_link(fetch, "", entity):
            yield from page

    def named(self, entity: str, fields: Sequence[str], by: str, ids: Sequence[str], tid: datetime) -> Iterator[Any]:
        """All nodes whose field `by` is one of the ids, so many ids at a time."""
        for start in range(0, len(ids), AT_ONCE):
            yield from self.nodes(entity, fields, {by: ("in", ids[start : start + AT_ONCE])}, tid)

    def _page(self, entity: str, query: str) -> Slice:
        register = entity.partition("_")[0]
        reply = self.rest.post(f"{register}/v1", {"query": query}, self._params())
        found = graphql.page(reply, entity, "nodes", _fault)
        if None in found.items:
            raise ContractError(f"{entity}: the list holds something else than objects")
        return found


def _fault(entity: str, error: Mapping[str, Any]) -> ConnectorError:
    """The error of an answer with status 200; a code that looks like one is told, a text never."""
    code = str(error.get("code") or "")
    said = code if re.fullmatch(r"[A-Z]{2,8}(-[A-Z0-9]{1,12}){1,4}", code) else "without a code"
    if "AUTH" in said:
        return AccessError(f"{entity}: error {said}; check the API key and what it gives access to")
    return ContractError(f"{entity}: error {said} in an answer with status 200; has the register's contract changed?")


def _literal(value: Any) -> str:
    return msgspec.json.encode(value).decode()
