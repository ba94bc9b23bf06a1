"""What the placement system holds of Korsbaek: the children's places, and applications with the day of an answer."""

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from korsbaek.calendar import at_work
from korsbaek.landscape.chance import pick
from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.office import new_uuid

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

STREAMS = {name: Stream("listed whole, so removals show") for name in ("ansoegninger", "pladser")}
INSTITUTIONER = {
    "dagpleje": ("Dagplejen Korsbæk", "Dagplejen Åstrup"),
    "vuggestue": ("Børnehuset Humlebien", "Mariehønen"),
    "boernehave": ("Børnehuset Humlebien", "Skovbørnehaven Ærtebjerg"),
    "sfo": ("SFO Nørre Skole", "SFO Åen"),
}
GARANTI = 90
"""Days within which a place must be offered (dagtilbudsloven § 23: three months)."""
OPEN, ENDED = ("modtaget", "underBehandling"), ("tilbudGivet", "accepteret", "afslaaet", "trukket")


def fill(shelf: Shelf, rng: Random) -> None:
    """Every child below ten has a place or an application by a parent; the first citizen applies for a grandchild."""
    town, day = shelf.town, shelf.town.day
    children = [p for p in town.each(Person, "true order by nr") if _age(p, day) < 10 and p.status == 1]
    first = town.person(town.meta("showcase"))
    if first and children:
        grandchild = next((c for c in children if c.beskyttelse is None), children[0])
        _put_application(shelf, rng, day, grandchild, first, "modtaget")
    for child in children:
        parent = next((p for r in (child.mor, child.far) if r and r.cpr and (p := town.person(r.cpr))), None)
        applied = None
        if parent and rng.random() < 0.8:
            applied = _put_application(shelf, rng, day, child, parent, rng.choice((*OPEN, *ENDED[:2])))
        if applied is None or applied["status"] == "accepteret" or rng.random() < 0.5:
            _put(shelf, "pladser", place := _place(rng, day, child, applied), str(place["barn"]["cpr"]))
    _spoil(shelf, rng)


def _age(person: Person, day: date) -> int:
    return (day - person.foedt).days // 365


def _kind(child: Person, day: date, rng: Random) -> str:
    age = _age(child, day)
    return rng.choice(("dagpleje", "vuggestue")) if age < 3 else "boernehave" if age < 6 else "sfo"


def _person(person: Person) -> Body:
    return {"cpr": person.cpr, "navn": person.navn.fuldt}


def _put(shelf: Shelf, kind: str, body: Body, *named: str) -> None:
    shelf.put(kind, str(body["id"]), body, owner=named[0], parts=named[1:])


def _put_application(shelf: Shelf, rng: Random, day: date, child: Person, by: Person, status: str) -> Body:
    got = day - timedelta(days=rng.randint(5, 120))
    kind, number = _kind(child, day, rng), shelf.count("ansoegninger") + 1
    body: Body = {
        "id": new_uuid(rng),
        "nummer": f"PA-{got.year}-{number:05d}",
        "tilbud": kind,
        "oensketInstitution": rng.choice(INSTITUTIONER[kind]),
        "oensketFra": (got + timedelta(days=GARANTI)).isoformat(),
        "modtaget": at_work(rng, got).isoformat(timespec="seconds"),
        "status": status,
        "afgjort": at_work(rng, day - timedelta(days=2)).isoformat(timespec="seconds") if status in ENDED else None,
        "forventetSvar": (got + timedelta(days=GARANTI)).isoformat(),
        "bemaerkning": rng.choice((None, "Søskende i samme institution", "Ønsker plads tæt på Åvej")),
        "barn": _person(child),
        "ansoeger": _person(by),
    }
    _put(shelf, "ansoegninger", body, child.cpr, by.cpr)
    return body


def _place(rng: Random, day: date, child: Person, applied: Body | None) -> Body:
    kind = str(applied["tilbud"]) if applied else _kind(child, day, rng)
    return {
        "id": new_uuid(rng),
        "ansoegning": applied["id"] if applied else None,
        "tilbud": kind,
        "institution": applied["oensketInstitution"] if applied else rng.choice(INSTITUTIONER[kind]),
        "fra": (day - timedelta(days=rng.randint(10, 400))).isoformat(),
        "til": None,
        "timerPrUge": rng.choice((20, 30, 48)),
        "barn": _person(child),
    }


def _spoil(shelf: Shelf, rng: Random) -> None:
    """An application with a day of answer that there is none of, a place without its institution."""
    key, one = rng.choice(shelf.rows("ansoegninger", "true order by seq limit -1 offset 1"))
    shelf.spoil(
        "ansoegninger", "ansoegninger", key, "date_impossible", "forventetSvar", one | {"forventetSvar": "2026-02-30"}
    )
    key, place = rng.choice(shelf.rows("pladser"))
    nameless = {name: value for name, value in place.items() if name != "institution"}
    shelf.spoil("pladser", "pladser", key, "institution_missing", "institution", nameless)


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """An application is decided, a place ends, another is struck out, and a child is applied for."""
    times = book.times(1, 500)
    for key, one in pick(shelf, book, rng, "ansoegninger", times):
        status = (
            "tilbudGivet" if one["status"] in OPEN else "accepteret" if one["status"] == "tilbudGivet" else "trukket"
        )
        decided = {"status": status, "afgjort": book.moment().isoformat(timespec="seconds"), "bemaerkning": "Afgjort"}
        owner = shelf.owner("ansoegninger", key)
        _put(shelf, "ansoegninger", one | decided, owner, *shelf.named("ansoegninger", key))
        book.write("dagtilbud", "ansoegninger", key, owner, "changed")
    for key, _ in pick(shelf, book, rng, "pladser", times):
        book.write("dagtilbud", "pladser", key, shelf.owner("pladser", key), "gone")
        shelf.drop("pladser", key)
    for key, place in pick(shelf, book, rng, "pladser", times):
        owner = shelf.owner("pladser", key)
        _put(shelf, "pladser", place | {"til": None if place["til"] else book.day.isoformat()}, owner)
        book.write("dagtilbud", "pladser", key, owner, "changed")
    for _ in range(times):
        _, one = rng.choice(shelf.rows("ansoegninger"))
        child, by = shelf.town.person(one["barn"]["cpr"]), shelf.town.person(one["ansoeger"]["cpr"])
        if child and by:
            new = _put_application(shelf, rng, book.day, child, by, "modtaget")
            book.write("dagtilbud", "ansoegninger", str(new["id"]), child.cpr, "new")
