"""KMD Nexus's words in those of the Rammearkitektur."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from canonical_model.draft import UNSET, Draft, Lokal, Nummer
from canonical_model.drafts import (
    AdresseDraft,
    BeskyttelseDraft,
    BevillingssagDraft,
    FremdriftDraft,
    KontaktoplysningDraft,
    NavnDraft,
    SagDraft,
    SagspartDraft,
    SagsrelationDraft,
)
from connectors.bevilget import bevilget
from connectors.errors import RecordError
from connectors.fields import Fields
from connectors.kle import NUMMER

FREMDRIFT = {
    "ACTIVE": "Oplyst",
    "CLOSED": "Afsluttet",
    "INACTIVE": "Afsluttet",
    "COMPLETED": "Afsluttet",
}
"""A forloeb's pathwayStatus as the standard's step. Only ACTIVE is seen in public code; the rest are inferred."""
START = ("entryDate", "orderedDate", "workflowApprovedDate", "workflowRequestedDate", "plannedDate")
"""Elements that say when an indsats begins; the first that is filled counts."""
SLUT = ("basketGrantEndDate", "cancelledDate", "removedDate", "renouncedDate", "rejectedDate")
"""Elements that say when an indsats ends; the first that is filled counts."""

_ADRESSE = re.compile(
    r"(?P<vejnavn>.*[^\d ]) (?P<husnummer>\d{1,3} ?[A-ZÆØÅ]?)"
    r"(?:,? (?P<etage>st|kl|\d{1,2})\.?(?: (?P<sidedoer>\w{1,4})\.?)?)?"
)


def borger(raw: Any) -> Iterator[Draft]:
    """A citizen's record: the citizen, a forloeb (our Sag) or an indsats (our Bevilling).

    Open forloeb stand as Oplyst, closed ones as Afsluttet: Nexus does not tell more. An indsats keeps Nexus's own
    state in BevilgetYdelse.status (closed ones: Afsluttet, Annulleret, Fjernet, Frafaldet, Afgjort, Afslået, Ophørt).
    """
    fields = Fields(raw)
    kind = fields.need_code("art", {"patient": _patient, "forloeb": _forloeb, "indsats": _indsats})
    yield from kind(fields)


def _person(fields: Fields) -> Nummer:
    return Nummer("cpr", fields.need_cpr("cpr"))


def _patient(patient: Fields) -> Iterator[Draft]:
    """Name, address and how to reach the citizen. Where the address is restricted, the citizen counts as protected;
    telephones and e-mail are left out when telephonesRestricted says that they are not to be given on."""
    objekt = _person(patient)
    patient.need_id("id")
    if patient.need_one("patientIdentifier").need_cpr("identifier") != objekt.nummer:
        raise RecordError("patientIdentifier.identifier", "not the number that was asked for")
    yield NavnDraft(
        objekt=objekt,
        fornavn=patient.need_text("firstName"),
        mellemnavn=patient.text("middleName"),
        efternavn=patient.need_text("lastName"),
        adresseringsnavn=patient.text("fullName"),
    )
    if adresse := patient.one("primaryAddress"):
        yield _adresse(objekt, adresse)
        if adresse.flag("restricted") is True:
            yield BeskyttelseDraft(objekt=objekt, art="navn_og_adresse")
    if patient.flag("telephonesRestricted") is True:
        return
    for art, name in (("mobil", "mobileTelephone"), ("telefon", "homeTelephone"), ("email", "primaryEmailAddress")):
        vaerdi = patient.text(name)
        if isinstance(vaerdi, str):
            yield KontaktoplysningDraft(objekt=objekt, art=art, vaerdi=vaerdi)


def _adresse(objekt: Nummer, adresse: Fields) -> AdresseDraft:
    """The address as it stands, and in parts where its first line reads as 'Vejnavn 1 A, 2. tv'."""
    lines = [t for n in range(1, 5) if isinstance(t := adresse.text(f"addressLine{n}"), str)]
    postnummer, distrikt = adresse.text("postalCode"), adresse.text("postalDistrict")
    by = " ".join(t for t in (postnummer, distrikt) if isinstance(t, str))
    read = _ADRESSE.fullmatch(lines[0]) if lines else None
    parts = read.groupdict() if read else {}
    return AdresseDraft(
        objekt=objekt,
        art="bopael",
        postnummer=postnummer,
        postdistrikt=distrikt,
        tekst=", ".join([*lines, by] if by else lines) or UNSET,
        vejnavn=parts.get("vejnavn") or UNSET,
        husnummer=parts.get("husnummer") or UNSET,
        etage=parts.get("etage") or UNSET,
        sidedoer=parts.get("sidedoer") or UNSET,
    )


def _forloeb(forloeb: Fields) -> Iterator[Draft]:
    """A Sag with the citizen as its party; a forloeb inside a grundforloeb points to it as its oversag."""
    if not forloeb.has("patientPathwayId") and not forloeb.has("id"):
        raise RecordError("patientPathwayId or id", "missing")
    noegle = forloeb.need_id("patientPathwayId" if forloeb.has("patientPathwayId") else "id")
    objekt = Lokal("sag", noegle)
    status = forloeb.need_code("pathwayStatus", FREMDRIFT)
    dato = forloeb.instant("date")
    yield SagDraft(objekt=objekt, brugervendt_noegle=noegle, sagsnummer=noegle, titel=forloeb.need_text("name"))
    if status == "Oplyst":
        yield FremdriftDraft(objekt=objekt, status=status, virkning_fra=dato)
    else:
        yield FremdriftDraft(objekt=objekt, status=status, flag="Nexus does not say since when")
    yield SagspartDraft(objekt=objekt, rolle="primaer_part", type="person", part=_person(forloeb))
    if forloeb.has("forloeb"):
        yield SagsrelationDraft(objekt=objekt, rolle="oversag", reference=Lokal("sag", forloeb.need_text("forloeb")))


def _indsats(indsats: Fields) -> Iterator[Draft]:
    """A Bevilling with one BevilgetYdelse for the citizen, decided in the forloeb that it stands in."""
    noegle = indsats.need_id("id")
    objekt = Lokal("bevilling", noegle)
    navn = indsats.need_text("name")
    status = indsats.need_one("workflowState").need_text("name")
    elements = _elements(indsats)
    start, slut = _first(elements, START), _first(elements, SLUT)
    beskrivelse = elements["description"].text("text") if "description" in elements else UNSET
    kle_number = elements["kmdSag"].one("kleNumber") if "kmdSag" in elements else None
    kle = kle_number.need_text("number") if kle_number else UNSET
    if kle_number and not NUMMER.fullmatch(str(kle)):
        raise RecordError(kle_number.path("number"), "not a KLE number")
    bevilling = {"brugervendt_noegle": noegle, "begrundelse": beskrivelse}
    yield from bevilget(
        objekt, noegle, navn, _person(indsats), start, slut,
        bevilling=bevilling, kle=kle, systemnavn="KMD Nexus", status=status,
    )  # fmt: skip
    if indsats.has("forloeb"):
        sag = Lokal("sag", indsats.need_text("forloeb"))
        yield BevillingssagDraft(objekt=objekt, rolle="tilknyttet", reference=sag)


def _elements(indsats: Fields) -> dict[str, Fields]:
    """The elements in force by their type; those that come into force later when there are none."""
    now = {e.need_text("type"): e for e in indsats.many("currentElements")}
    later = {e.need_text("type"): e for e in indsats.many("futureElements")}
    return now or later


def _first(elements: dict[str, Fields], types: tuple[str, ...]) -> datetime | None:
    """The first filled date; all of them are read, so that a wrong one is noticed."""
    found = [elements[t].instant("date") for t in types if t in elements]
    return next((f for f in found if f is not None), None)
