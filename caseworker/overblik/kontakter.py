"""Whom to call: the people and units behind the open cases."""

from caseworker.overblik.models import Kontakt
from caseworker.overblik.sager import Sagsdata
from caseworker.protection import Mask

ROLLER = {"primaer_behandler": "Sagsbehandler", "ansvarlig": "Ansvarlig enhed"}


def build(data: Sagsdata, mask: Mask) -> list[Kontakt]:
    """Caseworkers and units of the visible cases, each once, with a telephone number that tells no place."""
    actors = [r for sag in data.ids for r in data.now("sagsaktoer", sag) if r["rolle"] in ROLLER]
    found: dict[str, Kontakt] = {}
    for actor in sorted(actors, key=lambda r: r["rolle"] != "primaer_behandler"):
        named, home = data.aktoerer.navngivet(actor), data.aktoerer.hjem(actor)
        name = mask.text(named["fuldt_navn"] or actor["brugervendt_noegle"])
        if not name:
            continue
        found.setdefault(
            name,
            Kontakt(
                navn=name,
                enhed=mask.text(home["navn"]) if home else None,
                telefon=data.aktoerer.telefon(actor, mask),
                rolle=ROLLER[actor["rolle"]],
            ),
        )
    return list(found.values())
