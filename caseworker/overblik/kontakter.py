"""Whom to call: the people and units behind the open cases."""

from sqlalchemy import Connection

from caseworker.overblik.models import Kontakt
from caseworker.overblik.sager import Sagsdata
from caseworker.protection import Mask
from caseworker.reading import facts, is_true
from caseworker.tid import Tid

ROLLER = {"primaer_behandler": "Sagsbehandler", "ansvarlig": "Ansvarlig enhed"}


def build(connection: Connection, data: Sagsdata, tid: Tid, mask: Mask) -> list[Kontakt]:
    """Caseworkers and units of the visible cases, each once, with a telephone number that tells no place."""
    actors = [r for sag in data.ids for r in data.now("sagsaktoer", sag) if r["rolle"] in ROLLER]
    refs = {r["reference"] for r in actors if r["reference"]}
    units = {r["objekt"]: r for r in facts(connection, "organisationenhed", refs, tid) if is_true(r, tid)}
    users = {r["objekt"]: r for r in facts(connection, "bruger", refs, tid) if is_true(r, tid)}
    of_users = {r["enhed"] for r in users.values() if r["enhed"]}
    homes = {r["objekt"]: r for r in facts(connection, "organisationenhed", of_users, tid) if is_true(r, tid)}
    found: dict[str, Kontakt] = {}
    for actor in sorted(actors, key=lambda r: r["rolle"] != "primaer_behandler"):
        user, unit = users.get(actor["reference"]), units.get(actor["reference"])
        said = user or unit
        name = mask.text(actor["fuldt_navn"] or (said["navn"] if said else None) or actor["brugervendt_noegle"])
        if not name:
            continue
        home = homes.get(user["enhed"]) if user else None
        told = (actor["fuldt_navn"], actor["brugervendt_noegle"], *(r["navn"] for r in (user, unit, home) if r))
        # The number of an institution tells where a protected child is as well as its name does.
        open_to_call = not mask.hides(*told)
        phone = next((r["telefon"] for r in (user, unit, home) if r and r["telefon"]), None) if open_to_call else None
        found.setdefault(
            name,
            Kontakt(
                navn=name,
                enhed=mask.text(home["navn"]) if home else None,
                telefon=phone,
                rolle=ROLLER[actor["rolle"]],
            ),
        )
    return list(found.values())
