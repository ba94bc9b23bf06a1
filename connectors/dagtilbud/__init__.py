"""Pladsanvisning: applications for day care and SFO with the day of an answer, and the children's places."""

from collections.abc import Callable, Iterator

from connectors.contract import Ask, Connector, Page, listed
from connectors.dagtilbud import sheets, translate
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.rest_pages import windows


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
    open=RestApi.with_token,
    check=check,
    streams=(
        listed("ansoegninger", _reader("ansoegninger", sheets.ANSOEGNING), parse, translate.ansoegning),
        listed("pladser", _reader("pladser", sheets.PLADS), parse, translate.plads),
    ),
)
