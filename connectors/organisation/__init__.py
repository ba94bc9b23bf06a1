"""Organisation (SF1500 v6): the municipality's units and users, who leads them and how to call them."""

from connectors.contract import Connector, Shape, Stream
from connectors.organisation import translate
from connectors.organisation.api import Organisation
from connectors.soap_xml import parse

CONNECTOR: Connector[Organisation] = Connector(
    name="organisation",
    system="Organisation (SF1500)",
    open=Organisation,
    check=Organisation.knock,
    streams=(
        Stream(
            name="enheder", shape=Shape.LISTED, parse=parse, read=Organisation.enheder, translate=translate.enheder,
        ),
        Stream(
            name="brugere", shape=Shape.LISTED, parse=parse, read=Organisation.brugere, translate=translate.brugere,
        ),
    ),
)  # fmt: skip
