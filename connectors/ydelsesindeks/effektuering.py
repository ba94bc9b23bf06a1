"""A payment's Registrering as facts (rammearkitektur 4.6)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from canonical_model.draft import UNSET, Draft
from canonical_model.drafts import (
    EffektueringsaktoerDraft,
    EffektueringsitsystemDraft,
    EffektueringspartDraft,
    OekonomiskEffektueringDraft,
    YdelseseffektueringDraft,
)
from connectors.oio_flags import owned
from connectors.oio_relation import relationer
from connectors.oio_virkning import virkning
from connectors.soap_node import TOM, Node


def facts(registrering: Node, effektuering: UUID) -> Sequence[Draft]:
    """What one Registrering says about a payment."""
    found = [
        *_egenskaber(registrering.one("AttributListe"), effektuering),
        *_ydelser(registrering.one("RelationListe"), effektuering),
        *_relationer(registrering.one("RelationListe"), effektuering),
    ]
    return owned(found, OekonomiskEffektueringDraft, EffektueringsaktoerDraft)


def _egenskaber(liste: Node | None, effektuering: UUID) -> Iterator[Draft]:
    for node in (liste or TOM).many("Egenskaber"):
        yield OekonomiskEffektueringDraft(
            objekt=effektuering,
            **virkning(node).fields(),
            brugervendt_noegle=node.text("BrugervendtNoegle"),
            startdato=node.instant("Startdato"),
            slutdato=node.instant("Slutdato"),
            bruttobeloeb=node.beloeb("SamletBruttobeloeb"),
            dispositionsdato=node.instant("Dispositionsdato"),
            beloeb_efter_skat=node.beloeb("BeloebEfterSkatATP"),
            beloeb_sendt=node.beloeb("BeloebSendtTilUdbetaling"),
            beloeb_udbetalt=node.beloeb("BeloebUdbetalt"),
            udbetalingsafdeling=node.text("Udbetalingsafdeling"),
            sendt_tekst=node.text("SendtTilUdbetalingTekst"),
            udbetalt_tekst=node.text("UdbetaltTekst"),
        )


def _ydelser(liste: Node | None, effektuering: UUID) -> Iterator[Draft]:
    """Which BevilgetYdelse is paid: by BevilgetYdelseRef, else by the relation's own reference to the Bevilling."""
    for r in relationer(liste, "OekonomiskYdelseEffektueringRelation"):
        ref = r.node.one("BevilgetYdelseRef") or TOM
        yield YdelseseffektueringDraft(
            **r.base(effektuering),
            bevilling=ref.uuid("UUIDIdentifikator") or r.reference.ref or UNSET,
            ydelse_id=ref.text("BevilgetYdelseId"),
            periode_start=r.node.instant("YdelsesperiodeStartdato"),
            periode_slut=r.node.instant("YdelsesperiodeSlutdato"),
            beloeb=r.node.beloeb("Ydelsesbeloeb"),
            kle=r.node.text("Klassifikationsbeskrivelse"),
        )


def _relationer(liste: Node | None, effektuering: UUID) -> Iterator[Draft]:
    for r in relationer(liste, "OekonomiskEffektueringPart"):
        yield EffektueringspartDraft(**{**r.base(effektuering), **r.part()})
    for r in relationer(liste, "Aktoer"):
        yield EffektueringsaktoerDraft(**r.base(effektuering), **r.aktoer())
    for r in relationer(liste, "ItSystem"):
        yield EffektueringsitsystemDraft(**r.system(effektuering))
