"""What Cura holds of Korsbaek: citizens in home care, what they are granted, what hospitals and doctors write."""

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from korsbaek.calendar import at_work
from korsbaek.landscape.chance import pick
from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.systems.cura.resources import grant, instant, message, patient, touched
from korsbaek.systems.cura.words import BESKEDER, YDELSER

if TYPE_CHECKING:
    from korsbaek.nights.book import Book


def _mended(body: Body, moment: str) -> str:
    body["meta"] = body["meta"] | {"lastUpdated": instant(datetime.fromisoformat(moment))}
    return str(body["meta"]["lastUpdated"])


_CONTRACT = "delta by _lastUpdated; a removal shows only in a pass over all ids"
STREAMS = {
    stream: Stream(_CONTRACT, removals="reconciliation", kinds=(kind,), mended=_mended)
    for stream, kind in (("borgere", "Patient"), ("ydelser", "ProcedureRequest"), ("beskeder", "Communication"))
}
STREAM_OF = {stream.kinds[0]: name for name, stream in STREAMS.items()}


def put(shelf: Shelf, body: Body, cpr: str) -> None:
    """A resource under its id, ordered by when it was changed."""
    changed = str(body["meta"]["lastUpdated"])
    shelf.put(str(body["resourceType"]), str(body["id"]), body, owner=cpr, changed=changed)


def _id(rng: Random) -> str:
    """A new id: nine digits, whatever the kind."""
    return str(rng.randrange(10**8, 10**9))


def fill(shelf: Shelf, rng: Random) -> None:
    """The old who live at home, some of Nexus's citizens, and the first citizen."""
    town, day = shelf.town, shelf.town.day
    for person in town.each(Person, "true order by nr"):
        age = (day - person.foedt).days // 365
        nexus = town.nexus_by_cpr(person.cpr)
        chance = 0.5 if nexus else 0.35 if age >= 70 else 0.0
        if person.status == 1 and (person.cpr == town.meta("showcase") or rng.random() < chance):
            _citizen(shelf, rng, day, person)
    _spoil(shelf, rng)


def _citizen(shelf: Shelf, rng: Random, day: date, person: Person) -> None:
    key, home = _id(rng), person.adresse
    given = " ".join(filter(None, (person.navn.fornavn, person.navn.mellemnavn)))
    # Home care writes down where the key is handed over; one in five has moved since.
    line = "Gammelgade 4" if rng.random() < 0.2 else home.linje if home else ""
    place = (home.postnummer, home.by) if home else ("4995", "Korsbæk")
    phone = person.telefon if rng.random() < 0.6 else f"99{rng.randrange(10**6):06d}"
    at = at_work(rng, day - timedelta(days=rng.randint(2, 300)))
    put(shelf, patient(key, person.cpr, (given, person.navn.efternavn), phone, line, place, at), person.cpr)
    for what in rng.sample(YDELSER, rng.randint(1, 3)):
        start = day - timedelta(days=rng.randint(20, 900))
        end = start + timedelta(days=rng.randint(60, 400)) if rng.random() < 0.3 else None
        put(shelf, grant(_id(rng), key, what, start, end, at_work(rng, start)), person.cpr)
    nexus = shelf.town.nexus_by_cpr(person.cpr)
    for twice in nexus.indsatser[:1] if nexus else []:
        # The same help stands in both care systems.
        what = ("NX", twice.navn, twice.paragraf)
        put(shelf, grant(_id(rng), key, what, twice.start, twice.slut, at_work(rng, twice.start)), person.cpr)
    for what2 in rng.sample(BESKEDER, rng.randint(0, 2)):
        put(
            shelf,
            message(_id(rng), key, what2, at_work(rng, day - timedelta(days=rng.randint(3, 90)))),
            person.cpr,
        )


def _spoil(shelf: Shelf, rng: Random) -> None:
    """A grant with a day that there is none of, another without its name, a message without a time."""
    (key, one), (key2, two) = rng.sample(shelf.rows("ProcedureRequest"), 2)
    wrong = {"url": one["extension"][0]["url"], "valuePeriod": {"start": "2025-13-01"}}
    broken = one | {"extension": [wrong, *one["extension"][1:]]}
    shelf.spoil("ydelser", "ProcedureRequest", key, "date_impossible", "extension.valuePeriod.start", broken)
    shelf.spoil("ydelser", "ProcedureRequest", key2, "name_missing", "code.coding", two | {"code": {"coding": []}})
    key, sent = rng.choice(shelf.rows("Communication"))
    shelf.spoil("beskeder", "Communication", key, "date_unreadable", "sent", sent | {"sent": "i går"})


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """A number changes, a grant ends, a message comes, and two resources are deleted."""
    times = book.times(1, 400)
    for kind in ("ProcedureRequest", "Communication"):
        for key, _ in pick(shelf, book, rng, kind, times):
            book.write("cura", STREAM_OF[kind], key, shelf.owner(kind, key), "gone")
            shelf.drop(kind, key)
    for key, citizen in pick(shelf, book, rng, "Patient", times):
        telecom = [{"system": "phone", "use": "mobile", "value": f"99{rng.randrange(10**6):06d}"}]
        _write(shelf, book, touched(citizen, book.moment(), telecom=telecom), "changed", shelf.owner("Patient", key))
        new = message(_id(rng), key, rng.choice(BESKEDER), book.moment())
        _write(shelf, book, new, "new", shelf.owner("Patient", key))
    for key, given in pick(shelf, book, rng, "ProcedureRequest", times):
        status = "active" if given["status"] == "completed" else "completed"
        again = touched(given, book.moment(), status=status)
        _write(shelf, book, again, "changed", shelf.owner("ProcedureRequest", key))


def _write(shelf: Shelf, book: "Book", body: Body, what: str, cpr: str) -> None:
    put(shelf, body, cpr)
    at = STREAM_OF[str(body["resourceType"])]
    book.write("cura", at, str(body["id"]), cpr, "new" if what == "new" else "changed")
