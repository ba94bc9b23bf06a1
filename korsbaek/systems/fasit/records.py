"""Fasit's cases on employment, told to the index."""

from random import Random

from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person
from korsbaek.nights.book import Book
from korsbaek.senders.cases import Sender, Slags, born_tonight, further, open_case

STREAMS: dict[str, Stream] = {}
"""It has no door: its cases are counted where they stand, in the index."""
FASIT = Sender(
    "Fasit",
    "FASIT",
    "JOB",
    "FORTROLIGE_PERSONOPLYSNINGER",
    (
        Slags("Kontaktforløb i jobcentret", "15.20.04", "Kontaktforløb", "G01",
              "Borgeren mødes jævnligt med sin jobkonsulent.", "Lov om en aktiv beskæftigelsesindsats § 26"),
        Slags("Virksomhedspraktik", "15.20.13", "Virksomhedspraktik", "G01",
              "Fire ugers praktik aftales med en virksomhed.", "Lov om en aktiv beskæftigelsesindsats § 57"),
        Slags("Jobafklaringsforløb", "15.20.21", "Jobafklaring", "G01",
              "Borgeren er sygemeldt, og vejen tilbage afklares.", "Lov om en aktiv beskæftigelsesindsats § 107"),
    ),
)  # fmt: skip
YOUNGEST, OLDEST = 18, 67


def fill(shelf: Shelf, rng: Random) -> None:
    """A case for one in ten of working age; the showcase citizen's is from before she retired."""
    for person in shelf.town.each(Person, "true order by nr"):
        if person.cpr == shelf.town.meta("showcase"):
            open_case(shelf, rng, FASIT, [person], (1500, 3))
        elif _works(shelf, person) and rng.random() < 0.1:
            open_case(shelf, rng, FASIT, [person], (rng.randint(20, 900), rng.randint(0, 3)))


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """A new course, and an older case that comes further."""
    grown = [p for p in shelf.town.each(Person, "true order by nr") if _works(shelf, p)]
    further(shelf, book, rng)
    if grown:
        born_tonight(book, open_case(shelf, rng, FASIT, [rng.choice(grown)], book.moment()))


def _works(shelf: Shelf, person: Person) -> bool:
    return YOUNGEST <= (shelf.town.day - person.foedt).days // 365 < OLDEST and person.adresse is not None
