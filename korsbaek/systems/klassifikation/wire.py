"""Classes and facets as Klassifikation v6 writes them."""

from typing import Any

from korsbaek.systems.register.wire import registrering, relation, virkning
from korsbaek.systems.soap.node import Node, el, flag, leaf

Body = dict[str, Any]


def klasse(body: Body) -> Node:
    """A class; one that is malformed may come without any Egenskab."""
    egenskaber = [
        el(
            "kla:Egenskab",
            virkning(e),
            ("sd:BrugervendtNoegleTekst", e["noegle"]),
            leaf("sd:BeskrivelseTekst", e.get("beskrivelse")),
            ("sd:TitelTekst", e["titel"]),
        )
        for e in body["egenskaber"]
    ]
    over = body["overordnet"]
    return registrering(
        "kla",
        body,
        egenskaber,
        [
            el("kla:PubliceretStatus", virkning(p), flag("sd:ErPubliceretIndikator", p["ja"]))
            for p in body["publiceret"]
        ],
        [
            *(relation("sd:Erstatter", e, e["uuid"]) for e in body["erstatter"]),
            relation("sd:Facet", body["publiceret"][0], body["facet"]),
            *([relation("sd:OverordnetKlasse", body["publiceret"][0], over)] if over else []),
        ],
    )


def facet(body: Body) -> Node:
    """A facet: one list of classes."""
    egenskab = el(
        "fac:Egenskab", virkning(body), ("sd:BrugervendtNoegleTekst", body["noegle"]), ("sd:TitelTekst", body["titel"])
    )
    publiceret = el("fac:PubliceretStatus", virkning(body), flag("sd:ErPubliceretIndikator", True))
    return registrering("fac", body, [egenskab], [publiceret], [])
