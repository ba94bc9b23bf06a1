"""Units, users, persons, addresses and functions as SF1500 v6 writes them."""

from typing import Any

from korsbaek.systems.organisation import roles
from korsbaek.systems.register.wire import adresse, registrering, relation, virkning
from korsbaek.systems.soap.node import Node, el, leaf

ORGANISATION = "0d2c3b4a-5e6f-4a7b-8c9d-a0b1c2d3e4f5"
"""The municipality itself as an Organisation (invented)."""
Body = dict[str, Any]


def enhed(body: Body) -> Node:
    """A unit."""
    navne = [
        el("oe:Egenskab", virkning(n), ("sd:BrugervendtNoegleTekst", body["noegle"]), ("sd:EnhedNavn", n["navn"]))
        for n in body["navne"]
    ]
    relationer = [
        adresse(a, a["rolle"], roles.ADRESSE_ENHED, a["label"], str(n)) for n, a in enumerate(body["adresser"], 1)
    ]
    relationer += [relation("sd:Overordnet", o, o["uuid"]) for o in body["overordnet"]]
    relationer.append(relation("sd:Tilhoerer", body["navne"][0], ORGANISATION))
    return registrering("oe", body, navne, _gyldighed(body), relationer)


def bruger(body: Body) -> Node:
    """A user; one that is malformed may come without any Egenskab."""
    egenskab = el(
        "bru:Egenskab",
        virkning(body["egenskab"]),
        leaf("sd:BrugervendtNoegleTekst", body["egenskab"].get("noegle")),
        ("sd:BrugerNavn", body["egenskab"]["logon"]),
    )
    relationer = [
        adresse(a, a["rolle"], roles.ADRESSE_BRUGER, a["label"], str(n)) for n, a in enumerate(body["adresser"], 1)
    ]
    relationer.append(relation("sd:Tilhoerer", body["egenskab"], ORGANISATION))
    relationer.append(relation("sd:TilknyttedePersoner", body["egenskab"], body["person"]))
    return registrering("bru", body, [] if body.get("tavs") else [egenskab], _gyldighed(body), relationer)


def person(body: Body) -> Node:
    """Whoever the user is; the number is for those only whose agreement has it (SeCPR)."""
    return registrering(
        "per",
        body,
        [el("per:Egenskab", virkning(body["egenskab"]), ("per:NavnTekst", body["egenskab"]["navn"]))],
        [],
        [],
    )


def adressen(body: Body) -> Node:
    """An address of any kind: a telephone number is one."""
    egenskab = body["egenskab"]
    return registrering(
        "adr", body, [el("adr:Egenskab", virkning(egenskab), ("sts:AdresseTekst", egenskab["tekst"]))], [], []
    )


def funktion(body: Body) -> Node:
    """Somebody's position in a unit, or somebody's leading it."""
    egenskab = body["egenskab"]
    return registrering(
        "ofu",
        body,
        [el("ofu:Egenskab", virkning(egenskab), ("sd:FunktionNavn", egenskab["navn"]))],
        _gyldighed(body),
        [
            relation("sd:Funktionstype", egenskab, body["type"]),
            *([relation("sd:TilknyttedeBrugere", egenskab, body["bruger"])] if body["bruger"] else []),
            relation("sd:TilknyttedeEnheder", egenskab, body["enhed"]),
            relation("sd:TilknyttedeOrganisationer", egenskab, ORGANISATION),
        ],
    )


def _gyldighed(body: Body) -> list[Node]:
    return [el("of:Gyldighed", virkning(g), ("of:GyldighedStatusKode", g["status"])) for g in body["gyldighed"]]
