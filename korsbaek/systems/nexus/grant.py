"""A grant (indsats) as Nexus says it, whole; the tree shows only half of it."""

from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from korsbaek.model import Fejl, Indsats, Nexusborger
from korsbaek.systems.malformed import sent
from korsbaek.systems.nexus.patient import half
from korsbaek.systems.nexus.times import midnight, version

_STATES = ("Ansøgt", "Bevilget", "Bestilt", "Ændret", "Iværksat", "Afsluttet", "Annulleret", "Fjernet", "Frafaldet",
           "Afgjort", "Afslået", "Ophørt")  # fmt: skip
"""Names seen in rammearkitektur 7.1 and its source."""
_ASCII = {"Ansoegt": "Ansøgt", "Aendret": "Ændret", "Ivaerksat": "Iværksat", "Afslaaet": "Afslået", "Ophoert": "Ophørt"}


def state(indsats: Indsats) -> dict[str, Any]:
    """The workflowState by its name, in Danish letters."""
    name = _ASCII.get(indsats.tilstand, indsats.tilstand)
    return {"id": _STATES.index(name) + 1 if name in _STATES else 99, "name": name}


def grant(borger: Nexusborger, indsats: Indsats, at: str) -> dict[str, Any]:
    """The whole grant."""
    said: dict[str, Any] = {
        "id": indsats.id,
        "version": version(indsats.aendret),
        "uid": str(uuid5(NAMESPACE_URL, f"korsbaek-nexus-grant-{indsats.id}")),
        "basketGrantId": indsats.id,
        "basketId": indsats.forloeb,
        "name": indsats.navn,
        "workflowState": state(indsats),
        "currentElements": list(_elements(indsats)),
        "futureElements": None,
        "currentWorkflowTransitions": [],
        "patient": half(borger, at),
        "_links": {"self": {"href": f"{at}/patientGrants/{indsats.id}"}},
    }
    return sent(said, [_placed(fault) for fault in indsats.fejl], "nexus")


def _placed(fault: Fejl) -> Fejl:
    """A grant's dates are elements: `startDate` is its entryDate."""
    felt = "currentElements[type=entryDate].date" if fault.felt == "startDate" else fault.felt
    return replace(fault, felt=felt)


def _elements(indsats: Indsats) -> list[dict[str, Any]]:
    supplier = None
    if indsats.leverandoer:
        supplier = {"type": "internalSupplier", "name": indsats.leverandoer, "active": True}
    return [
        {"type": "paragraph", "paragraph": {"name": indsats.paragraf, "section": indsats.paragraf}},
        {"type": "entryDate", "date": midnight(indsats.start)},
        {"type": "basketGrantEndDate", "date": midnight(indsats.slut)},
        {"type": "supplier", "supplier": supplier},
        {"type": "description", "text": indsats.beskrivelse},
        {"type": "kmdSag", "kleNumber": {"number": indsats.kle}, "actionFacet": None},
    ]
