"""What Nexus holds of a citizen: pathways, grants, and an idea of the person that may be older than CPR's."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from korsbaek.calendar import at_work, midnight
from korsbaek.model import Forloeb, Indsats, Nexusborger, Person, Sag
from korsbaek.vocabulary.benefits import INDSATSER, LEVERANDOERER

TILSTANDE = ("Ansøgt", "Bevilget", "Bestilt", "Ændret", "Afsluttet")


@dataclass
class Ward:
    """Counters of patients and grants."""

    rng: Random
    day: date
    patienter: int = 3_000
    indsatser: int = 40_000


def patient(ward: Ward, person: Person, sager: list[Sag], least: int = 1) -> Nexusborger:
    """The citizen as Nexus has them; about a third of them disagree with CPR somewhere."""
    rng = ward.rng
    ward.patienter += 1
    name, home = person.navn, person.adresse
    phone, civil = person.telefon, person.civilstand
    chance = rng.random()
    if chance < 0.12 and len(person.navne) > 1:
        name = person.navne[0]
    elif chance < 0.24:
        name = replace(name, fornavn=_older_spelling(name.fornavn), efternavn=_older_spelling(name.efternavn))
    if rng.random() < 0.2 and len(person.adresser) > 1:
        home = replace(person.adresser[0], til=None)
    if rng.random() < 0.25:
        phone = f"99{rng.randrange(10**6):06d}"
    if civil == "E" and rng.random() < 0.5:
        civil = "G"
    first = min(sag.nu.oprettet for sag in sager)
    made = Nexusborger(
        id=ward.patienter,
        cpr=person.cpr,
        navn=name,
        adresse=home,
        telefon=phone,
        email=person.email if rng.random() < 0.6 else "",
        civilstand=civil,
        beskyttet=person.beskyttelse is not None and rng.random() < 0.7,
        oprettet=first,
        aendret=first,
        forloeb=[],
        indsatser=[],
    )
    for sag in sager:
        start = sag.nu.virkning_fra.date()
        closed = sag.nu.status == "Afsluttet"
        end = sag.nu.fremdrift[-1].fra.date() if closed else None
        made.forloeb.append(
            Forloeb(
                sag.nexus or 0, sag.nu.titel, "CLOSED" if closed else "ACTIVE", start, end, sag.uuid, sag.nu.tidspunkt
            )
        )
        for _ in range(max(least, rng.randint(1, 3))):
            made.indsatser.append(care(ward, sag, start, end))
    return made


def care(ward: Ward, sag: Sag, start: date, end: date | None, fresh: bool = False) -> Indsats:
    """One grant of care within a pathway."""
    rng = ward.rng
    ward.indsatser += 1
    name, kle, paragraph = rng.choice(INDSATSER)
    begin = start if fresh else min(start + timedelta(days=rng.randint(0, 60)), ward.day - timedelta(days=1))
    state = "Ansøgt" if fresh else ("Afsluttet" if end else rng.choice(TILSTANDE[:4]))
    changed: datetime = midnight(begin) if fresh else at_work(rng, begin)
    text = f"{name} bevilget efter {paragraph}. Formål: borgeren klarer sig længst muligt i eget hjem."
    return Indsats(
        ward.indsatser,
        sag.nexus or 0,
        name,
        state,
        kle,
        paragraph,
        rng.choice(LEVERANDOERER),
        text,
        begin,
        end,
        changed,
    )


def _older_spelling(name: str) -> str:
    swapped = name.replace("Å", "Aa").replace("å", "aa")
    return swapped if swapped != name else name.replace("Chr", "Kr").replace("sen", "son", 1)
