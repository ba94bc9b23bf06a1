"""A case that begins in a night."""

from collections.abc import Iterable

from korsbaek.cases import Made, case
from korsbaek.hangs import Generator
from korsbaek.model import Person
from korsbaek.nights.book import Book
from korsbaek.vocabulary.cases import Slags
from korsbaek.write import put_dokumenter, put_sager


def begun(book: Book, person: Person, kinds: Iterable[Slags]) -> tuple[Slags, Made] | None:
    """A new case of a kind that fits the citizen's age, in the town and in the book, and its kind; None: no kind fits.

    Its documents and notes are in the town; that they are new is the caller's to write.
    """
    age = (book.day - person.foedt).days // 365
    fit = [kind for kind in kinds if kind.alder[0] <= age <= kind.alder[1]]
    if not fit:
        return None
    kind = book.rng.choice(fit)
    maker = Generator.for_night(book.register, book.day)
    made = case(book.register, kind, person, maker.parties(person, kind, False), age=1)
    put_sager(book.town, [made.sag])
    put_dokumenter(book.town, made.dokumenter)
    book.used.add(made.sag.uuid)
    book.sag(made.sag, "new", "new")
    return kind, made
