"""The book of one night: which record of which stream is new, changed or gone, and what of it can be seen outside."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal, TypeVar

from korsbaek.calendar import midnight
from korsbaek.care import Ward
from korsbaek.cases import Register
from korsbaek.grants import Purse
from korsbaek.landscape import records
from korsbaek.model import Sag
from korsbaek.office import Office
from korsbaek.papers import Papers
from korsbaek.town import Town, table
from korsbaek.write import put_meta

T = TypeVar("T")
What = Literal["new", "changed", "gone", "touched", "mended"]
"""`touched`: only the vendor's time of change moved. `mended`: the record was malformed and is no more."""
Key = tuple[str, str, str, str]


@dataclass
class Book:
    """One night: the town, its chance, its counters, and what has been written down so far."""

    town: Town
    number: int
    day: date
    rng: Random
    register: Register
    purse: Purse
    ward: Ward
    before: frozenset[str]
    """Who was in the population (numbers that a listed system names) when the night fell."""
    written: dict[Key, What] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Objects that something has happened to this night already, and those that nothing may happen to."""

    def moment(self) -> datetime:
        """An instant of the small hours of the new day."""
        return midnight(self.day) + timedelta(milliseconds=self.rng.randrange(300_000, 18_000_000))

    def write(self, system: str, stream: str, key: str, owner: str, what: What) -> None:
        """Writes down what happened to one record; what weighs more stands."""
        at = (system, stream, key, owner)
        rank = ("touched", "changed", "mended", "new", "gone")
        had = self.written.get(at)
        if had is None or rank.index(what) > rank.index(had):
            self.written[at] = what

    def sag(self, sag: Sag, index: What, sbsys: What) -> None:
        """Writes down a case in each system that has it."""
        owner = owner_of(sag)
        if sag.indeks:
            self.write("sdi", "sager", sag.uuid, owner, index)
        if sag.sbsys is not None:
            self.write("sbsys", "sager", str(sag.sbsys), owner, sbsys)

    def pick(self, kind: type[T], where: str, count: int, column: str = "uuid") -> list[T]:
        """So many records, by chance, that nothing has happened to yet."""
        rows = self.town.rows(f"select {column} from {table(kind)} where {where} order by {column}")
        keys = [key for (key,) in rows if str(key) not in self.used]
        chosen = self.rng.sample(keys, min(count, len(keys)))
        self.used.update(str(key) for key in chosen)
        found: list[T] = []
        for key in chosen:
            one = self.town.one(kind, f"{column} = ?", (key,))
            if one is not None:
                found.append(one)
        return found

    def times(self, least: int, each: int) -> int:
        """How often something happens in a town of this size: `least`, and once more for every `each` citizens."""
        return least + int(self.town.meta("citizens")) // each


def owner_of(sag: Sag) -> str:
    """The CPR number of the first citizen on a case; empty when there is none."""
    return next((part.nummer for part in sag.nu.parter if part.art == "cpr"), "")


def open_book(town: Town) -> Book:
    """The next night's book."""
    number, seed = int(town.meta("nights")) + 1, int(town.meta("seed"))
    day = town.day + timedelta(days=1)
    rng = Random(f"{seed}/night/{number}")
    office, after = Office(seed), day + timedelta(days=1)
    count = {name: int(value) for name, value in town.rows("select name, value from meta") if value.isdigit()}
    register = Register(
        rng,
        office,
        after,
        Papers(rng, count["dokumenter"], count["notater"]),
        count["sager"],
        count["sbsys"],
        count["forloeb"],
    )
    book = Book(
        town,
        number,
        day,
        rng,
        register,
        Purse(rng, office, after, count["bevillinger"], count["effektueringer"]),
        Ward(rng, after, count["patienter"], count["indsatser"]),
        population(town),
    )
    wrong = "from fejl where mended is null"
    spared = f"select objekt {wrong} union select sag {wrong} and sag is not null union select key from brud"
    book.used.update(key for (key,) in town.rows(spared))
    return book


def close_book(book: Book) -> None:
    """Counters on, a page in the ledger."""
    after = population(book.town)
    for cpr in sorted(after - book.before):
        book.write("cpr", "person", "person", cpr, "new")
        records.met(book, cpr)
    register, papers = book.register, book.register.papers
    put_meta(book.town, sager=register.sager, sbsys=register.sbsys, forloeb=register.nexus)
    put_meta(book.town, dokumenter=papers.dokumenter, notater=papers.notater)
    put_meta(book.town, bevillinger=book.purse.bevillinger, effektueringer=book.purse.effektueringer)
    put_meta(book.town, patienter=book.ward.patienter, indsatser=book.ward.indsatser)
    put_meta(book.town, nights=book.number, day=book.day)
    known, companies = book.before | after, records.companies(book.town)
    book.town.db.executemany(
        "insert into change values (?, ?, ?, ?, ?, ?, ?)",
        [
            (book.number, *at, what, revealed(book.town, at, what, known, companies))
            for at, what in sorted(book.written.items())
        ],
    )


def revealed(town: Town, at: Key, what: What, known: Collection[str], companies: Collection[str]) -> str:
    """What a stream's contract shows of a change outside; `known` and `companies`: whom listed systems name.

    `pull`: the next ordinary sync. `reconciliation`: only a pass over all keys (an index does not tell of removals).
    `asked`: when the person is asked for again, since their turn has come or a message names them.
    `never`: the stream is asked by person, and no listed system names this one.
    """
    system, stream, _, owner = at
    if system in records.further(town):
        return records.revealed(system, stream, what == "gone", owner in known or owner in companies)
    if system in ("sdi", "ydi"):
        return "reconciliation" if what == "gone" else "pull"
    if system == "sbsys":
        return "pull"
    if owner not in known:
        return "never"
    return "asked" if system == "cpr" and what != "new" else "pull"


def population(town: Town) -> frozenset[str]:
    """Numbers of the citizens that a case, grant or payment names in a system that can be listed."""
    return frozenset(cpr for (cpr,) in town.rows("select cpr from population"))
