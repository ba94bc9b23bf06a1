"""A Sag's Registrering as facts (rammearkitektur 4.3)."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from canonical_model.draft import UNSET, Draft, Sent
from canonical_model.drafts import (
    FremdriftDraft,
    SagDraft,
    SagindeksDraft,
    SagsaktoerDraft,
    SagsgenstandDraft,
    SagsitsystemDraft,
    SagsklasseDraft,
    SagspartDraft,
    SagsrelationDraft,
    SikkerhedsprofilDraft,
)
from connectors.oio_flags import owned
from connectors.oio_relation import Relation, relationer
from connectors.oio_values import foelsomhed, kle, titler
from connectors.oio_virkning import virkning
from connectors.sags_dokumentindeks.journal import journal
from connectors.soap_node import Node

FREMDRIFT = frozenset({"Opstaaet", "Bestilt", "Udfoert", "Oplyst", "Afgjort", "Afsluttet"})
"""FremdriftStatusKode of v6, and the two that only v5 has."""


def facts(registrering: Node, sag: UUID) -> Sequence[Draft]:
    """What one Registrering says about a Sag."""
    relationsliste = registrering.one("RelationListe")
    found = [
        *_attributter(registrering.one("AttributListe"), sag),
        *_tilstande(registrering.one("TilstandListe"), sag),
        *_relationer(relationsliste, sag),
        *journal(relationsliste, sag),
    ]
    return owned(found, SagDraft, SagsaktoerDraft)


def _attributter(liste: Node | None, sag: UUID) -> Iterator[Draft]:
    if liste is None:
        return
    for node in liste.many("Egenskaber"):
        yield SagDraft(
            objekt=sag,
            **virkning(node).fields(),
            brugervendt_noegle=node.text("BrugervendtNoegle"),
            sagsnummer=node.text("Sagsnummer"),
            beskrivelse=node.text("Beskrivelse"),
            hjemmel=node.text("HjemmelSpecifikation"),
            kassationskode=node.text("Kassationskode"),
            afleveret=node.flag("AfleveretIndikator"),
            principiel=node.flag("PrincipielIndikator"),
            **titler(node, "Titel"),
        )
    udvidelser = liste.one("LokalUdvidelseListe")
    for node in udvidelser.many("SagIndeksEgenskaber") if udvidelser is not None else ():
        yield SagindeksDraft(
            objekt=sag,
            **virkning(node).fields(),
            sagsstatus=node.text("Sagsstatus"),
            sagskategori=node.text("Sagskategori"),
            foelsomhed=foelsomhed(node),
            lokation=node.text("Lokation"),
            oprettet=node.instant("OprettetTidspunkt"),
        )


def _tilstande(liste: Node | None, sag: UUID) -> Iterator[Draft]:
    for node in liste.many("Fremdrift") if liste is not None else ():
        status = node.one_of("FremdriftStatusKode", FREMDRIFT)
        yield FremdriftDraft(objekt=sag, status=status, **virkning(node).fields())


def _relationer(liste: Node | None, sag: UUID) -> Iterator[Draft]:
    for r in relationer(liste, "Sagsaktoer", "SagsaktoerLokalUdvidelse"):
        yield SagsaktoerDraft(**r.base(sag), **r.aktoer())
    for r in relationer(liste, "Sagsklasse", "SagsklasseLokalUdvidelse"):
        yield SagsklasseDraft(**r.base(sag), **_klasse(r))
    for r in relationer(liste, "Sagspart", "SagspartLokalUdvidelse"):
        yield SagspartDraft(**{**r.base(sag), **r.part()})
    for r in relationer(liste, "Sagsrelation"):
        yield SagsrelationDraft(**r.base(sag), **r.objekt())
    for r in relationer(liste, "Sagsgenstande", "SagsgenstandeLokalUdvidelse"):
        yield SagsgenstandDraft(**r.base(sag), **r.peger(), type=r.type, tekst=r.ekstra.text("Tekstfelt"))
    udvidelser = liste.one("LokalUdvidelseListe") if liste is not None else None
    for r in relationer(udvidelser, "SagsitsystemRelation"):
        yield SagsitsystemDraft(**r.system(sag))
    for r in relationer(udvidelser, "Sikkerhedsprofil"):
        yield SikkerhedsprofilDraft(**r.base(sag), **r.peger())


def _klasse(r: Relation) -> dict[str, Any]:
    ord_ = [o.value("SoegeordIdentifikator") or o.value("BeskrivelseTekst") for o in r.ekstra.many("Soegeord")]
    soegeord: Sent[list[str]] = [o for o in ord_ if o] or UNSET
    return {
        **r.peger(),
        "brugervendt_noegle": kle(r),
        "klassetitel": r.ekstra.text("Klassetitel"),
        "facettitel": r.ekstra.text("Facettitel"),
        "soegeord": soegeord,
    }
