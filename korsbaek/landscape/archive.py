"""Cases of an archive beside SBSYS, in the town's own words; each system writes them as its contract wants."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from korsbaek.model import Bruger, Enhed, Person, Virksomhed
from korsbaek.town import Town
from korsbaek.vocabulary.archives import Emne


@dataclass(frozen=True)
class Papir:
    """A document: title, direction (I in, U out, N internal), day, and the day by which it wants an answer."""

    nr: int
    titel: str
    retning: str
    dag: date
    svarfrist: date | None = None


@dataclass(frozen=True)
class Arkivsag:
    """One archived case of one citizen, perhaps with a second one or a company."""

    nr: int
    emne: Emne
    borger: Person
    anden: str
    """CPR number of a second party; empty for none."""
    anden_navn: str
    firma: Virksomhed | None
    bruger: Bruger
    enhed: Enhed
    oprettet: date
    lukket: date | None
    frist: date | None
    papirer: tuple[Papir, ...]


class Archive:
    """Makes cases by chance; `first` numbers the first one."""

    def __init__(self, town: Town, rng: Random, emner: Sequence[Emne], first: int) -> None:
        self.town, self.rng, self.emner, self.nr = town, rng, emner, first
        self.showcase = town.meta("showcase")
        self._enheder = {e.uuid: e for e in town.each(Enhed)}
        self._brugere = list(town.each(Bruger, "true order by id"))
        self._firmaer = list(town.each(Virksomhed, "true order by cvr"))

    def people(self) -> Iterator[Person]:
        """Everybody who is alive and known to CPR, in the order of the town."""
        return (p for p in self.town.each(Person, "true order by nr") if p.status in (1, 3, 5, 7))

    @property
    def steady(self) -> set[str]:
        """Citizens whom several cases of the index name: no record of another system decides whether they are known."""
        named = "select nummer from sagspart p join sag s on s.uuid = p.sag where p.art = 'cpr' and s.indeks = 1"
        found = self.town.rows(f"{named} group by nummer having count(distinct s.uuid) > 2")
        return {cpr for (cpr,) in found} - {self.showcase}

    def all(self, share: float) -> Iterator[Arkivsag]:
        """Cases of this share of the people, of ten of them at least, of the first citizen, and of some steady ones."""
        people = list(self.people())
        need = max(share, min(1.0, 10 / len(people)))
        for person in people:
            count = 2 if person.cpr == self.showcase else int(self.rng.random() < need)
            for _ in range(count):
                yield self.case(person)
        steady = self.steady
        for person in [p for p in people if p.cpr in steady][:4]:
            yield self.case(person, alone=True)

    def case(self, person: Person, day: date | None = None, alone: bool = False) -> Arkivsag:
        """A case of a citizen, `alone` or not; `day`: opened then, else some time in the last two years."""
        rng, today = self.rng, self.town.day
        child = (today - person.foedt).days < 18 * 365
        emne = rng.choice([e for e in self.emner if e.barn == child] or list(self.emner))
        opened = day or today - timedelta(days=rng.randint(3, 700))
        closed = opened + timedelta(days=rng.randint(20, 200)) if day is None and rng.random() < 0.5 else None
        closed = closed if closed and closed < today else None
        workers = [b for b in self._brugere if self._enheder[b.enhed].noegle == emne.enhed]
        worker = rng.choice(workers)
        other = person.aegtefaelle if rng.random() < 0.2 and not alone else None
        papers = tuple(self._paper(n, titel, retning, opened) for n, (titel, retning) in enumerate(emne.papirer))
        self.nr += 1
        return Arkivsag(
            nr=self.nr,
            emne=emne,
            borger=person,
            anden=(other.cpr or "") if other else "",
            anden_navn=other.navn if other and other.cpr else "",
            firma=rng.choice(self._firmaer) if rng.random() < 0.08 else None,
            bruger=worker,
            enhed=self._enheder[worker.enhed],
            oprettet=opened,
            lukket=closed,
            frist=(closed or today) + timedelta(days=rng.randint(-5, 60)) if emne.frist else None,
            papirer=papers,
        )

    def _paper(self, place: int, titel: str, retning: str, opened: date) -> Papir:
        day = min(self.town.day, opened + timedelta(days=place * self.rng.randint(2, 14)))
        answer = day + timedelta(days=14) if retning == "I" and self.rng.random() < 0.3 else None
        return Papir(place + 1, titel, retning, day, answer)
