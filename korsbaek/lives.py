"""One person's life: name, number, addresses so far."""

from datetime import date, timedelta
from random import Random

from korsbaek.model import Adresse, Navn, Person, Relativ
from korsbaek.numbers import CprNumbers
from korsbaek.town import KOMMUNEKODE
from korsbaek.vocabulary.names import EFTERNAVNE, KVINDER, MAEND, STILLINGER
from korsbaek.vocabulary.places import BYER, NABOBYER, NABOKOMMUNE, VEJE


class Lives:
    """Makes people; all chance comes from one generator, so the order of calls is the town."""

    def __init__(self, rng: Random, day: date, numbers: CprNumbers) -> None:
        """`day` is the town's day."""
        self.rng = rng
        self.day = day
        self.numbers = numbers
        self.people: list[Person] = []

    def before(self, least: int, most: int) -> date:
        """A day that many days before the town's day."""
        return self.day - timedelta(days=self.rng.randint(least, most))

    def born(self, age: int) -> date:
        """A birthday of somebody of this age; never 1 January."""
        found = self.before(age * 365 + age // 4 + 1, age * 365 + age // 4 + 360)
        return found + timedelta(days=1) if (found.month, found.day) == (1, 1) else found

    def surname(self) -> str:
        """A family name."""
        return self.rng.choice(EFTERNAVNE)

    def address(self, fra: date, til: date | None = None, away: bool = False) -> Adresse:
        """A dwelling in Korsbaek, or in the neighbouring municipality."""
        rng = self.rng
        road = rng.randrange(len(VEJE))
        postal, town = rng.choice(NABOBYER) if away else BYER[min(rng.randrange(5), 2)]
        letter = rng.choice("ABC") if rng.random() < 0.2 else ""
        floor = rng.choice(("ST", "1", "2", "3")) if rng.random() < 0.4 else ""
        door = rng.choice(("TV", "TH", "MF")) if floor else ""
        code = NABOKOMMUNE if away else KOMMUNEKODE
        number = f"{rng.randint(1, 180):03d}{letter}"
        return Adresse(fra, til, code, f"{road * 8 + 16:04d}", VEJE[road], number, floor, door, postal, town)

    def person(self, age: int, koen: str, surname: str, home: Adresse, married: bool = False) -> Person:
        """Somebody who lives at `home` now and, when grown, elsewhere before."""
        rng = self.rng
        born = self.born(age)
        first = rng.choice(KVINDER if koen == "K" else MAEND)
        if rng.random() < 0.12:
            first += " " + rng.choice(KVINDER if koen == "K" else MAEND)
        middle = rng.choice(EFTERNAVNE) if rng.random() < 0.45 else ""
        names = [Navn(born, None, first, middle, surname)]
        wed = max(self.before(400, max(500, (age - 19) * 365)), born + timedelta(days=18 * 365)) if married else born
        if married and koen == "K" and rng.random() < 0.6:
            names = [Navn(born, wed, first, "", self.surname()), Navn(wed, None, first, middle, surname)]
        moved = max(home.fra, born)
        homes = [Adresse(moved, None, *_place(home))]
        if age >= 19 and rng.random() < 0.7:
            since = max(born, moved - timedelta(days=rng.randint(300, 4000)))
            if since < moved:
                homes.insert(0, self.address(since, moved, away=rng.random() < 0.3))
        made = Person(
            nr=len(self.people) + 1,
            cpr=self.numbers.issue(born, koen),
            koen=koen,
            foedt=born,
            navne=names,
            adresser=homes,
            status=1,
            statusdato=born,
            civilstand="G" if married else ("F" if age > 35 and rng.random() < 0.3 else "U"),
            civilstandsdato=wed,
            telefon=f"99{rng.randrange(10**6):06d}" if age > 12 else "",
            email="",
            digital_post=15 <= age < 75 or (age >= 75 and rng.random() < 0.4),
            stilling=rng.choice(STILLINGER) if 18 <= age < 67 else ("Pensionist" if age >= 67 else ""),
        )
        if 15 <= age < 85:
            made.email = f"borger{made.nr}@post.korsbaek.invalid"
        self.parents_elsewhere(made, age)
        self.people.append(made)
        return made

    def parents_elsewhere(self, child: Person, age: int) -> None:
        """Parents who are names only; a family in town replaces them by numbers."""
        if age < 90:
            rng = self.rng
            mother, father = rng.choice(KVINDER), rng.choice(MAEND)
            child.mor = Relativ(None, f"{mother} {self.surname()}", self.born(age + rng.randint(19, 36)))
            child.far = Relativ(None, f"{father} {child.navne[0].efternavn}", self.born(age + rng.randint(20, 44)))


def relative(person: Person) -> Relativ:
    """A person of the town as somebody's relative."""
    return Relativ(person.cpr, person.navn.fuldt, person.foedt)


def _place(home: Adresse) -> tuple[str, str, str, str, str, str, str, str]:
    return (
        home.kommunekode,
        home.vejkode,
        home.vejnavn,
        home.husnummer,
        home.etage,
        home.doer,
        home.postnummer,
        home.by,
    )
