"""Views, the tree of references, and the pathway (forloeb) itself."""

from dataclasses import replace
from typing import Any

from korsbaek.model import Forloeb, Indsats, Nexusborger
from korsbaek.systems.malformed import sent
from korsbaek.systems.nexus.grant import state
from korsbaek.systems.nexus.times import instant, midnight, version
from korsbaek.systems.rest import HttpError

_VIEWS = {1: "- Alt", 2: "-Aktive forløb"}


def views(borger: Nexusborger, at: str) -> dict[str, Any]:
    """The patient's preferences: which views there are."""
    home = f"{at}/patients/{borger.id}/preferences"
    return {"CITIZEN_PATHWAY": [_view(home, number) for number in _VIEWS], "_links": {"self": {"href": home}}}


def view(borger: Nexusborger, number: int, at: str) -> dict[str, Any]:
    """One view, with the way to its tree."""
    if number not in _VIEWS:
        raise HttpError(404)
    said = _view(f"{at}/patients/{borger.id}/preferences", number)
    said["_links"]["pathwayReferences"] = {"href": said["_links"]["self"]["href"] + "/pathwayReferences"}
    return said


def _view(home: str, number: int) -> dict[str, Any]:
    return {"id": number, "name": _VIEWS[number], "_links": {"self": {"href": f"{home}/CITIZEN_PATHWAY/{number}"}}}


def references(borger: Nexusborger, number: int, at: str) -> list[dict[str, Any]]:
    """The tree of a view: pathways, and in each a folder of half grants."""
    if number not in _VIEWS:
        raise HttpError(404)
    shown = [f for f in borger.forloeb if number == 1 or f.status == "ACTIVE"]
    return [_node(borger, forloeb, at) for forloeb in shown]


def _node(borger: Nexusborger, forloeb: Forloeb, at: str) -> dict[str, Any]:
    grants = [_leaf(i, at) for i in borger.indsatser if i.forloeb == forloeb.id]
    folder: dict[str, Any] = {
        "type": "basketReference",
        "id": None,
        "name": "Indsatser",
        "children": grants,
        "_links": {},
    }
    activity = {"identifier": f"PATIENT_PATHWAY:{forloeb.id}", "type": "PATIENT_PATHWAY", "activityId": forloeb.id}
    said: dict[str, Any] = {
        "type": "patientPathwayReference",
        "id": None,
        "version": version(forloeb.aendret),
        "name": forloeb.navn,
        "date": midnight(forloeb.start),
        "children": [folder] if grants else [],
        "activityIdentifier": activity | {"_links": {}},
        "additionalInfo": None,
        "patientPathwayId": forloeb.id,
        "programPathwayId": None,
        "pathwayTypeId": None,
        "parentPathwayId": None,
        "pathwayStatus": forloeb.status,
        "_links": {"self": {"href": f"{at}/patientPathways/{forloeb.id}"}},
    }
    faults = [replace(f, felt="date") if f.felt == "startDate" else f for f in forloeb.fejl]
    return sent(said, faults, "nexus")


def _leaf(indsats: Indsats, at: str) -> dict[str, Any]:
    whole = {"href": f"{at}/patientGrants/{indsats.id}"}
    return {
        "type": "basketGrantReference",
        "id": indsats.id,
        "version": version(indsats.aendret),
        "name": indsats.navn,
        "date": instant(indsats.aendret),
        "workflowState": state(indsats),
        "additionalInfo": None,
        "children": [],
        "_links": {"self": whole, "referencedObject": whole},
    }


def pathway(forloeb: Forloeb, at: str) -> dict[str, Any]:
    """The whole pathway."""
    said: dict[str, Any] = {
        "id": forloeb.id,
        "version": version(forloeb.aendret),
        "uid": forloeb.sag,
        "name": forloeb.navn,
        "status": forloeb.status,
        "startDate": forloeb.start.isoformat(),
        "endDate": forloeb.slut.isoformat() if forloeb.slut else None,
        "_links": {"self": {"href": f"{at}/patientPathways/{forloeb.id}"}},
    }
    return sent(said, forloeb.fejl, "nexus")


def programs(borger: Nexusborger, at: str) -> list[dict[str, Any]]:
    """The active pathways, whole (`activePrograms`)."""
    return [pathway(forloeb, at) for forloeb in borger.forloeb if forloeb.status == "ACTIVE"]
