"""Relatives of a person: by number, or by name and birthday when they have none."""

from korsbaek.model import Person, Relativ
from korsbaek.systems.cpr.dates import day
from korsbaek.systems.soap.node import Node, el, leaf


def relationer(person: Person) -> Node:
    """Spouse, children, parents, and who has custody of a child."""
    return el(
        "p:relationer",
        _relativ("p:aegtefaelle", person.aegtefaelle),
        *(el("p:barn", ("p:personnummer", child.cpr)) for child in person.boern if child.cpr),
        _relativ("p:mor", person.mor),
        _relativ("p:far", person.far),
        *(_custody(kind, number) for number, kind in person.foraeldremyndighed),
    )


def _relativ(name: str, relative: Relativ | None) -> Node | None:
    if relative is None:
        return None
    if relative.cpr:
        return el(name, ("p:personnummer", relative.cpr))
    return el(
        name,
        None if relative.foedt is None else day("p:foedselsdato", relative.foedt),
        leaf("p:navn", relative.navn or None),
    )


def _custody(kind: str, number: str) -> Node:
    """3 is the mother and 4 the father, who are known from above; 5 and 6 are somebody else, named here."""
    return el(
        "p:foraeldremyndighed",
        ("p:foraeldremyndighedtype", kind),
        leaf("p:relationPersonnummer", number if kind in ("5", "6") else None),
    )
