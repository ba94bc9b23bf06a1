"""Grants in Ydelsesindeks and the payments that follow from them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from korsbaek.calendar import at_work, midnight, received
from korsbaek.model import Aktoer, BevilgetYdelse, Bevilling, Effektuering, Part, Person, Plan, Sag
from korsbaek.office import EJER_NAVN, Office, new_uuid
from korsbaek.town import CVR
from korsbaek.vocabulary.benefits import YDELSER, Ydelsesslags


@dataclass
class Purse:
    """Counters of grants and payments."""

    rng: Random
    office: Office
    day: date
    bevillinger: int = 0
    effektueringer: int = 0


def amount(rng: Random, kind: Ydelsesslags) -> str:
    """Kroner with two decimals, as text (BeloebType)."""
    return f"{rng.randint(kind.mindst, kind.mest)}.{rng.choice(('00', '50', '25', '75'))}"


def grant(purse: Purse, name: str, sag: Sag, person: Person) -> Bevilling:
    """The grant that a benefit case led to."""
    rng, kind = purse.rng, YDELSER[name]
    purse.bevillinger += 1
    opened = sag.nu.virkning_fra.date() + timedelta(days=1)
    start = min(opened.replace(day=1) + timedelta(days=32), purse.day - timedelta(days=1)).replace(day=1)
    start = max(start, opened)
    ended = start + timedelta(days=rng.randint(40, 400)) if not kind.loebende or rng.random() < 0.3 else None
    moment = at_work(rng, min(start, purse.day - timedelta(days=1)))
    fra = midnight(start)
    number = purse.bevillinger
    plan = Plan(f"P{number}", start, ended, kind.frekvens, kind.forud_bagud, "Sidste bankdag", amount(rng, kind))
    benefit = BevilgetYdelse(
        f"Y{number}",
        kind.navn,
        kind.ydelse,
        kind.kle,
        kind.kle_titel,
        start,
        ended,
        kind.begrundelse,
        kind.tilbagebetaling,
        [plan],
    )
    benefits = [benefit]
    if kind.loebende and rng.random() < 0.25:
        extra = Plan(f"P{number}-2", start, ended, "Månedlig", "Bagud", "Sidste bankdag", str(rng.randint(200, 1900)))
        benefits.append(
            BevilgetYdelse(
                f"Y{number}-2",
                "Særlig støtte",
                "Særlig støtte til høje boligudgifter",
                kind.kle,
                kind.kle_titel,
                start,
                ended,
                "Høje boligudgifter.",
                None,
                [extra],
            )
        )
    return Bevilling(
        uuid=new_uuid(rng),
        nr=number,
        noegle=f"B{start:%Y}-{number:06d}",
        startdato=start.isoformat(),
        slutdato=ended.isoformat() if ended else "",
        begrundelse=kind.begrundelse,
        foelsomhed="FORTROLIGE_PERSONOPLYSNINGER",
        sag=sag.uuid,
        sagsnummer=sag.nu.sagsnummer,
        parter=[
            Part("ydelsesmodtager", "cpr", person.cpr, person.navn.fuldt, fra),
            Part("bevillingsmodtager", "cpr", person.cpr, person.navn.fuldt, fra),
        ],
        aktoerer=_actors(purse, fra),
        ydelser=benefits,
        virkning_fra=fra,
        tidspunkt=moment,
        sts=received(rng, moment),
        bruger=purse.office.by_unit["YDE"][number % 4].logon,
    )


def _actors(purse: Purse, fra: datetime) -> list[Aktoer]:
    unit = purse.office.unit["YDE"]
    return [
        Aktoer("ejer", "Organisation", None, "", EJER_NAVN, CVR, fra),
        Aktoer("ansvarlig", "OrganisationEnhed", unit.uuid, unit.noegle, unit.navn, CVR, fra),
    ]


def payments(purse: Purse, bevilling: Bevilling, most: int = 4) -> list[Effektuering]:
    """What has been paid lately, and what is planned next."""
    benefit = bevilling.ydelser[0]
    day, found = purse.day, []
    month = benefit.start.replace(day=1)
    months = []
    single = benefit.planer[0].frekvens == "Engangs"
    while month <= day and (benefit.slut is None or month < benefit.slut):
        months.append(month)
        month = _next(month)
    if single:
        months = months[:1]
    for at in months[-most:]:
        found.append(payment(purse, bevilling, at))
    if not single and (benefit.slut is None or month < benefit.slut):
        found.append(payment(purse, bevilling, month))
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def payment(purse: Purse, bevilling: Bevilling, month: date) -> Effektuering:
    """One month's payment; planned as long as its day has not come."""
    rng, benefit = purse.rng, bevilling.ydelser[0]
    purse.effektueringer += 1
    gross = benefit.planer[0].beloeb
    net = f"{float(gross) * 0.63:.2f}" if benefit.planer[0].frekvens != "Engangs" else gross
    due = _next(month) - timedelta(days=2)
    paid = due < purse.day
    moment = at_work(rng, min(due - timedelta(days=10) if not paid else due, purse.day - timedelta(days=1)))
    fra = midnight(month)
    actors = _actors(purse, fra)
    actors[1].rolle = "udbetalende_enhed"
    part = bevilling.parter[0]
    return Effektuering(
        uuid=new_uuid(rng),
        nr=purse.effektueringer,
        noegle=f"E{month:%Y}-{purse.effektueringer:07d}",
        bevilling=bevilling.uuid,
        ydelse=benefit.id,
        kle=benefit.kle,
        start=month,
        slut=_next(month) - timedelta(days=1),
        brutto=gross,
        efter_skat=net,
        sendt=net if paid else None,
        udbetalt=net if paid else None,
        dispositionsdato=due,
        afdeling="Ydelse og Kontrol",
        parter=[Part("effektueringsmodtager", part.art, part.nummer, part.navn, fra)],
        aktoerer=actors,
        virkning_fra=fra,
        tidspunkt=moment,
        sts=received(rng, moment),
        bruger="aktiv-batch",
    )
