"""DUBU's cases on children, told to the index: the child first, a parent or grandparent beside it."""

from random import Random

from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.nights.book import Book
from korsbaek.senders.cases import Sender, Slags, born_tonight, further, open_case

STREAMS: dict[str, Stream] = {}
"""It has no door: its cases are counted where they stand, in the index."""
DUBU = Sender(
    "DUBU",
    "DUBU",
    "BOS",
    "FOELSOMME_PERSONOPLYSNINGER",
    (
        Slags("Underretning om et barn", "27.24.04", "Underretninger", "G01",
              "Skolen har underrettet om bekymring for barnets trivsel.", "Barnets lov § 133"),
        Slags("Børnefaglig undersøgelse", "27.24.08", "Undersøgelser", "G01",
              "Barnets og familiens forhold undersøges.", "Barnets lov § 20"),
        Slags("Støttende indsats i hjemmet", "27.24.12", "Støttende indsatser", "G01",
              "Familien får en fast kontaktperson.", "Barnets lov § 32"),
    ),
)  # fmt: skip
ADULT = 18


def fill(shelf: Shelf, rng: Random) -> None:
    """A case for every fourth child; the showcase citizen stands beside the first, whose family hides no address.

    A page that names somebody hidden tells of no property.
    """
    people = {p.cpr: p for p in shelf.town.each(Person, "true order by nr")}
    showcase = people[shelf.town.meta("showcase")]
    children = sorted((p for p in people.values() if _child(shelf, p)), key=lambda p: _hidden(people, p))
    for n, child in enumerate(children):
        if n and rng.random() >= 0.25:
            continue
        mother = people.get(child.mor.cpr or "") if child.mor else None
        beside = [p for p in ((mother, showcase) if n == 0 else (mother,)) if p is not None]
        open_case(shelf, rng, DUBU, [child, *beside], (rng.randint(20, 900), rng.randint(0, 3)))


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """A new notification, and an older case that comes further."""
    children = [p for p in shelf.town.each(Person, "true order by nr") if _child(shelf, p)]
    further(shelf, book, rng)
    if children:
        born_tonight(book, open_case(shelf, rng, DUBU, [rng.choice(children)], book.moment()))


def _hidden(people: dict[str, Person], child: Person) -> bool:
    mother = people.get(child.mor.cpr or "") if child.mor else None
    return any(p.beskyttelse is not None for p in (child, mother) if p is not None)


def _child(shelf: Shelf, person: Person) -> bool:
    return (shelf.town.day - person.foedt).days // 365 < ADULT and person.adresse is not None
