"""Acadre (PWS V7, SOAP with NTLM): cases citizen by citizen, and the documents and memos on them."""

from collections.abc import Iterator

from connectors.acadre import akt, sag
from connectors.acadre.api import Acadre, check
from connectors.acadre.sheet import AKT, SAG
from connectors.contract import Ask, Connector, Page, Record, listed
from connectors.soap_node import Node
from connectors.soap_xml import body, held, parse, sift

PAGE = 100
"""Records kept together."""


def read_sager(api: Acadre, ask: Ask) -> Iterator[Page]:
    """Every case of every citizen that Acadre names, whole, with the contacts, user and unit that it refers to."""
    found: list[Record] = []
    for key in api.case_ids():
        case, unknown = sift(api.whole(key), SAG)
        found.append(Record(key, body(case), unknown))
        if len(found) == PAGE:
            yield Page(found)
            found = []
    yield Page(found)


def read_akter(api: Acadre, ask: Ask) -> Iterator[Page]:
    """Every document and memo on those cases."""
    seen: set[str] = set()
    for cases in api.containers(True):
        found = []
        for case in cases:
            for art, name, item in (("dokument", "Documents", "DocumentContainer"), ("notat", "Notes", "MemoType")):
                for element in api.inside(case, name, item):
                    at = f"{art}/{_key(Node(held(element)))}"
                    if at not in seen:
                        seen.add(at)
                        akten, unknown = sift(element, AKT)
                        found.append(Record(at, body(akten), unknown))
        yield Page(found)


def _key(node: Node) -> str:
    document = node.one("Document")
    return Acadre.key_of(document or node, "DocumentIdentifier" if document else "MemoIdentifier")


CONNECTOR = Connector(
    name="acadre",
    system="Acadre",
    open=Acadre,
    check=check,
    streams=(
        listed("sager", read_sager, parse, sag.facts),
        listed("akter", read_akter, parse, akt.facts),
    ),
)
