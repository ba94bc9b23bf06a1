"""Who is registered for Digital Post and who is exempt: one record for each citizen whom CPR knows."""

from random import Random

from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.nights.book import Book

STREAMS = {"tilmeldinger": Stream("asked by CPR number; yes or no each time", asked=True, kinds=("tilmelding",))}
KIND, STREAM = "tilmelding", "tilmeldinger"
ADULT = 15
"""The age at which somebody gets a post box."""


def fill(shelf: Shelf, rng: Random) -> None:
    """As CPR has it, but for every fortieth, whose exemption CPR has not heard of; two in a thousand are unreadable.

    Children are not in the register, nor is an adult in fifty.
    """
    known, spoilt = sorted(_population(shelf) - {shelf.town.meta("showcase")}), 0
    absent = set(known[::50])
    for n, person in enumerate(shelf.town.each(Person, "true order by nr")):
        if person.cpr in absent or _age(shelf, person) < ADULT:
            continue
        says = person.digital_post if n % 40 != 7 else not person.digital_post
        shelf.put(KIND, str(person.nr), {"result": says}, owner=person.cpr)
    wanted = 2 * (1 + shelf.count(KIND) // 1000)
    named = set(known)
    keys = [key for key, _ in shelf.rows(KIND) if shelf.owner(KIND, key) in named]
    for spoilt, key in enumerate(rng.sample(keys, min(len(keys), wanted))):
        slags, broken = (("flag_unreadable", {"result": "ja"}), ("flag_missing", {}))[spoilt % 2]
        shelf.spoil(STREAM, KIND, key, slags, "result", dict(broken))


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """Some register, some become exempt, one comes into the register and one leaves it."""
    population, showcase = _population(shelf), shelf.town.meta("showcase")
    wrong = {at.partition("/")[2] for (at,) in shelf.town.rows(_SPOILT, (shelf.system,))}
    sound = [(key, body) for key, body in shelf.rows(KIND) if key not in wrong]
    others = population - {showcase}
    known = [(key, body) for key, body in sound if shelf.owner(KIND, key) in others]
    times = book.times(1, 400)
    chosen = rng.sample(known, min(len(known), times + 1))
    for n, (key, body) in enumerate(chosen):
        owner = shelf.owner(KIND, key)
        if n == 0:
            shelf.drop(KIND, key)
        else:
            shelf.put(KIND, key, {"result": not body["result"]}, owner=owner)
        book.write(shelf.system, STREAM, key, owner, "gone" if n == 0 else "changed")
    has = {key for key, _ in shelf.rows(KIND)} | {key for key, _ in chosen}
    absent = [p for p in shelf.town.each(Person, "true order by nr") if p.cpr in population and str(p.nr) not in has]
    for person in rng.sample(absent, min(len(absent), 1)):
        shelf.put(KIND, str(person.nr), {"result": True}, owner=person.cpr)
        book.write(shelf.system, STREAM, str(person.nr), person.cpr, "new")


def _age(shelf: Shelf, person: Person) -> int:
    return (shelf.town.day - person.foedt).days // 365


_SPOILT = "select objekt from fejl where system = ? and mended is null"


def _population(shelf: Shelf) -> set[str]:
    return {cpr for (cpr,) in shelf.town.rows("select cpr from population")}
