"""OData v4 in the parts that we use: an entity set page by page, for as long as a page names the next."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from connectors.contract import Record
from connectors.minimise import Sheet
from connectors.paging import Slice, by_link
from connectors.rest import RestApi
from connectors.rest_lists import Listing


def entities(
    rest: RestApi, name: str, options: Mapping[str, str], key: str, sheet: Sheet
) -> Iterator[list[Record]]:  # fmt: skip
    """Pages of the entity set `name` by their `key`; `options` are the system query options with their $ ($select,
    $expand, ...). What OData itself says of an entity (@odata.etag, X@odata.type) is left out."""
    listing = Listing("value", sheet.without("@odata."), (key,), following="@odata.nextLink")

    def fetch(link: str) -> Slice:
        found = listing.read(rest.get(link, as_sent=True), f"GET {name}")
        return Slice(found, next=found.following)

    yield from by_link(fetch, f"{name}?{urlencode(options, safe='$,();=')}", f"GET {name}")
