"""OData v4 in the parts that we use: an entity set page by page, for as long as a page names the next."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from connectors.contract import Ask, Page
from connectors.minimise import Sheet
from connectors.paging import Slice, by_link
from connectors.rest import RestApi
from connectors.rest_lists import Listing


def entities(api: RestApi, name: str, key: str, sheet: Sheet, **options: str) -> Iterator[Page]:
    """Pages of the entity set `name` by its `key`, with no more of it asked for than the sheet lets in ($select and
    $expand); `options` are further system query options without their $ (orderby).

    What OData itself says of an entity (@odata.etag, X@odata.type) is left out.
    """
    listing = Listing("value", sheet.without("@odata."), (key,), following="@odata.nextLink")
    query = asked(sheet.rules) | {f"${option}": said for option, said in options.items()}

    def fetch(link: str) -> Slice:
        found = listing.read(api.get(link, as_sent=True), f"GET {name}")
        return Slice(found, next=found.following)

    yield from map(Page, by_link(fetch, f"{name}?{urlencode(query, safe='$,();=')}", f"GET {name}"))


def reader(name: str, key: str, sheet: Sheet, **options: str) -> Callable[[RestApi, Ask], Iterator[Page]]:
    """A stream's read of `entities`: the whole set, always."""

    def read(api: RestApi, ask: Ask) -> Iterator[Page]:
        """Every entity of the set."""
        return entities(api, name, key, sheet, **options)

    return read


def knock(name: str, key: str, sheet: Sheet, **options: str) -> Callable[[RestApi], None]:
    """A connector's check where $top may not be understood: asks for the first page as `reader` does; token, address
    and the right to read are in order when it comes."""

    def check(api: RestApi) -> None:
        """Asks for the first page."""
        next(entities(api, name, key, sheet, **options), None)

    return check


def asked(rules: Mapping[str, Any]) -> dict[str, str]:
    """$select of the fields that a sheet's rules keep, and $expand of the entities within."""
    taken = {name: inner for name, inner in sorted(rules.items()) if inner is not None}
    below = {name: asked(inner) for name, inner in taken.items()}
    within = [f"{name}({';'.join('='.join(o) for o in inner.items())})" for name, inner in below.items() if inner]
    said = {"$select": ",".join(name for name, inner in below.items() if not inner), "$expand": ",".join(within)}
    return {option: names for option, names in said.items() if names}


__all__ = ["asked", "entities", "knock", "reader"]
