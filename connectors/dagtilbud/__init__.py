"""Pladsanvisning: applications for day care and SFO with the day of an answer, and the children's places."""

from collections.abc import Callable, Iterator

from connectors.auth import client_credentials
from connectors.contract import Access, Ask, Connector, Page, Shape, Stream
from connectors.dagtilbud import sheets, translate
from connectors.minimise import Sheet, parse
from connectors.paging import Slice, by_offset
from connectors.rest import RestApi
from connectors.rest_lists import Listing

PAGE = 200
"""Records a page (options.page_size in the source's file); the vendor gives at most 500."""


class Pladsanvisning:
    """The API, as its OpenAPI file says it (korsbaek/systems/dagtilbud/openapi.json)."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi(access, client_credentials(access))
        self.size = int(access.options.get("page_size") or PAGE)

    def page(self, name: str, sheet: Sheet, skip: int, limit: int) -> Slice:
        """One page of a list; ContractError when the reply is none."""
        reply = self.rest.get(f"v1/{name}", {"spring": skip, "antal": limit}, as_sent=True)
        found = Listing(name, sheet, ("id",), total="antalIAlt").read(reply, f"GET v1/{name}")
        return Slice(found, found.total)


def _reader(name: str, sheet: Sheet) -> Callable[[Pladsanvisning, Ask], Iterator[Page]]:
    def read(api: Pladsanvisning, ask: Ask) -> Iterator[Page]:
        """Every record of the list; the contract has no way to ask for what changed."""
        pages = by_offset(lambda skip, limit: api.page(name, sheet, skip, limit), api.size, f"GET v1/{name}")
        yield from map(Page, pages)

    return read


def check(api: Pladsanvisning) -> None:
    """Asks for one application: token, address and the right to read are all in order when it comes."""
    api.page("ansoegninger", sheets.ANSOEGNING, 0, 1)


CONNECTOR = Connector(
    name="dagtilbud",
    system="Pladsanvisning",
    open=Pladsanvisning,
    check=check,
    streams=(
        Stream(
            name="ansoegninger",
            shape=Shape.LISTED,
            read=_reader("ansoegninger", sheets.ANSOEGNING),
            parse=parse,
            translate=translate.ansoegning,
        ),
        Stream(
            name="pladser",
            shape=Shape.LISTED,
            read=_reader("pladser", sheets.PLADS),
            parse=parse,
            translate=translate.plads,
        ),
    ),
)
