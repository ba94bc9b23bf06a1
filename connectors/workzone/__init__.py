"""KMD WorkZone (OData v4): cases with parties, dates and text, and the documents on them."""

from collections.abc import Iterator

from connectors import odata
from connectors.contract import Access, Ask, Connector, Page, listed
from connectors.minimise import parse
from connectors.rest import RestApi
from connectors.workzone import sheets, translate


class WorkZone:
    """The OData root."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi.with_token(access)


def read_sager(api: WorkZone, ask: Ask) -> Iterator[Page]:
    """Every case, always: no way to ask for what changed is known."""
    return map(Page, odata.entities(api.rest, "Files", sheets.FILES, "ID", sheets.SAG))


def read_dokumenter(api: WorkZone, ask: Ask) -> Iterator[Page]:
    """Every document, always."""
    return map(Page, odata.entities(api.rest, "Records", sheets.RECORDS, "ID", sheets.DOKUMENT))


def check(api: WorkZone) -> None:
    """Asks for the first page of cases: token, address and the right to read are in order when it comes."""
    next(iter(odata.entities(api.rest, "Files", sheets.FILES, "ID", sheets.SAG)), None)


CONNECTOR = Connector(
    name="workzone",
    system="KMD WorkZone",
    open=WorkZone,
    check=check,
    streams=(
        listed("sager", read_sager, parse, translate.sag),
        listed("dokumenter", read_dokumenter, parse, translate.dokument),
    ),
)
