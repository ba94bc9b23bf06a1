"""KMD Momentum's words in those of the Rammearkitektur.

Notes, markings, tasks and responsibilities hang on the citizen and not on a course, so the citizen's file at the job
centre is a Sag of its own, known by Momentum's id of the citizen; each course is a Sag below it (oversag).
"""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import UNSET, Draft, Lokal, Nummer
from canonical_model.drafts import (
    BrugerDraft,
    FremdriftDraft,
    FristDraft,
    JournalnotatDraft,
    KontaktoplysningDraft,
    NavnDraft,
    SagDraft,
    SagsaktoerDraft,
    SagspartDraft,
    SagsrelationDraft,
)
from connectors import identifiers
from connectors.dates import DANISH
from connectors.errors import RecordError
from connectors.fields import Fields

TILSTAND = {0: "done", 1: "cancelled", 3: "open"}
"""A task's status (odense-rpa/momentum-client); another number is not known."""


def sagsbehandler(raw: Any) -> Iterator[Draft]:
    """A caseworker, under Momentum's own UUID."""
    found = Fields(raw)
    yield BrugerDraft(objekt=identifiers.uuid(found.need("id"), "id"), navn=found.need_text("displayName"))


def borger(raw: Any) -> Iterator[Draft]:
    """The citizen's name and how to reach them, and the file that everything else hangs on."""
    found = Fields(raw)
    person, mappe = Nummer("cpr", found.need_cpr("cpr")), Lokal("sag", found.need_id("id"))
    fornavn, efternavn = found.need_text("firstName"), found.need_text("lastName")
    yield NavnDraft(objekt=person, fornavn=fornavn, efternavn=efternavn, adresseringsnavn=found.text("displayName"))
    for art, name, field in (("mobil", "mobile", "number"), ("email", "email", "address")):
        one = found.one(name)
        if one is not None and isinstance(vaerdi := one.text(field), str):
            yield KontaktoplysningDraft(objekt=person, art=art, vaerdi=vaerdi)
    yield SagDraft(objekt=mappe, titel="Borgerens mappe i jobcentret")
    status = "Afsluttet" if found.flag("isActive") is False else "Oplyst"
    yield FremdriftDraft(objekt=mappe, status="Opstaaet", virkning_fra=found.need_instant("createdAt"))
    yield FremdriftDraft(objekt=mappe, status=status, flag="Momentum does not say since when")
    yield SagspartDraft(objekt=mappe, rolle="primaer_part", type="person", part=person)


def forloeb(raw: Any) -> Iterator[Draft]:
    """A course: a Sag under the UUID that the index knows it by."""
    found = Fields(raw)
    objekt = identifiers.uuid(found.need("id"), "id")
    yield SagDraft(
        objekt=objekt,
        sagsnummer=found.text("caseNumber"),
        titel=found.need_text("title"),
        beskrivelse=found.text("targetGroupName"),
    )
    yield FremdriftDraft(objekt=objekt, status="Opstaaet", virkning_fra=found.need_instant("start"))
    if slut := found.instant("end"):
        yield FremdriftDraft(objekt=objekt, status="Afsluttet", virkning_fra=slut)
    yield SagspartDraft(objekt=objekt, rolle="primaer_part", type="person", part=Nummer("cpr", found.need_cpr("cpr")))
    yield SagsrelationDraft(objekt=objekt, rolle="oversag", reference=_mappe(found))


def ansvarlig(raw: Any) -> Iterator[Draft]:
    """Somebody's responsibility for the citizen, as long as it lasts; role 1 is the primary caseworker."""
    found = Fields(raw)
    yield SagsaktoerDraft(
        objekt=_mappe(found),
        rolle="primaer_behandler" if found.need("role") == 1 else "andre_behandlere",
        indeks=found.need_id("id"),
        type="bruger",
        reference=identifiers.uuid(found.need("caseworkerId"), "caseworkerId"),
        fuldt_navn=found.need_text("caseworkerName"),
        brugervendt_noegle=found.text("responsibilityName"),
        virkning_fra=found.need_instant("startDate"),
        virkning_til=found.instant("endDate"),
    )


def markering(raw: Any) -> Iterator[Draft]:
    """A tag on the citizen, as a note that holds as long as the tag does."""
    found = Fields(raw)
    yield JournalnotatDraft(
        objekt=_mappe(found),
        indeks=found.need_id("id"),
        titel=f"Markering: {found.need_one('tag').need_text('title')}",
        skrevet=found.need_instant("createdAt"),
        virkning_fra=found.need_instant("start"),
        virkning_til=found.instant("end"),
    )


def notat(raw: Any) -> Iterator[Draft]:
    """A note in the citizen's journal."""
    found = Fields(raw)
    author = found.one("createdBy")
    yield JournalnotatDraft(
        objekt=_mappe(found),
        indeks=found.need_id("id"),
        titel=found.text("title"),
        notat=found.need_text("body"),
        skrevet=found.need_instant("createdAt"),
        forfatter=author.text("displayName") if author else UNSET,
    )


def opgave(raw: Any) -> Iterator[Draft]:
    """A task with its deadline, a Danish day."""
    found = Fields(raw)
    status = found.need("status")
    if isinstance(status, bool) or not isinstance(status, int) or status not in TILSTAND:
        raise RecordError("status", "not a status that we know")
    names = [n for a in found.many("assignedActors") if isinstance(n := a.text("displayName"), str)]
    yield FristDraft(
        objekt=_mappe(found),
        art="opgave",
        indeks=found.need_id("id"),
        titel=found.need_text("title"),
        beskrivelse=found.text("description"),
        fristdato=found.need_instant("deadline").astimezone(DANISH).date(),
        tilstand=TILSTAND[status],
        venter_paa="myndighed",
        ansvarlig=", ".join(names) or UNSET,
    )


def _mappe(found: Fields) -> Lokal:
    return Lokal("sag", found.need_text("borger"))
