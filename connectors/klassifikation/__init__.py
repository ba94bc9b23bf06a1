"""Klassifikation (SF1500 Klasse and Facet v6): KLE, handlingsfacetter, and what roles and types are called."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from canonical_model import drafts
from canonical_model.draft import UNSET, Draft
from connectors.contract import Access, Ask, Connector, Page, Record, listed
from connectors.oio_gaelder import klippet, ophoert, peger, sidste
from connectors.oio_sheet import PEGER, VIRKNING, billede
from connectors.sf1500 import Objekter, record, referred
from connectors.sf1500_fakta import egenskaber, registreringer, sidste_egenskab, translate_with
from connectors.soap_node import TOM, Node
from connectors.soap_sheet import kept, left_out
from connectors.soap_xml import Sheet, body, parse

WSDL = Path(__file__).with_name("klassifikation.wsdl")
UVEDKOMMENDE = "not needed to name a class and place it"


def _sheet(egenskab: Sheet, relationer: Sheet) -> Sheet:
    """A FiltreretOejebliksbillede of a class or a facet."""
    return billede(
        {"Egenskab": {"Virkning": VIRKNING, **kept("BrugervendtNoegleTekst"), **egenskab}},
        {"PubliceretStatus": {"Virkning": VIRKNING, **kept("ErPubliceretIndikator")}},
        {**left_out(UVEDKOMMENDE, "Ansvarlig Ejer Redaktoerer"), **relationer},
        indeks=False,
    )


TEKSTER = "BeskrivelseTekst EksempelTekst OmfangTekst RetskildeTekst AendringsnotatTekst Soegeord"
FACETS = "TitelTekst BeskrivelseTekst OpbygningTekst OphavsretTekst PlanIdentifikator SupplementTekst RetskildeTekst"
ANDRE = "LovligeKombinationer Mapninger Sideordnede Tilfoejelser"
KLASSE: dict[str, Sheet] = {
    "objekt": _sheet(
        {**kept("TitelTekst"), **left_out(UVEDKOMMENDE, TEKSTER)},
        {"Erstatter": PEGER, "Facet": PEGER, "OverordnetKlasse": PEGER, **left_out(UVEDKOMMENDE, ANDRE)},
    ),
    "facet": _sheet(left_out(UVEDKOMMENDE, FACETS), left_out(UVEDKOMMENDE, "FacetTilhoerer")),
}
"""What is taken in of classes and facets, and what not and why."""


class Klassifikation:
    """Klasse and Facet v6: every facet, then the classes of each by soeg and list."""

    def __init__(self, access: Access) -> None:
        self.klasse = Objekter(access, WSDL, "klasse/6", "kla")
        self.facet = Objekter(access, WSDL, "facet/6", "fac")

    def klasser(self, ask: Ask) -> Iterator[Page]:
        """Every class of every facet, each with the class that took its place where there is one."""
        held = list[Record]()
        successors = dict[str, str]()
        for uuid, facet in self.facet.found():
            for new, klasse in self.klasse.found(Facet=uuid):
                successors |= dict.fromkeys(referred(klasse, "Erstatter"), new)
                held.append(record(KLASSE, [("objekt", [klasse]), ("facet", [facet])]))
        # Whatever replaces a class says so itself; it is wanted where the replaced one is looked up.
        yield Page([_followed(r, successors[r.key]) if r.key in successors else r for r in held])


def _followed(found: Record, successor: str) -> Record:
    """The record of a class with the UUID of what took its place."""
    return Record(found.key, body(parse(found.body) | {"afloest_af": successor}), found.unknown)


def klasse(record: Node, registrering: Node, whom: UUID) -> Iterator[Draft]:
    """A class under each title that it has had; one that is no longer published ends."""
    relationer, tilstande = registrering.at("RelationListe"), registrering.at("TilstandListe")
    slut = ophoert(tilstande.many("PubliceretStatus"), "ErPubliceretIndikator", "false")
    for egenskab in egenskaber(registrering):
        yield drafts.KlasseDraft(
            objekt=whom,
            **klippet(egenskab, slut),
            brugervendt_noegle=egenskab.text("BrugervendtNoegleTekst"),
            titel=egenskab.text("TitelTekst"),
            facet=_facet(record),
            overordnet=peger(sidste(relationer.many("OverordnetKlasse"))) or UNSET,
            afloest_af=record.uuid("afloest_af") or UNSET,
        )


def _facet(record: Node) -> str | None:
    facet = next(registreringer(record, "facet"), TOM)
    return (sidste_egenskab(facet) or TOM).value("BrugervendtNoegleTekst")


CONNECTOR: Connector[Klassifikation] = Connector(
    name="klassifikation",
    system="Klassifikation (SF1500)",
    open=Klassifikation,
    check=lambda api: api.facet.knock(),
    streams=(
        listed("klasser", Klassifikation.klasser, parse, translate_with(klasse)),
    ),
)  # fmt: skip
