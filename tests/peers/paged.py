"""A vendor whose list is paged over HTTP, honestly or not, and the connector that reads it."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from connectors.contract import Access, Ask, Connector, Page, Record, Shape, Stream
from connectors.paging import Slice, by_offset
from connectors.rest import RestApi
from tests.connectors.server import Answer, Asked
from tests.sync.vendor import translate_sag


@dataclass
class List:
    """What the vendor holds, and how it pages."""

    items: list[str]
    way: str = "honest"
    """honest, first page for ever, no end, or empty when too much is asked for."""
    cap: int = 1_000
    between: Callable[["List", int], None] = lambda held, page: None
    """What changes at the vendor after that many pages."""
    served: int = 0
    told: list[int] = field(default_factory=list)
    """The totals that were told."""
    made_up: Iterator[int] = field(default_factory=itertools.count)

    def answer(self, request: Asked, before: int) -> Answer:
        """One page."""
        query = {name: int(values[0]) for name, values in parse_qs(urlsplit(request.path).query).items()}
        skip, limit = query["skip"], query["limit"]
        self.between(self, self.served)
        self.served += 1
        total: int | None = len(self.items)
        found = self.items[skip : skip + min(limit, self.cap)]
        if self.way == "first page for ever":
            found = self.items[:limit]
        elif self.way == "no end":
            found, total = [f"x{n}" for n in range(skip, skip + limit)], None
        elif self.way == "empty when too much is asked for" and limit > self.cap:
            found = []
        self.told.append(total or 0)
        body = {"items": [{"id": key, "titel": f"Sag {key}"} for key in found], "total": total}
        return Answer(body=json.dumps(body).encode())


def connector(size: int) -> Connector[RestApi]:
    """A connector that asks for so many at a time."""

    def fetch(api: RestApi) -> Callable[[int, int], Slice]:
        def page(skip: int, limit: int) -> Slice:
            reply: dict[str, Any] = api.get("sager", {"skip": skip, "limit": limit})
            return Slice(reply["items"], reply["total"])

        return page

    def read(api: RestApi, ask: Ask) -> Iterator[Page]:
        for items in by_offset(fetch(api), size, "GET sager"):
            yield Page([Record(i["id"], json.dumps(i).encode()) for i in items])

    stream: Stream[RestApi] = Stream(
        name="sager", shape=Shape.LISTED, read=read, parse=json.loads, translate=translate_sag
    )
    return Connector(name="paged", system="Paged", open=opened, streams=(stream,), check=lambda api: None)


def opened(access: Access) -> RestApi:
    """The door."""
    return RestApi(access)
