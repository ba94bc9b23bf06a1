"""FHIR resources as Cura writes them."""

from datetime import UTC, date, datetime
from typing import Any

from korsbaek.landscape.shelf import Body

CPR = "urn:oid:1.2.208.176.1.2"
"""The identifier system of CPR numbers."""
PROFILE = "http://curafhir.dk/p/"
GRANT = "http://curafhir.dk/x/CuraGrantedProcedureRequest/"
PROFILES = {
    "Patient": PROFILE + "CuraCitizen",
    "ProcedureRequest": PROFILE + "CuraGrantedProcedureRequest",
    "Communication": PROFILE + "MedcomCareCommunication",
}


def instant(moment: datetime) -> str:
    """An instant to the millisecond, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def meta(kind: str, moment: datetime, version: int = 1) -> Body:
    """What Cura says of a resource itself."""
    return {"versionId": str(version), "lastUpdated": instant(moment), "profile": [PROFILES[kind]]}


def touched(body: Body, moment: datetime, **change: Any) -> Body:
    """A new version of a resource."""
    old = body["meta"]
    new = {"versionId": str(int(old["versionId"]) + 1), "lastUpdated": instant(moment)}
    return body | change | {"meta": old | new}


def patient(
    key: str, cpr: str, name: tuple[str, str], phone: str, line: str, place: tuple[str, str], at: datetime
) -> Body:
    """A citizen; `name` given and family, `place` postal code and town."""
    given, family = name
    return {
        "resourceType": "Patient",
        "id": key,
        "meta": meta("Patient", at),
        "identifier": [{"system": CPR, "value": cpr}],
        "active": True,
        "name": [{"use": "official", "family": family, "given": given.split(), "text": f"{given} {family}"}],
        "telecom": [{"system": "phone", "use": "mobile", "value": phone}] if phone else [],
        "address": [{"use": "home", "line": [line], "postalCode": place[0], "city": place[1]}] if line else [],
    }


def grant(key: str, citizen: str, what: tuple[str, str, str], start: date, end: date | None, at: datetime) -> Body:
    """A granted service; `what` code, name and paragraph."""
    code, name, paragraph = what
    period = {"start": start.isoformat()} | ({"end": end.isoformat()} if end else {})
    return {
        "resourceType": "ProcedureRequest",
        "id": key,
        "meta": meta("ProcedureRequest", at),
        "extension": [
            {"url": GRANT + "period", "valuePeriod": period},
            {"url": GRANT + "caseType", "valueString": "Hjemmepleje"},
            {"url": GRANT + "legalParagraph", "valueString": paragraph},
            {"url": GRANT + "remark", "valueString": "Bevilget efter visitation i hjemmet."},
        ],
        "status": "completed" if end and end < at.date() else "active",
        "intent": "order",
        "code": {"coding": [{"system": "http://curafhir.dk/cs/ydelse", "code": code, "display": name}]},
        "subject": {"reference": f"Patient/{citizen}"},
        "orderedOn": instant(at),
        "performer": {"reference": "Organization/7", "display": "Hjemmeplejen Øst"},
    }


def message(key: str, citizen: str, what: tuple[str, str], at: datetime) -> Body:
    """A message about a citizen; `what` its subject and who sent it."""
    subject, sender = what
    return {
        "resourceType": "Communication",
        "id": key,
        "meta": meta("Communication", at),
        "status": "completed",
        "category": [{"text": subject}],
        "subject": {"reference": f"Patient/{citizen}"},
        "sent": instant(at),
        "received": instant(at),
        "sender": {"reference": "Organization/9", "display": sender},
        "payload": [{"contentString": f"<p>{subject} vedrørende borgeren.</p>"}],
    }
