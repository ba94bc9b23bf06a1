"""YdelseListeHent (SF1491): grants and payments of KY, KSD and Udbetaling Danmark, by citizen."""

from connectors.contract import Connector, keyed
from connectors.nobody import NO_PERSON, knock
from connectors.soap_xml import parse
from connectors.ydelse_liste import translate
from connectors.ydelse_liste.hent import YdelseListe, read_ydelser

CONNECTOR = Connector(
    name="ydelse_liste",
    system="YdelseListeHent (SF1491)",
    open=YdelseListe,
    check=knock(read_ydelser, NO_PERSON),
    streams=(keyed("ydelser", "cpr", read_ydelser, parse, translate.ydelse),),
)
