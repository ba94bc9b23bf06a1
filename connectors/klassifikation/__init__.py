"""Klassifikation (SF1500 Klasse and Facet v6): KLE, handlingsfacetter, and what roles and types are called."""

from collections.abc import Iterator
from uuid import UUID

from canonical_model.draft import UNSET, Draft
from canonical_model.drafts import KlasseDraft
from connectors.contract import Connector, listed
from connectors.klassifikation.api import Klassifikation
from connectors.oio_gaelder import klippet, ophoert, peger, sidste
from connectors.sf1500_fakta import registreringer, translate_with
from connectors.soap_node import TOM, Node
from connectors.soap_xml import parse


def klasse(record: Node, registrering: Node, whom: UUID) -> Iterator[Draft]:
    """A class under each title that it has had; one that is no longer published ends."""
    relationer, tilstande = registrering.one("RelationListe") or TOM, registrering.one("TilstandListe") or TOM
    slut = ophoert(tilstande.many("PubliceretStatus"), "ErPubliceretIndikator", "false")
    egenskaber = (registrering.one("AttributListe") or TOM).many("Egenskab")
    if not egenskaber:
        raise registrering.error("AttributListe/Egenskab", "missing")
    for egenskab in egenskaber:
        yield KlasseDraft(
            objekt=whom,
            **klippet(egenskab, slut),
            brugervendt_noegle=egenskab.text("BrugervendtNoegleTekst"),
            titel=egenskab.text("TitelTekst"),
            facet=_facet(record),
            overordnet=peger(sidste(relationer.many("OverordnetKlasse"))) or UNSET,
            afloest_af=record.uuid("afloest_af") or UNSET,
        )


def _facet(record: Node) -> str | None:
    for registrering in registreringer(record, "facet"):
        egenskab = sidste((registrering.one("AttributListe") or TOM).many("Egenskab"))
        return egenskab.value("BrugervendtNoegleTekst") if egenskab is not None else None
    return None


CONNECTOR: Connector[Klassifikation] = Connector(
    name="klassifikation",
    system="Klassifikation (SF1500)",
    open=Klassifikation,
    check=Klassifikation.knock,
    streams=(
        listed("klasser", Klassifikation.klasser, parse, translate_with(klasse)),
    ),
)  # fmt: skip
