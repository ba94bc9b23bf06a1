"""CPR (SF1520 PersonBaseDataExtended v4, PersonLookup): one person a call, no list, no delta."""

from connectors.contract import Connector, keyed
from connectors.cpr.lookup import PersonLookup
from connectors.cpr.person import translate
from connectors.soap_xml import parse

CONNECTOR: Connector[PersonLookup] = Connector(
    name="cpr",
    system="CPR (SF1520 PersonBaseDataExtended)",
    open=PersonLookup,
    check=PersonLookup.knock,
    streams=(
        keyed("person", "cpr", PersonLookup.person, parse, translate, rotation=30),
    ),
)  # fmt: skip
