"""The people of the town, household by household."""

from datetime import date, timedelta
from random import Random

from korsbaek.lives import Lives, relative
from korsbaek.model import Periode, Person, Relativ, TidligereCpr
from korsbaek.numbers import CprNumbers
from korsbaek.vocabulary.places import LANDE


def populate(seed: int, citizens: int, day: date) -> list[Person]:
    """Exactly so many citizens; the first households always hold what a town of any size must have."""
    lives = Lives(Random(f"{seed}/people"), day, CprNumbers(Random(f"{seed}/numbers")))
    rng = lives.rng
    couple(lives, 71, 69)
    mother = family(lives, 38, 40, (4, 9))
    protect(lives, mother)
    replaced(lives, alone(lives, 52))
    widowed(lives, couple(lives, 80, 77))
    emigrate(lives, alone(lives, 29))
    while len(lives.people) < citizens:
        left = citizens - len(lives.people)
        kind = rng.random()
        if left < 5 or kind < 0.42:
            someone = alone(lives, _age(rng))
        elif kind < 0.64:
            age = _age(rng)
            someone = couple(lives, age, max(19, age + rng.randint(-6, 4)))
        elif kind < 0.88:
            age = rng.randint(24, 52)
            kids = tuple(rng.randint(0, min(17, age - 20)) for _ in range(rng.randint(1, 3)))
            someone = family(lives, age, age + rng.randint(-2, 7), kids)
        else:
            age = rng.randint(22, 50)
            someone = family(
                lives, age, None, tuple(rng.randint(0, min(17, age - 19)) for _ in range(rng.randint(1, 2)))
            )
        _turns(lives, someone)
    related(lives)
    return lives.people


def _age(rng: Random) -> int:
    return rng.choice((rng.randint(19, 35), rng.randint(30, 64), rng.randint(60, 98)))


def _turns(lives: Lives, someone: Person) -> None:
    chance = lives.rng.random()
    if chance < 0.04:
        protect(lives, someone)
    elif chance < 0.05:
        replaced(lives, someone)
    elif chance < 0.08:
        widowed(lives, someone) if someone.aegtefaelle else pass_away(lives, someone)
    elif chance < 0.095 and not someone.boern and someone.aegtefaelle is None:
        emigrate(lives, someone)


def alone(lives: Lives, age: int) -> Person:
    """Somebody who lives alone."""
    koen = lives.rng.choice("KM")
    return lives.person(age, koen, lives.surname(), lives.address(lives.before(60, 5000)))


def couple(lives: Lives, his: int, hers: int) -> Person:
    """A married couple without children at home; gives the wife, whose name may have changed."""
    home, name = lives.address(lives.before(90, 6000)), lives.surname()
    husband = lives.person(his, "M", name, home, married=True)
    wife = lives.person(hers, "K", name, home, married=True)
    _marry(husband, wife)
    return wife


def _marry(one: Person, other: Person) -> None:
    day = max(one.civilstandsdato, other.civilstandsdato)
    for person, spouse in ((one, other), (other, one)):
        if len(person.navne) > 1:
            person.navne[0].til = person.navne[1].fra = day
        person.civilstandsdato, person.aegtefaelle = day, relative(spouse)


def family(lives: Lives, hers: int, his: int | None, kids: tuple[int, ...]) -> Person:
    """A mother, maybe a father, and their children; gives the mother."""
    home, name = lives.address(lives.before(60, 4000)), lives.surname()
    mother = lives.person(hers, "K", name, home, married=his is not None)
    father = lives.person(his, "M", name, home, married=True) if his is not None else None
    if father:
        _marry(mother, father)
    for age in sorted(kids, reverse=True):
        child = lives.person(age, lives.rng.choice("KM"), name, home)
        child.mor, child.civilstand, child.civilstandsdato = relative(mother), "U", child.foedt
        child.foraeldremyndighed = [(mother.cpr, "3")]
        mother.boern.append(relative(child))
        if father:
            child.far = relative(father)
            child.foraeldremyndighed.append((father.cpr, "4"))
            father.boern.append(relative(child))
    return mother


def protect(lives: Lives, person: Person) -> None:
    """Name-and-address protection for a person and the children in the home."""
    since = lives.before(30, 900)
    kids = {child.cpr for child in person.boern}
    for other in lives.people[-12:]:
        if other is person or other.cpr in kids:
            other.beskyttelser = [Periode(max(since, other.foedt))]


def replaced(lives: Lives, person: Person) -> None:
    """A CPR number that was wrong by a day and has been replaced; relatives already say the new one."""
    wrong = person.foedt + timedelta(days=1 if person.foedt.day != 31 else 2)
    number = lives.numbers.issue(wrong, person.koen)
    person.tidligere = [TidligereCpr(number, person.foedt, lives.before(100, 1500))]


def pass_away(lives: Lives, person: Person) -> None:
    """Dead, with no address since."""
    day = max(lives.before(10, 700), person.foedt)
    person.status, person.statusdato = 90, day
    person.civilstand, person.civilstandsdato, person.aegtefaelle = "D", day, None
    person.adresser = [home for home in person.adresser if home.fra < day]
    if person.adresser:
        person.adresser[-1].til = day
    for period in person.beskyttelser:
        period.til = max(day, period.fra)


def widowed(lives: Lives, wife: Person) -> None:
    """The husband has died."""
    husband = next(p for p in lives.people if wife.aegtefaelle and p.cpr == wife.aegtefaelle.cpr)
    pass_away(lives, husband)
    wife.civilstand, wife.civilstandsdato, wife.aegtefaelle = "E", husband.statusdato, None


def emigrate(lives: Lives, person: Person) -> None:
    """Gone abroad; the cases stay."""
    day = lives.before(20, 600)
    person.status, person.statusdato, person.udrejst = 80, day, Periode(day)
    person.udrejseland = lives.rng.choice(LANDE)[0]
    person.adresser = [home for home in person.adresser if home.fra < day]
    if person.adresser:
        person.adresser[-1].til = day


def related(lives: Lives) -> None:
    """Some grown people's parents live in town too."""
    old = [p for p in lives.people if 1900 < p.foedt.year <= lives.day.year - 55 and p.koen == "K"]
    for person in lives.people:
        age = lives.day.year - person.foedt.year
        if old and 20 <= age <= 60 and person.mor and person.mor.cpr is None and lives.rng.random() < 0.15:
            mother = lives.rng.choice(old)
            if 18 <= person.foedt.year - mother.foedt.year <= 42 and mother is not person:
                person.mor = relative(mother)
                mother.boern.append(Relativ(person.cpr, person.navn.fuldt, person.foedt))
