"""A Bevilling's Registrering as facts (rammearkitektur 4.6)."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from canonical_model.draft import UNSET, Draft
from canonical_model.drafts import (
    BevilgetYdelseDraft,
    BevillingDraft,
    BevillingsaktoerDraft,
    BevillingspartDraft,
    BevillingssagDraft,
    SikkerhedsprofilDraft,
)
from connectors.oio_flags import owned
from connectors.oio_relation import kode, relationer
from connectors.oio_roller import ROLLER
from connectors.oio_values import foelsomhed
from connectors.oio_virkning import virkning
from connectors.soap_node import TOM, Node

FORUD_BAGUD = frozenset({"Forud", "Bagud"})


def facts(registrering: Node, bevilling: UUID) -> Sequence[Draft]:
    """What one Registrering says about a Bevilling."""
    attributliste = registrering.one("AttributListe")
    found = [
        *_egenskaber(attributliste, bevilling),
        *(y for n in (attributliste or TOM).many("BevilgetYdelse") for y in _ydelse(n, bevilling)),
        *_relationer(registrering.one("RelationListe"), bevilling),
    ]
    return owned(found, BevillingDraft, BevillingsaktoerDraft)


def _egenskaber(liste: Node | None, bevilling: UUID) -> Iterator[Draft]:
    for node in (liste or TOM).many("Egenskaber"):
        yield BevillingDraft(
            objekt=bevilling,
            **virkning(node).fields(),
            brugervendt_noegle=node.text("BrugervendtNoegle"),
            startdato=node.text("Bevillingstartdato"),
            slutdato=node.text("Bevillingslutdato"),
            begrundelse=node.text("Begrundelse"),
            foelsomhed=foelsomhed(node),
        )


def _ydelse(node: Node, bevilling: UUID) -> Iterator[Draft]:
    """One draft for each plan of payment, and one for a benefit without any."""
    ydelse = node.one("Ydelse") or TOM
    klasse = ydelse.one("Klassifikation") or TOM
    system = _system(node)
    ydelse_id = node.value("Id")
    said: dict[str, Any] = {
        "objekt": bevilling,
        **virkning(node).fields("" if ydelse_id else "no Id"),
        "ydelse_id": ydelse_id or "",
        "navn": node.text("Navn"),
        "ydelsesnavn": ydelse.text("Ydelsesnavn"),
        "startdato": node.instant("BevilgetYdelseStartdato"),
        "slutdato": node.instant("BevilgetYdelseSlutdato"),
        "begrundelse": node.text("Begrundelse"),
        "tilbagebetalingspligtig": node.flag("Tilbagebetalingspligtig"),
        "meddelelse": node.text("Meddelelse"),
        "kle": klasse.text("BrugervendtNoegle"),
        "klassetitel": klasse.text("Klassetitel"),
        "systemnavn": system.text("SystemNavn"),
        "systemuri": system.text("SystemURI"),
    }
    planer = [_plan(plan) for plan in node.many("OekonomiskEffektueringsplan")]
    for plan in planer or [{}]:
        yield BevilgetYdelseDraft(**said, **plan)


def _system(node: Node) -> Node:
    """The IT-system that masters the benefit, else the first one named."""
    systems = node.many("ItSystem")
    return next((s for s in systems if kode(s, "Rolle", ROLLER) == "master"), systems[0] if systems else TOM)


def _plan(plan: Node) -> dict[str, Any]:
    return {
        "plan_id": plan.text("Id"),
        "plan_start": plan.instant("EffektueringsplanStartdato"),
        "plan_slut": plan.instant("EffektueringsplanSlutdato"),
        "frekvens": plan.text("Beregningsfrekvens"),
        "forud_bagud": plan.one_of("ForudBagud", FORUD_BAGUD),
        "dispositionsdag": plan.text("Dispositionsdag"),
        "beloeb": plan.beloeb("Ydelsesbeloeb"),
        "manuelt_godkendes": plan.flag("ManueltGodkendes"),
    }


def _relationer(liste: Node | None, bevilling: UUID) -> Iterator[Draft]:
    for r in relationer(liste, "Bevillingssag"):
        sag = r.reference.ref or UNSET
        yield BevillingssagDraft(
            **r.base(bevilling), reference=sag,
            brugervendt_noegle=r.ekstra.text("BrugervendtNoegle"), fuldt_navn=r.ekstra.text("FuldtNavn"),
        )  # fmt: skip
    for r in relationer(liste, "Bevillingspart"):
        yield BevillingspartDraft(**{**r.base(bevilling), **r.part()})
    for r in relationer(liste, "Bevillingsaktoer"):
        yield BevillingsaktoerDraft(**r.base(bevilling), **r.aktoer())
    for r in relationer(liste, "Sikkerhedsprofil"):
        yield SikkerhedsprofilDraft(**r.base(bevilling), **r.peger())
