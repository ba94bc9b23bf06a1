"""Permits to park, held by name, address and number plate: the vendor never asks for a CPR number."""

from datetime import date, timedelta
from random import Random

from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.nights.book import Book

KIND, STREAM = "tilladelse", "tilladelser"
STREAMS = {STREAM: Stream("listed whole each time, so removals show", kinds=(KIND,))}
TYPES = ("Beboerparkering", "Erhvervsparkering", "Gæsteparkering")


def fill(shelf: Shelf, rng: Random) -> None:
    """A permit for every sixth adult and for the showcase citizen, some with two; one company; four malformed."""
    day = shelf.town.day
    for person in shelf.town.each(Person, "true order by nr"):
        first = person.cpr == shelf.town.meta("showcase")
        grown = (day - person.foedt).days // 365 >= 18 and person.adresse is not None
        if first or grown and rng.random() < 1 / 6:
            for _ in range(2 if rng.random() < 0.2 else 1):
                _permit(shelf, rng, person, day)
    _spoil(shelf, rng)


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """One permit is new, one is withdrawn, one goes over to another car, one is forgotten by the vendor."""
    spoilt = {at for (at,) in shelf.town.rows("select objekt from fejl where system = ?", (shelf.system,))}
    keys = [key for key, _ in shelf.rows(KIND) if f"{KIND}/{key}" not in spoilt]
    chosen = rng.sample(keys, min(len(keys), 1 + 2 * book.times(1, 800)))
    for n, key in enumerate(chosen):
        body = shelf.one(KIND, key)
        if n == 0 or body is None:
            shelf.drop(KIND, key)
            book.write(shelf.system, STREAM, key, "", "gone")
            continue
        withdrawn = {"status": "Inddraget", "gyldigTil": book.day.isoformat()}
        shelf.put(
            KIND, key, body | (withdrawn if n % 2 and body["status"] == "Aktiv" else {"nummerplade": _plate(rng)})
        )
        book.write(shelf.system, STREAM, key, "", "changed")
    grown = [p for p in shelf.town.each(Person, "true order by nr") if p.adresse and p.foedt.year < book.day.year - 18]
    for person in rng.sample(grown, min(len(grown), 1)):
        book.write(shelf.system, STREAM, _permit(shelf, rng, person, book.day), "", "new")


def _permit(shelf: Shelf, rng: Random, person: Person, day: date) -> str:
    """A permit; gives its number."""
    home = person.adresse
    start = day - timedelta(days=rng.randint(0, 500))
    end = start + timedelta(days=365)
    number = f"P{start:%y}-{1 + int(shelf.town.rows(_LAST, (shelf.system,))[0][0]):06d}"
    body: Body = {
        "nummer": number,
        "type": TYPES[0] if rng.random() < 0.8 else rng.choice(TYPES),
        "zone": f"Zone {rng.randint(1, 5)}",
        "status": "Aktiv" if end > day else "Udløbet",
        "gyldigFra": start.isoformat(),
        "gyldigTil": end.isoformat(),
        "nummerplade": _plate(rng),
        "oprettet": f"{start.isoformat()}T09:30:00+01:00",
        "indehaver": {
            "kundenummer": f"K{100000 + person.nr}",
            "navn": person.navn.fuldt,
            "adresse": home.linje if home else "",
            "postnummer": home.postnummer if home else "",
            "by": home.by if home else "",
            "telefon": person.telefon or None,
            "hemmeligAdresse": person.beskyttelse is not None,
        },
    }
    shelf.put(KIND, number, body)
    return number


_LAST = "select coalesce(max(cast(substr(key, 5) as integer)), 0) from record where system = ?"


def _plate(rng: Random) -> str:
    """A number plate with letters that no Danish plate has."""
    return f"Q{rng.choice('ABCDEFGH')} {rng.randrange(10, 99)} {rng.randrange(100, 999)}"


def _spoil(shelf: Shelf, rng: Random) -> None:
    keys = [key for key, body in shelf.rows(KIND) if body["indehaver"]["navn"] != _showcase(shelf)]
    times = 1 + int(shelf.town.meta("citizens")) // 1000
    for n, key in enumerate(rng.sample(keys, min(len(keys), 2 * times))):
        body = shelf.one(KIND, key) or {}
        if n % 2:
            holder = {k: v for k, v in body["indehaver"].items() if k != "kundenummer"}
            shelf.spoil(STREAM, KIND, key, "id_missing", "indehaver.kundenummer", body | {"indehaver": holder})
        else:
            shelf.spoil(STREAM, KIND, key, "date_unreadable", "gyldigFra", body | {"gyldigFra": "snarest"})


def _showcase(shelf: Shelf) -> str:
    person = shelf.town.person(shelf.town.meta("showcase"))
    return person.navn.fuldt if person else ""
