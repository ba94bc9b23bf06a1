"""Reminders on a case: one for each state it is or was in, done once the next state has come."""

from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from korsbaek.model import Sag
from korsbaek.reminders import erindringer, number
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.times import moment

TYPER = {
    "Frist": {"Id": 1, "Navn": "Frist", "DisplayName": "Frist", "SynlighedIDage": 0, "DeadlineIDage": 28},
    "Opfølgning": {
        "Id": 2,
        "Navn": "Opfølgning",
        "DisplayName": "Opfølgning",
        "SynlighedIDage": 7,
        "DeadlineIDage": 90,
    },
}
"""Types by name, as api/erindring/typer gives them."""
_SAID = {
    "Opstaaet": ("Frist", "Oplys sagen", "Indhent det, der mangler, før sagen kan afgøres."),
    "Oplyst": ("Frist", "Træf afgørelse", "Sagen er oplyst og venter på en afgørelse."),
    "Afgjort": ("Opfølgning", "Følg op på afgørelsen", ""),
}
"""What a case in each state must be reminded of: type, name, description."""


def on(house: House, sag: Sag) -> list[dict[str, Any]]:
    """The ErindringDto of each reminder on a case, also those that are done."""
    return [_erindring(house, sag, n) for n in erindringer(sag)]


def _erindring(house: House, sag: Sag, n: int) -> dict[str, Any]:
    states = sag.nu.fremdrift
    kind, navn, tekst = _SAID[states[n].status]
    since = states[n].fra.date()
    deadline = _deadline(house.born, f"{sag.uuid}/{n}", since, n == len(states) - 1)
    answers = next((a for a in sag.nu.aktoerer if a.rolle == "primaer_behandler" and a.til is None), None)
    behandler = house.bruger(answers.uuid) if answers else None
    return {
        "Id": number(sag, n),
        "SagId": sag.sbsys,
        "Navn": navn,
        "Beskrivelse": tekst,
        "HarDeadline": deadline is not None,
        "Deadline": moment(deadline),
        "DeadlineStatus": None,
        "SynligFra": moment(since),
        "ErAfsluttet": n < len(states) - 1,
        "ErindringType": {name: TYPER[kind][name] for name in ("Id", "Navn")},
        "Ansvarlig": behandler,
        "Opretter": behandler,
    }


def _deadline(born: date, seed: str, since: date, current: bool) -> date | None:
    """One in four reminders has none; that of a state that has long lasted was moved to around the town's first day."""
    chance = int.from_bytes(blake2b(seed.encode(), digest_size=4).digest())
    if chance % 4 == 0:
        return None
    if current and since < born:
        return born + timedelta(days=chance % 90 - 12)
    return since + timedelta(days=28)
