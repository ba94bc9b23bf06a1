"""The town hall: units, caseworkers, companies, and who owns and handles a case."""

from datetime import datetime
from random import Random
from uuid import UUID

from korsbaek.model import Aktoer, Bruger, Enhed, Virksomhed
from korsbaek.numbers import company_number
from korsbaek.town import CVR
from korsbaek.vocabulary.names import EFTERNAVNE, ENHEDER, KVINDER, MAEND, VIRKSOMHEDER

EJER_NAVN = "Korsbæk Kommune"


def new_uuid(rng: Random) -> str:
    """A random UUID of the town's own chance."""
    return str(UUID(int=rng.getrandbits(128), version=4))


class Office:
    """Units and people of the town hall; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """Makes them all."""
        rng = Random(f"{seed}/office")
        top = Enhed(new_uuid(rng), 1, "RAD", "Korsbæk Rådhus", None, "99001000")
        self.enheder = [top]
        self.brugere: list[Bruger] = []
        self.by_unit: dict[str, list[Bruger]] = {}
        self.unit: dict[str, Enhed] = {}
        for code, name in ENHEDER:
            unit = Enhed(new_uuid(rng), len(self.enheder) + 1, code, name, top.uuid, f"990011{len(self.enheder):02d}")
            self.enheder.append(unit)
            self.unit[code] = unit
            self.by_unit[code] = [self._caseworker(rng, unit) for _ in range(4)]
        self.virksomheder = [Virksomhed(company_number(rng), name) for name in VIRKSOMHEDER]

    def _caseworker(self, rng: Random, unit: Enhed) -> Bruger:
        number = len(self.brugere) + 1
        name = f"{rng.choice(KVINDER + MAEND)} {rng.choice(EFTERNAVNE)}"
        logon = f"{unit.noegle.lower()}{number:03d}"
        made = Bruger(
            new_uuid(rng), 100 + number, logon, name, unit.uuid, f"990020{number:02d}", f"{logon}@korsbaek.invalid"
        )
        self.brugere.append(made)
        return made

    def handlers(self, rng: Random, code: str, fra: datetime, helper: bool) -> list[Aktoer]:
        """Owner, responsible unit, primary caseworker, and now and then a second one."""
        unit = self.unit[code]
        worker = rng.choice(self.by_unit[code])
        found = [
            Aktoer("ejer", "Organisation", None, "", EJER_NAVN, CVR, fra),
            Aktoer("ansvarlig", "OrganisationEnhed", unit.uuid, unit.noegle, unit.navn, CVR, fra),
            Aktoer("primaer_behandler", "Bruger", worker.uuid, worker.logon, worker.navn, CVR, fra),
        ]
        if helper:
            other = rng.choice(self.by_unit[code])
            found.append(
                Aktoer("andre_behandlere", "Bruger", other.uuid, other.logon, other.navn, CVR, fra, indeks="1")
            )
        return found
