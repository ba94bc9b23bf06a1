"""What hangs on a citizen: which cases, with whom, and what follows from them."""

from dataclasses import replace
from datetime import date
from random import Random

from korsbaek.calendar import midnight
from korsbaek.care import Ward, patient
from korsbaek.cases import Made, Register, case
from korsbaek.grants import Purse, grant, payments
from korsbaek.model import Bevilling, Effektuering, Nexusborger, Part, Person, Relation
from korsbaek.office import Office, new_uuid
from korsbaek.papers import Papers
from korsbaek.people import populate
from korsbaek.vocabulary.cases import Slags
from korsbaek.vocabulary.elsewhere import BESKAEFTIGELSE, OMSORG, YDELSER
from korsbaek.vocabulary.esdh import ESDH

SLAGS = (*ESDH, *OMSORG, *BESKAEFTIGELSE, *YDELSER)


class Life:
    """What hangs on one citizen."""

    def __init__(self) -> None:
        """Empty."""
        self.made: list[Made] = []
        self.bevillinger: list[Bevilling] = []
        self.effektueringer: list[Effektuering] = []
        self.nexus: list[Nexusborger] = []


class Generator:
    """Builds the town's records citizen by citizen."""

    def __init__(self, seed: int, citizens: int, day: date) -> None:
        """All chance comes from the seed, one stream of it a part, so that one part's change leaves the others."""
        self.day, self.fra = day, midnight(day)
        self.rng = Random(f"{seed}/cases")
        self.office = Office(seed)
        self.people = populate(seed, citizens, day)
        papers = Papers(Random(f"{seed}/papers"))
        self.register = Register(Random(f"{seed}/sager"), self.office, day, papers)
        self.purse = Purse(Random(f"{seed}/purse"), self.office, day)
        self.ward = Ward(Random(f"{seed}/ward"), day)
        self.by_cpr = {person.cpr: person for person in self.people}

    @classmethod
    def for_night(cls, register: Register, day: date) -> "Generator":
        """One that only makes new cases' parties, by the chance of a night."""
        maker = cls.__new__(cls)
        maker.day, maker.fra, maker.rng = day, midnight(day), register.rng
        maker.office, maker.register = register.office, register
        return maker

    def kinds(self, person: Person, place: int) -> list[Slags]:
        """Which kinds of cases this citizen has: none for four in ten; everything for a few full lives."""
        age = (self.day - person.foedt).days // 365
        fit = [kind for kind in SLAGS if kind.alder[0] <= age <= kind.alder[1]]
        if place == 1 or (place % 500 == 0 and place > 1 and 40 <= age <= 75):
            return [*OMSORG, ESDH[4], ESDH[6], ESDH[0], YDELSER[1], YDELSER[2]]
        special = bool(person.tidligere or person.udrejst or place in (2, 3))
        if not fit or (not special and self.rng.random() > 0.6):
            return []
        picked = self.rng.sample(fit, min(len(fit), self.rng.randint(3, 5)))
        if special and not any(kind.master == "SBSYS" for kind in picked):
            picked[0] = ESDH[4]
        return picked

    def parties(self, person: Person, kind: Slags, oldest: bool) -> list[Part]:
        """The citizen, and whom the kind of case brings along; an old case may carry the number since replaced."""
        number = person.tidligere[0].cpr if person.tidligere and oldest else person.cpr
        name = person.navne[0] if len(person.navne) > 1 and self.rng.random() < 0.3 else person.navn
        found = [Part("primaer", "cpr", number, name.fuldt, self.fra)]
        second = self.second(person, kind)
        if second:
            found.append(second)
        if kind.ydelse:
            found.append(replace(found[0], rolle="ydelsesmodtager"))
        return found

    def second(self, person: Person, kind: Slags) -> Part | None:
        """The second party of a case: a parent, a company, or somebody without a CPR number."""
        fra = self.fra
        if kind.part2 == "foraelder" and person.mor:
            relation = person.mor
            art = "cpr" if relation.cpr else "navn"
            return Part("sekundaer", art, relation.cpr or "", relation.navn, fra, indeks="1")
        if kind.part2 == "virksomhed":
            company = self.rng.choice(self.office.virksomheder)
            return Part("sekundaer", "cvr", company.cvr, company.navn, fra, indeks="1")
        if kind.part2 == "uden_cpr":
            if self.rng.random() < 0.5:
                return Part("sekundaer", "navn", "", "Piotr Wójcik", fra, indeks="1")
            return Part("sekundaer", "personid", f"{self.rng.randrange(10**6, 10**7)}", "Amina Yusuf", fra, indeks="1")
        return None

    def citizen(self, person: Person, place: int) -> Life:
        """Everything that hangs on one citizen."""
        life = Life()
        kinds = sorted(self.kinds(person, place), key=lambda k: (k.master == "SBSYS", k.navn))
        for nth, kind in enumerate(kinds):
            old = nth == 0 and bool(person.tidligere) and kind.master != "SBSYS"
            made = case(self.register, kind, person, self.parties(person, kind, old))
            if kind.master == "SBSYS" and nth > 0 and self.rng.random() < 0.12 and kind.part2 != "foraelder":
                made.sag.indeks = False
                for paper in made.dokumenter:
                    paper.indeks = False
            if self.rng.random() < 0.02:
                profile = new_uuid(self.rng)
                for said in made.sag.registreringer:
                    said.sikkerhedsprofiler = [profile]
            life.made.append(made)
            if kind.ydelse:
                bevilling = grant(self.purse, kind.ydelse, made.sag, person)
                life.bevillinger.append(bevilling)
                life.effektueringer += payments(self.purse, bevilling)
        care_of = [m.sag for m in life.made if m.sag.nexus]
        if care_of:
            life.nexus.append(patient(self.ward, person, care_of, 3 if place == 1 else 1))
        _relate(life.made)
        return life


def _relate(made: list[Made]) -> None:
    """The second SBSYS case of a citizen points at the first."""
    sbsys = [m.sag for m in made if m.sag.sbsys and m.sag.indeks]
    if len(sbsys) > 1:
        sbsys[1].nu.relationer = [Relation("andre_sager", sbsys[0].uuid, "1")]
