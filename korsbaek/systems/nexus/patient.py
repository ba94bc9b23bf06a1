"""The citizen as Nexus says it."""

from typing import Any

from korsbaek.model import Nexusborger
from korsbaek.systems.malformed import sent
from korsbaek.systems.nexus.times import version
from korsbaek.town import Town


def patient(town: Town, borger: Nexusborger, at: str) -> dict[str, Any]:
    """The whole patient; `at` is the base that its links stand under."""
    known = town.person(borger.cpr)
    links = {rel: {"href": f"{at}/patients/{borger.id}{path}"} for rel, path in _RELS.items()}
    said = half(borger, at) | {
        "middleName": borger.navn.mellemnavn or None,
        "birthDate": known.foedt.isoformat() if known else None,
        "maritalStatus": borger.civilstand or None,
        "homeTelephone": None,
        "mobileTelephone": borger.telefon or None,
        "primaryEmailAddress": borger.email or None,
        "telephonesRestricted": borger.beskyttet,
        "primaryAddress": _address(borger),
        "patientStatus": "FINAL",
        "_links": links,
    }
    return sent(said, borger.fejl, "nexus")


def half(borger: Nexusborger, at: str) -> dict[str, Any]:
    """What a search and a grant show of a patient; `self` leads to the rest."""
    return {
        "id": borger.id,
        "version": version(borger.aendret),
        "patientIdentifier": {
            "type": "cpr",
            "identifier": f"{borger.cpr[:6]}-{borger.cpr[6:]}",
            "managedExternally": True,
        },
        "firstName": borger.navn.fornavn,
        "lastName": borger.navn.efternavn,
        "fullName": borger.navn.fuldt,
        "_links": {"self": {"href": f"{at}/patients/{borger.id}"}},
    }


_RELS = {"self": "", "patientPreferences": "/preferences", "activePrograms": "/programs/active"}


def _address(borger: Nexusborger) -> dict[str, Any] | None:
    home = borger.adresse
    if home is None:
        return None
    return {
        "addressLine1": home.linje,
        "addressLine2": None,
        "administrativeAreaCode": home.kommunekode,
        "countryCode": "dk",
        "postalCode": home.postnummer,
        "postalDistrict": home.by,
        "restricted": borger.beskyttet,
        "startDate": home.fra.isoformat(),
        "endDate": None,
    }
