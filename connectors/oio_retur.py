"""StandardRetur: what a support system says of its own reply (rammearkitektur 2.5)."""

from lxml import etree

from connectors.errors import ContractError, RecordError, TransientError
from connectors.soap_node import Node
from connectors.soap_xml import Sheet, sift

RETUR: Sheet = {"StandardRetur": {"StatusKode": None}}


def judge(reply: etree._Element, where: str) -> int:
    """20, or 44 for nothing found. ContractError for anything else, TransientError from 50 on."""
    try:
        retur = Node(sift(reply, RETUR)[0]).one("StandardRetur")
        kode = retur.whole("StatusKode") if retur is not None else None
    except RecordError:
        kode = None
    if not isinstance(kode, int):
        raise ContractError(f"{where}: no StatusKode in the reply; is the address right?")
    if kode >= 50:
        raise TransientError(f"{where}: StatusKode {kode}, the index failed")
    if kode not in (20, 44):
        raise ContractError(f"{where}: StatusKode {kode}; our request is not what the index expects")
    return kode
