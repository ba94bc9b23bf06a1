"""People's nights: they move, marry, part, are born, die, and hide their address."""

from dataclasses import replace
from datetime import timedelta

from korsbaek.lives import Lives, relative
from korsbaek.model import Adresse, Navn, Periode, Person
from korsbaek.nights.book import Book
from korsbaek.numbers import CprNumbers
from korsbaek.people import pass_away
from korsbaek.write import put_people

_LIVE = "json_extract(body, '$.status') = 1"
_GROWN = f"{_LIVE} and json_extract(body, '$.foedt') < '{{young}}'"
_KNOWN = "cpr in (select cpr from population)"


class PeopleNight:
    """What happens to people in one night."""

    def __init__(self, book: Book) -> None:
        """Chance and numbers come from the book."""
        used = {cpr for (cpr,) in book.town.rows("select cpr from person union select cpr from former")}
        self.book = book
        self.lives = Lives(book.rng, book.day, CprNumbers(book.rng, used))
        self.grown = _GROWN.format(young=(book.day - timedelta(days=20 * 366)).isoformat())

    def all(self) -> None:
        """Everything that a night brings to people."""
        times = self.book.times
        for person in self._pick(f"{self.grown} and {_KNOWN}", times(1, 400)) + self._pick(self.grown, times(0, 400)):
            self.move(person)
        single = f"{self.grown} and json_extract(body, '$.civilstand') in ('U', 'F', 'E')"
        sex = "json_extract(body, '$.koen')"
        brides = self._pick(f"{single} and {sex} = 'K' and {_KNOWN}", times(1, 1500))
        for bride, groom in zip(brides, self._pick(f"{single} and {sex} = 'M'", times(1, 1500)), strict=False):
            self.marry(bride, groom)
        for person in self._pick(
            f"{self.grown} and json_extract(body, '$.civilstand') = 'G' and {_KNOWN}", times(1, 1500)
        ):
            self.part(person)
        hidden = "json_array_length(json_extract(body, '$.beskyttelser')) = 0"
        for person in self._pick(f"{self.grown} and {_KNOWN} and {hidden}", times(1, 1000)):
            person.beskyttelser = [Periode(self.book.day)]
            self._changed(person)
        for person in self._pick(f"{self.grown} and json_extract(body, '$.aegtefaelle') is null", times(1, 1000)):
            self.lives.day = self.book.day
            pass_away(self.lives, person)
            self._dated_today(person)
            self._changed(person)
        mothers = (self.book.day - timedelta(days=40 * 366)).isoformat()
        fit = f"{self.grown} and json_extract(body, '$.koen') = 'K' and json_extract(body, '$.foedt') > '{mothers}'"
        for mother in self._pick(fit, times(1, 800)):
            self.born(mother)

    def _pick(self, where: str, count: int) -> list[Person]:
        return self.book.pick(Person, f"{where} and nr > 7", count, "nr")

    def _changed(self, *people: Person) -> None:
        put_people(self.book.town, people)
        for person in people:
            self.book.used.add(str(person.nr))
            self.book.write("cpr", "person", "person", person.cpr, "changed")

    def _dated_today(self, person: Person) -> None:
        person.statusdato = person.civilstandsdato = self.book.day
        if person.adresser and person.adresser[-1].til:
            person.adresser[-1].til = self.book.day

    def move(self, person: Person) -> None:
        """A person moves, with the spouse and children who live in the same place."""
        home = self.lives.address(self.book.day)
        movers = [person]
        near = [*person.boern, *([person.aegtefaelle] if person.aegtefaelle else [])]
        for other in near:
            found = self.book.town.person(other.cpr) if other.cpr else None
            together = found and found.adresse and person.adresse and found.adresse.linje == person.adresse.linje
            if found and together and str(found.nr) not in self.book.used:
                movers.append(found)
        for mover in movers:
            self._into(mover, home)
        self._changed(*movers)

    def _into(self, mover: Person, home: Adresse) -> None:
        if mover.adresse:
            mover.adresser[-1].til = self.book.day
        mover.adresser.append(replace(home))

    def marry(self, bride: Person, groom: Person) -> None:
        """Two single people marry; she may take his name, and they live at his place."""
        for one, other in ((bride, groom), (groom, bride)):
            one.civilstand, one.civilstandsdato, one.aegtefaelle = "G", self.book.day, relative(other)
        if self.book.rng.random() < 0.6:
            old = bride.navn
            old.til = self.book.day
            bride.navne.append(Navn(self.book.day, None, old.fornavn, old.efternavn, groom.navn.efternavn))
            groom.aegtefaelle = relative(bride)
        if groom.adresse:
            self._into(bride, replace(groom.adresse, fra=self.book.day))
        self._changed(bride, groom)

    def part(self, person: Person) -> None:
        """A divorce; the one who asked moves out."""
        other = self.book.town.person(person.aegtefaelle.cpr) if person.aegtefaelle and person.aegtefaelle.cpr else None
        if other is None or str(other.nr) in self.book.used:
            return
        for one in (person, other):
            one.civilstand, one.civilstandsdato, one.aegtefaelle = "F", self.book.day, None
        self._into(person, self.lives.address(self.book.day))
        self._changed(person, other)

    def born(self, mother: Person) -> None:
        """A child is born to a mother of the town."""
        if mother.adresse is None or (self.book.day.month, self.book.day.day) == (1, 1):
            return
        koen = self.book.rng.choice("KM")
        child = self.lives.person(0, koen, mother.navn.efternavn, mother.adresse)
        (top,) = self.book.town.rows("select max(nr) from person")[0]
        child.nr, child.foedt = top + 1, self.book.day
        child.cpr = self.lives.numbers.issue(self.book.day, koen)
        child.statusdato = child.civilstandsdato = child.navne[0].fra = child.adresser[0].fra = self.book.day
        child.adresser = child.adresser[:1]
        child.civilstand = "U"
        child.mor, child.foraeldremyndighed = relative(mother), [(mother.cpr, "3")]
        child.beskyttelser = [Periode(self.book.day)] if mother.beskyttelse else []
        mother.boern.append(relative(child))
        put_people(self.book.town, [child])
        self.book.write("cpr", "person", "person", child.cpr, "new")
        self._changed(mother)
