"""A CaseFile3 as facts; no title is ever a CPR number (rammearkitektur 7.7)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from canonical_model.draft import UNSET, Draft, Lokal, Nummer, Ref, Sent
from canonical_model.drafts import (
    BeskyttelseDraft,
    FremdriftDraft,
    FristDraft,
    SagDraft,
    SagindeksDraft,
    SagsaktoerDraft,
    SagsklasseDraft,
    SagspartDraft,
)
from connectors import identifiers
from connectors.forloeb import opened_and_closed
from connectors.soap_node import Node
from connectors.soap_xml import Held
from connectors.titles import is_cpr, without_cpr

CLOSED, WAITING = "A", "P"
"""CaseFileStatusCode of a closed case, and of one whose time does not run."""
KLE = "KL Koder"
"""Principle of the classification that is KLE."""
NAMELESS = "Personsag"
"""Title of a case that has no other than a CPR number."""


def facts(held: Held) -> Iterator[Draft]:
    """Sag with its steps, class, actors, parties and deadlines."""
    case = Node(held)
    key = case.value("CaseFileIdentifier")
    if not key or not key.isascii() or not key.isdigit() or len(key) > 9:
        raise case.error("CaseFileIdentifier", "not a number")
    objekt = Lokal("sag", key)
    status = case.value("CaseFileStatusCode")
    oprettet, lukket = case.need_instant("CreationDate"), _instant(case, "ClosedDate")
    titel, alternativ = case.need("CaseFileTitleText"), case.value("TitleAlternativeText")
    number = is_cpr(titel)
    yield SagDraft(
        objekt=objekt,
        registreret=_instant(case, "CaseFileLatestUpdateDate"),
        brugervendt_noegle=case.text("CaseFileNumberIdentifier"),
        sagsnummer=case.text("CaseFileNumberIdentifier"),
        titel=without_cpr(alternativ or NAMELESS if number else case.text("CaseFileTitleText") or ""),
        titel_offentlig=without_cpr(alternativ)
        if alternativ and case.flag("TitleUnofficialIndicator") is True
        else UNSET,
        offentlighed_hjemmel=case.text("RestrictedFromPublicText"),
    )
    yield SagindeksDraft(
        objekt=objekt, sagsstatus=status or UNSET, sagskategori=case.text("CaseFileTypeCode"), oprettet=oprettet
    )
    yield from _fremdrift(objekt, status == CLOSED, oprettet, lukket)
    yield from _klasser(objekt, case)
    yield from _aktoerer(objekt, case)
    yield from _parter(objekt, case)
    tilstand = "done" if status == CLOSED else "paused" if status == WAITING else "open"
    for art, name, day in (("frist", "Deadline", "DeadlineDate"), ("erindring", "OBSDate", "OBSDate")):
        if (frist := case.one(name)) is not None:
            note = frist.value("Note")
            yield FristDraft(
                objekt=objekt,
                art=art,
                titel=without_cpr(note) if note else UNSET,
                fristdato=frist.dato(day),
                tilstand=tilstand,
            )


def _instant(node: Node, name: str) -> datetime | None:
    """Danish midnight of a date; None where there is none."""
    found = node.instant(name)
    return found if isinstance(found, datetime) else None


def _fremdrift(objekt: Ref, closed: bool, fra: datetime, til: datetime | None) -> Iterator[Draft]:
    if closed and (til is None or til < fra):
        flag = "Acadre does not say since when" if til is None else "closed before it was created"
        yield FremdriftDraft(objekt=objekt, status="Afsluttet", virkning_fra=til and fra, flag=flag)
    else:
        yield from opened_and_closed(objekt, fra, til if closed else None)


def _klasser(objekt: Ref, case: Node) -> Iterator[Draft]:
    found = case.one("Classification")
    categories = found.many("Category") if found is not None else []
    numbers = [c.value("Literal") for c in categories if c.value("Principle") == KLE]
    if not numbers:
        raise case.error("Classification/Category/Principle", "none is KLE's")
    if not numbers[0]:
        raise case.error("Classification/Category/Literal", "missing")
    yield SagsklasseDraft(objekt=objekt, rolle="primaer_klasse", brugervendt_noegle=numbers[0])


def _aktoerer(objekt: Ref, case: Node) -> Iterator[Draft]:
    for name, rolle, art, short in (
        ("User", "primaer_behandler", "bruger", "Initials"),
        ("AdminUnit", "ansvarlig", "organisationenhed", "Literal"),
    ):
        for place, found in enumerate(case.many(name)):
            yield SagsaktoerDraft(
                objekt=objekt,
                rolle=rolle,
                indeks=str(place) if place else UNSET,
                type=art,
                brugervendt_noegle=found.text(short),
                fuldt_navn=found.text("Name"),
            )


def _parter(objekt: Ref, case: Node) -> Iterator[Draft]:
    """The first that is primary as primaer_part, the others as sekundaer_part, by the contact's GUID."""
    known = {c.value("GUID"): c for c in case.many("ContactObject")}
    primary: str | None = None
    seen: set[str] = set()
    for party in case.many("Party"):
        reference = party.need("ContactReference")
        if reference in seen:
            continue
        seen.add(reference)
        contact = known.get(reference)
        first = primary is None and party.flag("IsPrimary") is True
        primary = reference if first else primary
        art, number, name = _who(contact) if contact is not None else (UNSET, UNSET, UNSET)
        yield SagspartDraft(
            objekt=objekt,
            rolle="primaer_part" if first else "sekundaer_part",
            indeks=UNSET if first else reference,
            type=art,
            part=number,
            fuldt_navn=name,
        )
        if (
            isinstance(number, Nummer)
            and contact is not None
            and contact.flag("NameAddressProtectionIndicator") is True
        ):
            yield BeskyttelseDraft(objekt=number, art="navn_og_adresse")


def _who(contact: Node) -> tuple[Sent[str], Sent[Ref], Any]:
    cpr, cvr = contact.value("PersonCivilRegistrationIdentifier"), contact.value("CVRnumberIdentifier")
    if cpr:
        number = identifiers.cpr(cpr, contact.field("PersonCivilRegistrationIdentifier"))
        return "person", Nummer("cpr", number), contact.text("PersonNameForAddressingName")
    if cvr:
        number = identifiers.cvr(cvr, contact.field("CVRnumberIdentifier"))
        return "virksomhed", Nummer("cvr", number), contact.text("OrganizationName")
    return UNSET, UNSET, contact.text("PersonNameForAddressingName") or contact.text("OrganizationName")
