"""Pladsanvisning's words in those of the Rammearkitektur."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import (
    BevilgetYdelseDraft,
    BevillingDraft,
    BevillingspartDraft,
    BevillingssagDraft,
    FremdriftDraft,
    FristDraft,
    SagDraft,
    SagsklasseDraft,
    SagspartDraft,
)
from connectors import identifiers
from connectors.dates import day
from connectors.errors import RecordError
from connectors.fields import Fields

KLE = "28.06.04"
"""KLE of all of them: places in day care and SFO."""
TILBUD = {"dagpleje": "dagpleje", "vuggestue": "vuggestue", "boernehave": "børnehave", "sfo": "SFO"}
STATUS = {
    "modtaget": ("Opstaaet", "open"), "underBehandling": ("Oplyst", "open"), "tilbudGivet": ("Afgjort", "done"),
    "accepteret": ("Afsluttet", "done"), "afslaaet": ("Afsluttet", "done"), "trukket": ("Afsluttet", "cancelled"),
}  # fmt: skip
"""An application's status: how far its Sag is, and how the wait for an answer stands."""


def ansoegning(raw: Any) -> Iterator[Draft]:
    """An application: a Sag with the child and whoever applied, and the day on which an answer is expected."""
    found = Fields(raw)
    objekt = identifiers.uuid(found.need("id"), "id")
    trin, frist = found.need_code("status", STATUS)
    yield SagDraft(
        objekt=objekt,
        sagsnummer=found.need_text("nummer"),
        titel=f"Ansøgning om plads i {found.need_code('tilbud', TILBUD)}: {found.need_text('oensketInstitution')}",
        beskrivelse=found.text("bemaerkning"),
    )
    yield SagsklasseDraft(objekt=objekt, rolle="primaer_klasse", brugervendt_noegle=KLE)
    modtaget, afgjort = found.need_instant("modtaget"), found.instant("afgjort")
    yield FremdriftDraft(objekt=objekt, status="Opstaaet", virkning_fra=modtaget)
    if trin == "Oplyst":
        yield FremdriftDraft(objekt=objekt, status=trin, flag="Pladsanvisning does not say since when")
    elif trin != "Opstaaet":
        if afgjort is None:
            raise RecordError("afgjort", "missing for a decided application")
        yield FremdriftDraft(objekt=objekt, status=trin, virkning_fra=afgjort)
    for rolle, name in (("primaer_part", "barn"), ("sekundaer_part", "ansoeger")):
        part = found.need_one(name)
        cpr = Nummer("cpr", part.need_cpr("cpr"))
        yield SagspartDraft(objekt=objekt, rolle=rolle, type="person", part=cpr, fuldt_navn=part.text("navn"))
    svar = found.dato("forventetSvar")
    if svar is not UNSET and svar is not None:
        yield FristDraft(
            objekt=objekt,
            art="forventet_svar",
            titel="Forventet svar på ansøgningen",
            fristdato=svar,
            tilstand=frist,
            venter_paa="myndighed",
        )


def plads(raw: Any) -> Iterator[Draft]:
    """A child's place: a Bevilling, decided in the application that it came of."""
    found = Fields(raw)
    objekt = identifiers.uuid(found.need("id"), "id")
    fra, til = found.need_instant("fra"), found.instant("til")
    navn = f"Plads i {found.need_code('tilbud', TILBUD)}: {found.need_text('institution')}"
    yield BevillingDraft(objekt=objekt, startdato=day(fra), slutdato=day(til) if til else UNSET)
    yield BevilgetYdelseDraft(
        objekt=objekt,
        ydelse_id=str(objekt),
        navn=navn,
        ydelsesnavn=navn,
        startdato=fra,
        slutdato=til or UNSET,
        kle=KLE,
        systemnavn="Pladsanvisning",
    )
    barn = found.need_one("barn")
    part = Nummer("cpr", barn.need_cpr("cpr"))
    name = barn.text("navn")
    yield BevillingspartDraft(objekt=objekt, rolle="ydelsesmodtager", type="person", part=part, fuldt_navn=name)
    if found.has("ansoegning"):
        sag = identifiers.uuid(found.need("ansoegning"), "ansoegning")
        yield BevillingssagDraft(objekt=objekt, rolle="tilknyttet", reference=sag)
