"""A Dokument's Registrering as facts (rammearkitektur 4.5)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from canonical_model.draft import Draft, Sent
from canonical_model.drafts import (
    DokumentaktoerDraft,
    DokumentDraft,
    DokumentfremdriftDraft,
    DokumentklasseDraft,
    DokumentpartDraft,
    DokumentrelationDraft,
    SikkerhedsprofilDraft,
)
from connectors.oio_flags import owned
from connectors.oio_relation import relationer
from connectors.oio_values import foelsomhed, kle, titler
from connectors.oio_virkning import virkning
from connectors.soap_node import Node

TYPER = {
    "Faktura": "faktura",
    "Brev, indgaaende": "indgaaende",
    "Brev, udgaaende": "udgaaende",
    "Brev": "brev",
    "Internt Notat": "internt_notat",
    "Eksternt Notat": "eksternt_notat",
    "Rapport": "rapport",
    "Dagsorden": "dagsorden",
    "Plan": "plan",
    "Andet": "andet",
}
FREMDRIFT = frozenset(
    {"Modtaget", "Fordelt", "Underudarbejdelse", "Underreview", "Publiceret", "Endeligt", "Afleveret"}
)


def facts(registrering: Node, dokument: UUID) -> Sequence[Draft]:
    """What one Registrering says about a Dokument."""
    found = [
        *_attributter(registrering.one("AttributListe"), dokument),
        *_tilstande(registrering.one("TilstandListe"), dokument),
        *_relationer(registrering.one("RelationListe"), dokument),
    ]
    return owned(found, DokumentDraft, DokumentaktoerDraft)


def _attributter(liste: Node | None, dokument: UUID) -> Iterator[Draft]:
    for node in liste.many("Egenskaber") if liste is not None else ():
        yield DokumentDraft(
            objekt=dokument,
            **virkning(node).fields(),
            brugervendt_noegle=node.text("BrugervendtNoegle"),
            dokumentnummer=node.text("Dokumentnummer"),
            beskrivelse=node.text("Beskrivelse"),
            brevdato=node.dato("BrevDato"),
            version=node.whole("VersionIdentifikator"),
            underversion=node.whole("UnderversionIdentifikator"),
            kassationskode=node.text("Kassationskode"),
            foelsomhed=foelsomhed(node),
            type=_type(node),
            **titler(node, "Titel"),
        )


def _type(node: Node) -> Sent[str]:
    text = node.one_of("Type", frozenset(TYPER))
    return TYPER[text] if isinstance(text, str) else text


def _tilstande(liste: Node | None, dokument: UUID) -> Iterator[Draft]:
    for node in liste.many("Fremdrift") if liste is not None else ():
        status = node.one_of("FremdriftStatusKode", FREMDRIFT)
        yield DokumentfremdriftDraft(objekt=dokument, status=status, **virkning(node).fields())


def _relationer(liste: Node | None, dokument: UUID) -> Iterator[Draft]:
    for r in relationer(liste, "Dokumentrelation"):
        yield DokumentrelationDraft(**r.base(dokument), **r.objekt())
    for r in relationer(liste, "Dokumentaktoer", "DokumentaktoerLokalUdvidelse"):
        yield DokumentaktoerDraft(**r.base(dokument), **r.aktoer())
    for r in relationer(liste, "Dokumentpart", "DokumentpartLokalUdvidelse"):
        yield DokumentpartDraft(**{**r.base(dokument), **r.part()})
    for r in relationer(liste, "Dokumentklasse", "DokumentklasseLokalUdvidelse"):
        yield DokumentklasseDraft(
            **r.base(dokument), **r.peger(), brugervendt_noegle=kle(r), klassetitel=r.ekstra.text("Klassetitel")
        )
    for r in relationer(liste.one("LokalUdvidelseListe") if liste is not None else None, "Sikkerhedsprofil"):
        yield SikkerhedsprofilDraft(**r.base(dokument), **r.peger())
