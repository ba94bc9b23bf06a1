"""KMD Nexus: health and care for one citizen at a time (forloeb and indsatser)."""

from connectors.contract import Connector, keyed
from connectors.errors import ContractError
from connectors.kmd_nexus import translate
from connectors.kmd_nexus.api import Nexus, read_borger
from connectors.minimise import parse


def check(api: Nexus) -> None:
    """Asks for the first page: the token and the address are in order when it names the search for citizens."""
    if "patientDetailsSearch" not in (api.root().get("_links") or {}):
        raise ContractError("the first page has no link patientDetailsSearch; is the address that of .../v2/?")


CONNECTOR = Connector(
    name="kmd_nexus",
    system="KMD Nexus",
    open=Nexus,
    check=check,
    streams=(keyed("borgere", "cpr", read_borger, parse, translate.borger),),
)
