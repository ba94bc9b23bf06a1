"""Pladsanvisning: applications for day care and SFO with the day of an answer, and the children's places."""

from collections.abc import Callable, Iterator

from connectors.auth import client_credentials
from connectors.contract import Access, Ask, Connector, Page, Shape, Stream
from connectors.dagtilbud import sheets, translate
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.rest_pages import windows


def open_api(access: Access) -> RestApi:
    """The API, as its OpenAPI file says it (korsbaek/systems/dagtilbud/openapi.json)."""
    return RestApi(access, client_credentials(access))


def _reader(name: str, sheet: Sheet) -> Callable[[RestApi, Ask], Iterator[Page]]:
    def read(api: RestApi, ask: Ask) -> Iterator[Page]:
        """Every record of the list; the contract has no way to ask for what changed."""
        return windows(api, f"v1/{name}", name, "id", sheet, skip="spring", limit="antal", count="antalIAlt")

    return read


def check(api: RestApi) -> None:
    """Asks for one application: token, address and the right to read are all in order when it comes."""
    api.get("v1/ansoegninger", {"spring": 0, "antal": 1})


CONNECTOR = Connector(
    name="dagtilbud",
    system="Pladsanvisning",
    open=open_api,
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
