"""A case and its parties as SBSYS says them."""

from typing import Any

from korsbaek.model import Aktoer, Part, Sag, Sagsregistrering
from korsbaek.systems.malformed import sent
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.times import dashed, moment

STATUS = {"Opstaaet": (6, "Opstået"), "Oplyst": (7, "Oplyst"), "Afgjort": (8, "Afgjort"), "Afsluttet": (9, "Afsluttet")}
"""SBSYS's number and name of each state of the standard; 6 is Opstået in the public sample."""


def sag(house: House, found: Sag, *, parter: bool) -> dict[str, Any]:
    """One case; `parter` adds Personer and Firmaer (InkluderParterIResultat, and always by id)."""
    nu = found.nu
    primary = next((part for part in parties(nu) if part.rolle == "primaer"), None)
    behandler = _aktoer(nu, "primaer_behandler")
    changed = moment(nu.fremdrift[-1].fra) if nu.fremdrift else None
    said: dict[str, Any] = {
        "Id": found.sbsys,
        "SagIdentity": found.uuid,
        "Nummer": nu.sagsnummer,
        "SagsNummer": _sagsnummer(nu),
        "SagsTitel": nu.titel,
        "SagsTyper": [],
        "Kommentar": nu.beskrivelse or None,
        "PrimaryPart": house.party(primary) if primary else None,
        "Opstaaet": moment(nu.fremdrift[0].fra if nu.fremdrift else nu.virkning_fra),
        "Oprettet": moment(nu.oprettet),
        "OprettetAf": house.bruger(found.registreringer[0].bruger),
        "SenestAendret": moment(nu.sts),
        "SenestAendretAf": house.bruger(nu.bruger),
        "Fagomraade": {"Id": 1, "Navn": "Standard"},
        "KommuneId": 999,
        "ErSamlesag": False,
        "ErBeskyttet": bool(nu.sikkerhedsprofiler),
        "ErBesluttet": nu.status in ("Afgjort", "Afsluttet"),
        "SenesteStatusAendring": changed,
        "SenesteStatusAendringKommentar": None,
        "SagsStatus": status(nu.status) if nu.status else None,
        "Behandler": house.bruger(behandler.uuid) if behandler else None,
        "Ansaettelsessted": house.enhed(getattr(_aktoer(nu, "ansvarlig"), "uuid", None)),
        "SecuritySetId": None,
    }
    if parter:
        said |= _parter(house, nu)
    return sent(said, found.fejl, "sbsys")


def status(name: str) -> dict[str, Any]:
    """SagsStatus by the standard's name of the state."""
    ident, navn = STATUS.get(name, (99, name))
    return {
        "Id": ident,
        "Navn": navn,
        "Orden": ident - 5,
        "SagsTilstand": "Afsluttet" if name == "Afsluttet" else "Aktiv",
        "RequireComments": False,
        "SagsStatusKommentar": None,
    }


def parties(nu: Sagsregistrering) -> list[Part]:
    """Who is a party now; SBSYS keeps no history of it."""
    return [part for part in nu.parter if part.til is None]


def _parter(house: House, nu: Sagsregistrering) -> dict[str, Any]:
    people = [part for part in parties(nu) if part.art != "cvr"]
    firms = [part for part in parties(nu) if part.art == "cvr"]
    return {
        "Personer": [
            {"Id": house.part_id(p), "Navn": p.navn} | ({"CprNummer": dashed(p.nummer)} if p.art == "cpr" else {})
            for p in people
        ],
        "Firmaer": [{"Id": house.part_id(part), "CVRNummer": part.nummer, "Navn": part.navn} for part in firms],
    }


def _aktoer(nu: Sagsregistrering, rolle: str) -> Aktoer | None:
    return next((aktoer for aktoer in nu.aktoerer if aktoer.rolle == rolle and aktoer.til is None), None)


def _sagsnummer(nu: Sagsregistrering) -> dict[str, Any]:
    year, number = ([*nu.sagsnummer.split("-"), "", ""])[3:1:-1]
    return {
        "EmneplanNummer": {"Nummer": nu.kle, "Navn": nu.kle_titel},
        "Facet": {"Nummer": nu.handlingsfacet},
        "Aarstal": 2000 + int(year) if year.isdigit() else None,
        "SekvensNummer": int(number) if number.isdigit() else None,
    }
