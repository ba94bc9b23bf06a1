"""Columna Cura's words in those of the Rammearkitektur."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import UNSET, Draft, Lokal, Nummer
from canonical_model.drafts import (
    AdresseDraft,
    BevilgetYdelseDraft,
    BevillingDraft,
    BevillingspartDraft,
    DokumentDraft,
    DokumentpartDraft,
    KontaktoplysningDraft,
    NavnDraft,
)
from connectors.columna_cura.kinds import CPR
from connectors.dates import DANISH, day
from connectors.errors import RecordError
from connectors.fhir import extension
from connectors.fields import Fields

GRANT = "http://curafhir.dk/x/CuraGrantedProcedureRequest/"
STATUS = {
    "requested": "Bestilt", "active": "Aktiv", "suspended": "Sat i bero", "completed": "Afsluttet",
    "cancelled": "Annulleret",
}  # fmt: skip
"""A grant's status in the words that the page shows; `requested` is seen in public code, the others are FHIR's."""


def borger(raw: Any) -> Iterator[Draft]:
    """A citizen's name, address and how to reach them."""
    found = Fields(raw)
    found.need_id("id")
    numbers = [i for i in found.many("identifier") if i.text("system") == CPR]
    if not numbers:
        raise RecordError("identifier.system", "none of a CPR number")
    objekt = Nummer("cpr", numbers[0].need_cpr("value"))
    registreret = found.need_one("meta").need_instant("lastUpdated")
    for name in list(found.many("name"))[:1]:
        given = name.need("given")
        if not isinstance(given, list) or not all(isinstance(g, str) and "\x00" not in g for g in given):
            raise RecordError("name.given", "not a list of names")
        yield NavnDraft(
            objekt=objekt,
            fornavn=given[0] if given else None,
            mellemnavn=" ".join(given[1:]) or UNSET,
            efternavn=name.need_text("family"),
            adresseringsnavn=name.text("text"),
            registreret=registreret,
        )
    for address in list(found.many("address"))[:1]:
        lines = address.need("line")
        if not isinstance(lines, list) or not all(isinstance(one, str) and "\x00" not in one for one in lines):
            raise RecordError("address.line", "not a list of lines")
        postnummer, by = address.text("postalCode"), address.text("city")
        place = " ".join(t for t in (postnummer, by) if isinstance(t, str))
        tekst = ", ".join([*lines, place] if place else lines)
        yield AdresseDraft(objekt=objekt, art="bopael", postnummer=postnummer, postdistrikt=by, tekst=tekst or UNSET)
    seen: set[str] = set()
    for contact in found.many("telecom"):
        art = {"phone": "mobil", "email": "email"}.get(str(contact.text("system")), "")
        if art and art not in seen and isinstance(vaerdi := contact.text("value"), str):
            seen.add(art)
            yield KontaktoplysningDraft(objekt=objekt, art=art, vaerdi=vaerdi)


def ydelse(raw: Any) -> Iterator[Draft]:
    """A granted service: a Bevilling with one BevilgetYdelse for the citizen."""
    found = Fields(raw)
    noegle = found.need_id("id")
    objekt = Lokal("bevilling", noegle)
    coding = next(found.need_one("code").many("coding"), None)
    if coding is None:
        raise RecordError("code.coding", "missing")
    navn = coding.need_text("display")
    status = found.need_code("status", STATUS)
    period = extension(found, GRANT + "period")
    if period is None:
        raise RecordError("extension.url", "no period")
    value = period.need_one("valuePeriod")
    start, slut = value.need_instant("start"), value.instant("end")
    remark, paragraph = extension(found, GRANT + "remark"), extension(found, GRANT + "legalParagraph")
    yield BevillingDraft(
        objekt=objekt,
        brugervendt_noegle=noegle,
        startdato=day(start),
        slutdato=day(slut) if slut else UNSET,
        begrundelse=remark.text("valueString") if remark else UNSET,
        registreret=found.need_one("meta").need_instant("lastUpdated"),
    )
    yield BevilgetYdelseDraft(
        objekt=objekt,
        ydelse_id=noegle,
        navn=navn,
        ydelsesnavn=navn,
        startdato=start,
        slutdato=slut or UNSET,
        begrundelse=paragraph.text("valueString") if paragraph else UNSET,
        systemnavn="Columna Cura",
        status=status,
    )
    part = Nummer("cpr", found.need_cpr("cpr"))
    yield BevillingspartDraft(objekt=objekt, rolle="ydelsesmodtager", type="person", part=part)


def besked(raw: Any) -> Iterator[Draft]:
    """A message about the citizen, as a document without a case; what it says stays in Cura."""
    found = Fields(raw)
    objekt = Lokal("dokument", found.need_id("id"))
    category = next(found.many("category"), None)
    sender = found.one("sender")
    fra = sender.text("display") if sender else UNSET
    emne = category.text("text") if category else None
    titel = emne if isinstance(emne, str) else "Meddelelse"
    yield DokumentDraft(
        objekt=objekt,
        brugervendt_noegle=found.need_id("id"),
        titel=f"{titel} fra {fra}" if isinstance(fra, str) else titel,
        type="indgaaende",
        brevdato=found.need_instant("sent").astimezone(DANISH).date(),
        registreret=found.need_one("meta").need_instant("lastUpdated"),
    )
    part = Nummer("cpr", found.need_cpr("cpr"))
    yield DokumentpartDraft(objekt=objekt, rolle="primaer_part", type="person", part=part)
