"""YdelseListeHent (SF1491): grants and payments of KY, KSD and Udbetaling Danmark, by citizen."""

from connectors.contract import Connector, keyed
from connectors.soap_xml import parse
from connectors.ydelse_liste import translate
from connectors.ydelse_liste.hent import NOBODY, YdelseListe, read_ydelser


def check(api: YdelseListe) -> None:
    """Asks for nobody: certificate, token and agreement are in order when the service answers."""
    read_ydelser(api, NOBODY)


CONNECTOR = Connector(
    name="ydelse_liste",
    system="YdelseListeHent (SF1491)",
    open=YdelseListe,
    check=check,
    streams=(keyed("ydelser", "cpr", read_ydelser, parse, translate.ydelse),),
)
