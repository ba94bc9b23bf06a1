"""Asking Klassifikation: every facet, then the classes of each by soeg and list."""

from collections.abc import Iterator
from pathlib import Path

from connectors.contract import Access, Ask, Page, Record
from connectors.klassifikation.sheet import KLASSE
from connectors.sf1500 import Objekter, record, referred
from connectors.soap_xml import body, parse

WSDL = Path(__file__).with_name("klassifikation.wsdl")


class Klassifikation:
    """Klasse and Facet v6."""

    def __init__(self, access: Access) -> None:
        self.klasse = Objekter(access, WSDL, "klasse/6", "kla")
        self.facet = Objekter(access, WSDL, "facet/6", "fac")

    def klasser(self, ask: Ask) -> Iterator[Page]:
        """Every class of every facet, each with the class that took its place where there is one."""
        held = list[Record]()
        successors = dict[str, str]()
        for page in self.facet.each(self.facet.soeg()):
            for uuid, facet in page.items():
                for klasser in self.klasse.each(self.klasse.soeg(Facet=uuid)):
                    for new, klasse in klasser.items():
                        successors |= dict.fromkeys(referred(klasse, "Erstatter"), new)
                        held.append(record(KLASSE, [("objekt", [klasse]), ("facet", [facet])]))
        # Whatever replaces a class says so itself; it is wanted where the replaced one is looked up.
        yield Page([_followed(r, successors[r.key]) if r.key in successors else r for r in held])

    def knock(self) -> None:
        """Asks for the facets, to see that the door opens."""
        self.facet.ask("soeg", MaksimalAntalKvantitet=1, AttributListe={}, TilstandListe={}, RelationListe={})


def _followed(found: Record, successor: str) -> Record:
    """The record of a class with the UUID of what took its place."""
    return Record(found.key, body(parse(found.body) | {"afloest_af": successor}), found.unknown)
