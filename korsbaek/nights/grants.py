"""Nights of grants, payments and care."""

from dataclasses import replace
from datetime import timedelta

from korsbaek.calendar import received
from korsbaek.care import TILSTANDE, care
from korsbaek.grants import grant, payment, payments
from korsbaek.model import Bevilling, Effektuering, Nexusborger, Person
from korsbaek.nights.begin import begun
from korsbaek.nights.book import Book, owner_of
from korsbaek.vocabulary.elsewhere import YDELSER
from korsbaek.write import put_bevillinger, put_effektueringer, put_nexus

_DAY = timedelta(days=1)


class GrantsNight:
    """What happens to grants, payments and care in one night."""

    def __init__(self, book: Book) -> None:
        """Chance and counters come from the book."""
        self.book = book

    def all(self) -> None:
        """Everything that a night brings."""
        book = self.book
        for planned in book.pick(Effektuering, "json_extract(body, '$.udbetalt') is null", book.times(2, 200)):
            self.pay(planned)
        for bevilling in book.pick(Bevilling, "json_extract(body, '$.slutdato') = ''", book.times(1, 1000)):
            self.end(bevilling)
        known = "cpr in (select cpr from population) and json_extract(body, '$.status') = 1"
        for person in book.pick(Person, known, book.times(1, 700), "nr"):
            self.begin(person)
        for patient in book.pick(Nexusborger, "true", book.times(2, 300), "id"):
            self.care(patient)

    def pay(self, planned: Effektuering) -> None:
        """A planned payment is paid, and the next month's is planned."""
        moment = self.book.moment()
        done = replace(
            planned,
            sendt=planned.efter_skat,
            udbetalt=planned.efter_skat,
            dispositionsdato=self.book.day,
            tidspunkt=moment,
            sts=received(self.book.rng, moment),
        )
        put_effektueringer(self.book.town, [done])
        owner = done.parter[0].nummer
        self.book.write("ydi", "effektueringer", done.uuid, owner, "changed")
        bevilling = self.book.town.bevilling(done.bevilling)
        if bevilling and not bevilling.slutdato and not bevilling.fejl:
            following = payment(self.book.purse, bevilling, (done.start.replace(day=28) + 5 * _DAY).replace(day=1))
            following.udbetalt = following.sendt = None
            self._fresh(following)
            self.book.write("ydi", "effektueringer", following.uuid, owner, "new")

    def _fresh(self, made: Effektuering) -> None:
        made.tidspunkt = self.book.moment()
        made.sts = received(self.book.rng, made.tidspunkt)
        put_effektueringer(self.book.town, [made])
        self.book.used.add(made.uuid)

    def end(self, bevilling: Bevilling) -> None:
        """A running grant gets an end."""
        moment = self.book.moment()
        bevilling.slutdato = self.book.day.isoformat()
        for benefit in bevilling.ydelser:
            benefit.slut = self.book.day
            for plan in benefit.planer:
                plan.slut = self.book.day
        bevilling.tidspunkt, bevilling.sts = moment, received(self.book.rng, moment)
        put_bevillinger(self.book.town, [bevilling])
        self.book.write("ydi", "bevillinger", bevilling.uuid, bevilling.parter[0].nummer, "changed")

    def begin(self, person: Person) -> None:
        """A benefit case with its grant and payments."""
        found = begun(self.book, person, YDELSER)
        if found is None:
            return
        kind, made = found
        owner = owner_of(made.sag)
        for paper in made.dokumenter:
            self.book.write("sdi", "dokumenter", paper.uuid, owner, "new")
        bevilling = grant(self.book.purse, kind.ydelse, made.sag, person)
        bevilling.tidspunkt = self.book.moment()
        bevilling.sts = received(self.book.rng, bevilling.tidspunkt)
        put_bevillinger(self.book.town, [bevilling])
        self.book.used.add(bevilling.uuid)
        self.book.write("ydi", "bevillinger", bevilling.uuid, owner, "new")
        for following in payments(self.book.purse, bevilling):
            self._fresh(following)
            self.book.write("ydi", "effektueringer", following.uuid, owner, "new")

    def care(self, patient: Nexusborger) -> None:
        """A grant of care moves on, and now and then a new one is given."""
        moving = [i for i in patient.indsatser if i.tilstand in TILSTANDE[:4]]
        if moving:
            one = self.book.rng.choice(moving)
            one.tilstand = TILSTANDE[TILSTANDE.index(one.tilstand) + 1]
            one.slut = self.book.day if one.tilstand == TILSTANDE[-1] else None
            one.aendret = self.book.moment()
            self.book.write("nexus", "borgere", f"indsats/{one.id}", patient.cpr, "changed")
        running = [f for f in patient.forloeb if f.status == "ACTIVE"]
        if running and self.book.rng.random() < 0.6:
            sag = self.book.town.sag(running[0].sag)
            if sag:
                made = care(self.book.ward, sag, self.book.day, None, fresh=True)
                patient.indsatser.append(made)
                self.book.write("nexus", "borgere", f"indsats/{made.id}", patient.cpr, "new")
        put_nexus(self.book.town, [patient])
