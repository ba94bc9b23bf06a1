"""OData v4 in the parts that we use: an entity set page by page, for as long as a page names the next."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from connectors.errors import ContractError
from connectors.paging import Slice, by_link
from connectors.rest import RestApi


def entities(rest: RestApi, name: str, options: Mapping[str, str]) -> Iterator[list[dict[str, Any]]]:
    """Pages of the entity set `name`; `options` are the system query options with their $ ($select, $expand, ...)."""

    def fetch(link: str) -> Slice:
        reply = rest.get(link)
        items = reply.get("value") if isinstance(reply, dict) else None
        if not isinstance(items, list) or not all(isinstance(i, dict) for i in items):
            raise ContractError(f"GET {name}: the reply holds no value with objects; is it OData v4?")
        following = reply.get("@odata.nextLink")
        if following is not None and not isinstance(following, str):
            raise ContractError(f"GET {name}: @odata.nextLink is not a link")
        return Slice([_said(item) for item in items], next=following)

    yield from by_link(fetch, f"{name}?{urlencode(options, safe='$,();=')}", f"GET {name}")


def key(entity: Mapping[str, Any], name: str, what: str) -> str:
    """The entity's own key as text; ContractError without one, since a record must have a key."""
    value = entity.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise ContractError(f"{what}: an entity without {name} cannot be kept")
    return str(value)


def _said(entity: Mapping[str, Any]) -> dict[str, Any]:
    """The entity without what OData says of it (@odata.etag, X@odata.type): no sheet can name a field with a dot."""
    return {name: value for name, value in entity.items() if "@odata." not in name}
