"""Datafordeleren: properties with their land (Matriklen) and their addresses, present and past (DAR)."""

from datetime import UTC, datetime

from connectors.contract import Connector, Shape, Stream
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
    streams=(Stream(name="ejendomme", shape=Shape.LISTED, read=ejendom.read, parse=parse, translate=ejendom.ejendom),),
)
