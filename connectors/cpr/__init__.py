"""CPR (SF1520 PersonBaseDataExtended v4, PersonLookup): one person a call, no list, no delta."""

from connectors.contract import Connector, Shape, Stream
from connectors.cpr.lookup import PersonLookup
from connectors.cpr.person import translate
from connectors.soap_xml import parse

CONNECTOR: Connector[PersonLookup] = Connector(
    name="cpr",
    system="CPR (SF1520 PersonBaseDataExtended)",
    open=PersonLookup,
    check=PersonLookup.knock,
    streams=(
        Stream(
            name="person", shape=Shape.KEYED, asks="cpr", rotation=30, parse=parse, translate=translate,
            read_one=PersonLookup.person,
        ),
    ),
)  # fmt: skip
