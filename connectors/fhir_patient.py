"""A FHIR Patient as a citizen: HumanName, Address and ContactPoint, as STU3 and R4 write them.

FHIR lets a name lack `family` and `given` and an address its `line`; here they must be there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import AdresseDraft, KontaktoplysningDraft, NavnDraft
from connectors.errors import RecordError
from connectors.fhir import changed_at, sheet
from connectors.fields import Fields

CPR = "urn:oid:1.2.208.176.1.2"
"""The identifier system of CPR numbers (MedCom)."""
SHEET = sheet(
    "identifier(system value) name(family given text) telecom(system value) address(line postalCode city)",
    "active name.use telecom.use address.use",
)
"""What `citizen` reads of a Patient, and what of it is known and left out."""


def citizen(raw: Any, contacts: Mapping[str, str]) -> Iterator[Draft]:
    """The first name, the first address, and of each art the first way to reach the citizen. `contacts`: the systems of
    ContactPoint that count, and the art that each stands for."""
    found = Fields(raw)
    found.need_id("id")
    numbers = [i for i in found.many("identifier") if i.text("system") == CPR]
    if not numbers:
        raise RecordError("identifier.system", "none of a CPR number")
    objekt = Nummer("cpr", numbers[0].need_cpr("value"))
    registreret = changed_at(found)
    # All of a list are looked at, so that a wrong one is noticed.
    for name in list(found.many("name"))[:1]:
        given = name.need_texts("given")
        yield NavnDraft(
            objekt=objekt,
            fornavn=given[0] if given else None,
            mellemnavn=" ".join(given[1:]) or UNSET,
            efternavn=name.need_text("family"),
            adresseringsnavn=name.text("text"),
            registreret=registreret,
        )
    for address in list(found.many("address"))[:1]:
        yield _adresse(objekt, address)
    seen: set[str] = set()
    for contact in found.many("telecom"):
        art = contacts.get(str(contact.text("system")), "")
        if art and art not in seen and isinstance(vaerdi := contact.text("value"), str):
            seen.add(art)
            yield KontaktoplysningDraft(objekt=objekt, art=art, vaerdi=vaerdi)


def _adresse(objekt: Nummer, address: Fields) -> AdresseDraft:
    lines = address.need_texts("line")
    postnummer, by = address.text("postalCode"), address.text("city")
    place = " ".join(t for t in (postnummer, by) if isinstance(t, str))
    tekst = ", ".join([*lines, place] if place else lines)
    return AdresseDraft(objekt=objekt, art="bopael", postnummer=postnummer, postdistrikt=by, tekst=tekst or UNSET)


__all__ = ["CPR", "SHEET", "citizen"]
