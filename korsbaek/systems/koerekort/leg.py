"""One leg of the renewal of a driving licence: municipality, doctor, police, printer, each a system of its own.

An application goes from leg to leg by the same UUID; a leg knows only what has reached it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from korsbaek.landscape import records
from korsbaek.landscape.rest import guarded, page
from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.nights.book import Book
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town

CONTRACT = Path(__file__).parents[2] / "openapi" / "koerekort.json"
TOKEN = "/oauth/token"
KIND, STREAM = "trin", "trin"
STREAMS = {STREAM: Stream("listed whole each time, so removals show")}
OPEN, DONE = "I gang", "Færdig"
FORGOTTEN = "glemt"
"""Kind of what a leg once had: it does not come in again."""


@dataclass(frozen=True)
class Leg:
    """A leg: its system, whose it is, what it does, how many days it takes, the leg before it, the one after."""

    system: str
    led: str
    opgave: str
    dage: int
    foer: str
    efter: str


LEGS = {
    leg.system: leg
    for leg in (
        Leg("koerekort", "Kommunen", "Ansøgningen behandles", 5, "", "Lægen"),
        Leg("koerekort_laege", "Lægen", "Lægeattesten vurderes", 14, "koerekort", "Politiet"),
        Leg("koerekort_politi", "Politiet", "Køreretten kontrolleres", 10, "koerekort_laege", "Trykkeriet"),
        Leg("koerekort_trykkeri", "Trykkeriet", "Kørekortet trykkes og sendes", 7, "koerekort_politi", ""),
    )
}
"""In the order in which an application goes through them."""


def _applicants(shelf: Shelf) -> list[tuple[Person, int]]:
    """Who renews, and how many legs are done (0 to 4); the showcase citizen waits for the printer."""
    rng = Random(f"{shelf.town.meta('seed')}/koerekort")
    found: list[tuple[Person, int]] = []
    for person in shelf.town.each(Person, "true order by nr"):
        if person.cpr == shelf.town.meta("showcase"):
            found.append((person, 3))
        elif _grown(shelf, person) and (len(found) < 20 or rng.random() < 0.1):
            found.append((person, len(found) % 5))
    return found


def _grown(shelf: Shelf, person: Person) -> bool:
    return person.adresse is not None and (shelf.town.day - person.foedt).days // 365 >= 18


def fill(shelf: Shelf, rng: Random) -> None:
    """What has reached the leg; two are malformed."""
    place, leg = list(LEGS).index(shelf.system), LEGS[shelf.system]
    for person, done in _applicants(shelf):
        if done >= place:
            came = shelf.town.day - timedelta(days=(done - place + 1) * 9 + person.nr % 5)
            _put(shelf, leg, person, came, shelf.town.day - timedelta(days=4) if done > place else None)
    showcase = shelf.town.meta("showcase")
    keys = [key for key, _ in shelf.rows(KIND) if shelf.owner(KIND, key) != showcase]
    for n, key in enumerate(rng.sample(keys, 2)):
        body = shelf.one(KIND, key) or {}
        field, value, slags = (("status", "Måske", "word_unknown"), ("modtaget", "i forgårs", "date_unreadable"))[n]
        shelf.spoil(STREAM, KIND, key, slags, field, body | {field: value})


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """One step is done, what the leg before has done comes in, and the oldest finished step is forgotten."""
    leg, town = LEGS[shelf.system], shelf.town
    spoilt = {at.partition("/")[2] for (at,) in town.rows(_SPOILT, (shelf.system,))}
    rows = [(k, b) for k, b in shelf.rows(KIND) if k not in spoilt and shelf.owner(KIND, k) != town.meta("showcase")]
    finished = [key for key, body in rows if body["status"] == DONE]
    if finished:
        owner = shelf.owner(KIND, finished[0])
        shelf.drop(KIND, finished[0])
        shelf.put(FORGOTTEN, finished[0], {}, owner=owner)
        book.write(shelf.system, STREAM, finished[0], owner, "gone")
    waiting = [(key, body) for key, body in rows if body["status"] == OPEN]
    for key, body in waiting[: book.times(1, 400)]:
        owner = shelf.owner(KIND, key)
        shelf.put(KIND, key, body | {"status": DONE, "afsluttet": book.moment().isoformat()}, owner=owner)
        book.write(shelf.system, STREAM, key, owner, "changed")
    for person in _arriving(shelf, leg, rng):
        key = _put(shelf, leg, person, book.day, None)
        book.write(shelf.system, STREAM, key, person.cpr, "new")


_SPOILT = "select objekt from fejl where system = ? and mended is null"


def _arriving(shelf: Shelf, leg: Leg, rng: Random) -> list[Person]:
    """Who comes to this leg tonight: those whom the leg before is done with; without one in the town, somebody new."""
    has = {cpr for (cpr,) in shelf.town.rows("select owner from record where system = ?", (shelf.system,))}
    if leg.foer in records.further(shelf.town):
        done = records.shelf(shelf.town, leg.foer).each(
            KIND, "json_extract(body, '$.status') = ? order by seq", (DONE,)
        )
        numbers = [body["cpr"].replace("-", "") for body in done]
    else:
        people = shelf.town.each(Person, "true order by nr")
        numbers = [p.cpr for p in people if _grown(shelf, p)]
        rng.shuffle(numbers)
    found = (shelf.town.person(cpr) for cpr in numbers if cpr not in has)
    return [person for person in found if person is not None][:1]


def _put(shelf: Shelf, leg: Leg, person: Person, came: date, ended: date | None) -> str:
    """The step of one application at this leg; gives its key."""
    sag = str(uuid5(NAMESPACE_URL, f"urn:korsbaek:koerekort:{person.nr}"))
    body: Body = {
        "trinId": f"{leg.system}-{person.nr}",
        "sagUuid": sag,
        "ansoegning": f"KK-{person.nr:06d}",
        "cpr": f"{person.cpr[:6]}-{person.cpr[6:]}",
        "navn": person.navn.fuldt,
        "led": leg.led,
        "opgave": leg.opgave,
        "status": DONE if ended else OPEN,
        "modtaget": f"{came.isoformat()}T08:15:00+01:00",
        "afsluttet": f"{ended.isoformat()}T14:00:00+01:00" if ended else None,
        "forventetSvar": (came + timedelta(days=leg.dage)).isoformat(),
        "naesteLed": leg.efter or None,
    }
    shelf.put(KIND, str(body["trinId"]), body, owner=person.cpr)
    return str(body["trinId"])


def served(system: str) -> Callable[[Town, dict[str, Any]], Routes]:
    """The server of one leg."""

    def app(town: Town, config: dict[str, Any]) -> Routes:
        own = records.shelf(town, system)

        def steps(request: Request) -> Any:
            start, size = page(request, "fra", 0, 10**7), page(request, "antal", 50, 200)
            if not size:
                raise HttpError(400)
            found = list(own.each(KIND, "true order by seq limit ? offset ?", (size, start)))
            return {"led": LEGS[system].led, "trin": found, "ialt": own.count(KIND)}

        routes = guarded(config, TOKEN, lambda status: {"fejl": {401: "Intet gyldigt token"}.get(status, "Ugyldig")})
        told = json.loads(CONTRACT.read_text(encoding="utf-8"))
        routes.add("GET", "/openapi.json", lambda request: told, is_open=True)
        routes.add("GET", "/api/trin", steps)
        return routes

    return app


def stated(town: Town, system: str) -> Iterator[str]:
    """The kind of each fact: the case and its party, and until when the leg has it. The first leg says when the case
    began, the last when it ended."""
    leg = LEGS[system]
    for _, step in records.sound(town, system):
        yield from ("sag", "sagsklasse", "sagspart", "frist")
        if not leg.foer or (not leg.efter and step["afsluttet"]):
            yield "fremdrift"
