"""Addresses of a person: the current one, emigration, the contact address, and where they lived before."""

from korsbaek.model import Adresse, Person
from korsbaek.systems.cpr.dates import instant
from korsbaek.systems.soap.node import Node, el, leaf
from korsbaek.town import CVR, KOMMUNEKODE


def adresse(person: Person) -> Node:
    """adressedata; a dead or emigrated person has no aktuelAdresse."""
    current = person.adresse
    return el(
        "p:adresse",
        None if current is None else _aktuel(person, current),
        _udrejse(person),
        *(_historik(old) for old in reversed(person.adresser) if old.til is not None),
    )


def _sted(a: Adresse) -> list[Node | None]:
    return [
        leaf("p:kommuneCvr", CVR if a.kommunekode == KOMMUNEKODE else None),
        ("p:kommunekode", a.kommunekode),
        ("p:vejkode", a.vejkode),
        leaf("p:husnummer", a.husnummer or None),
        leaf("p:etage", a.etage or None),
        leaf("p:sidedoer", a.doer or None),
    ]


def _aktuel(person: Person, a: Adresse) -> Node:
    return el(
        "p:aktuelAdresse",
        *_sted(a),
        ("p:postnummer", a.postnummer),
        ("p:postdistrikt", a.by),
        ("p:vejnavn", a.vejnavn),
        ("p:standardadresse", a.linje),
        ("p:adresseringsnavn", person.navn.fuldt),
        ("p:vejadresseringsnavn", a.vejnavn),
        instant("p:tilflytningsdato", a.fra),
    )


def _historik(a: Adresse) -> Node:
    return el(
        "p:adresseHistorik",
        *_sted(a),
        ("p:postnummer", a.postnummer),
        ("p:postdistrikt", a.by),
        ("p:vejnavn", a.vejnavn),
        instant("p:tilflytningsdato", a.fra),
        None if a.til is None else instant("p:fraflytningsdato", a.til),
    )


def _udrejse(person: Person) -> Node | None:
    if person.udrejst is None or person.udrejst.til is not None:
        return None
    return el(
        "p:udrejseoplysninger",
        leaf("p:udrejselandekodeMyndighedsnavn", person.udrejseland or None),
        instant("p:udrejsedato", person.udrejst.fra),
    )
