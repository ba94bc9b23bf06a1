"""Datafordeleren: properties with their land (Matriklen) and their addresses, present and past (DAR)."""

from datetime import UTC, datetime

from connectors.contract import Connector, listed
from connectors.datafordeler import ejendom
from connectors.datafordeler.graphql import Datafordeler
from connectors.minimise import parse

ANY_DAY = datetime(2025, 1, 1, tzinfo=UTC)


def check(api: Datafordeler) -> None:
    """Asks for an address that nobody has: key and address are in order when the answer can be read."""
    list(api.nodes("DAR_Husnummer", ("id_lokalId",), {"id_lokalId": ("eq", "0")}, ANY_DAY))


CONNECTOR = Connector(
    name="datafordeler",
    system="Datafordeleren",
    open=Datafordeler,
    check=check,
    streams=(listed("ejendomme", ejendom.read, parse, ejendom.ejendom),),
)
