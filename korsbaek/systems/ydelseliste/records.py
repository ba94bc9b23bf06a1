"""Grants and payments of KY, KSD and Udbetaling Danmark, as YdelseListeHent tells them.

KY tells again, under ids of its own, what KMD Aktiv has told Ydelsesindekset. Of Udbetaling Danmark it also holds what
no municipality may be shown: grants and payments older than three months, and those to come (kinds *_skjult).
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Bevilling, Effektuering, Person
from korsbaek.nights.book import Book
from korsbaek.office import new_uuid
from korsbaek.systems.ydelseliste.kinds import KSD, KY, YDELSER, Slags

YDELSE, EFFEKTUERING, STREAM = "ydelse", "effektuering", "ydelser"
STREAMS = {
    STREAM: Stream(
        "asked by CPR number; all grants and payments that may be shown, each time",
        asked=True,
        kinds=(YDELSE, EFFEKTUERING),
    )
}


def fill(shelf: Shelf, rng: Random) -> None:
    """Every citizen's benefits, then four malformed records."""
    town, showcase = shelf.town, shelf.town.meta("showcase")
    for person in town.each(Person, "true order by nr"):
        age = (town.day - person.foedt).days // 365
        first = person.cpr == showcase
        for slags in YDELSER:
            chance = rng.random()
            if person.adresse and (first or slags.til(age, len(person.boern)) and chance < slags.andel):
                _grant(shelf, rng, person, slags)
        if first or rng.random() < 0.5:
            _again(shelf, rng, person)
    _spoil(shelf, rng)


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """Somebody is granted sickness benefit, a payment is put right, one is taken back."""
    wrong = {at for (at,) in shelf.town.rows("select objekt from fejl where system = ?", (shelf.system,))}
    keys = [
        key
        for key, body in shelf.rows(EFFEKTUERING)
        if body["system"] == KSD and f"{EFFEKTUERING}/{key}" not in wrong and body["cpr"] != shelf.town.meta("showcase")
    ]
    named = {cpr for (cpr,) in shelf.town.rows("select cpr from population")}
    keys = [key for key in keys if shelf.owner(EFFEKTUERING, key) in named]
    chosen = rng.sample(keys, min(len(keys), 1 + book.times(1, 500)))
    for n, key in enumerate(chosen):
        body, owner = shelf.one(EFFEKTUERING, key), shelf.owner(EFFEKTUERING, key)
        if body is None:
            continue
        if n == 0:
            shelf.drop(EFFEKTUERING, key)
        else:
            shelf.put(EFFEKTUERING, key, body | {"udbetalt_tekst": "Rettet udbetaling"}, owner=owner)
        book.write(shelf.system, STREAM, key, owner, "gone" if n == 0 else "changed")
    for cpr in rng.sample(sorted(named), min(len(named), book.times(1, 500))):
        person = shelf.town.person(cpr)
        if person is not None and person.cpr == cpr:
            for kind, key in _grant(shelf, rng, person, YDELSER[0]):
                if kind in STREAMS[STREAM].kinds:
                    book.write(shelf.system, STREAM, key, cpr, "new")


def _grant(shelf: Shelf, rng: Random, person: Person, slags: Slags) -> list[tuple[str, str]]:
    """A grant with its payments; the kind and key of each record."""
    day, uuid = shelf.town.day, new_uuid(rng)
    start = day - timedelta(days=rng.randint(slags.siden, slags.siden + 200))
    beloeb = f"{rng.randint(slags.mindst, slags.mest)}.00"
    body: Body = {
        **slags.grund(),
        "uuid": uuid,
        "id": f"{slags.system[:3].upper()}-{uuid[:8]}",
        "start": start.isoformat(),
        "slut": None,
        "beloeb": beloeb,
        "sag": new_uuid(rng),
        "cpr": person.cpr,
        "navn": person.navn.fuldt,
    }
    put = [(YDELSE, f"{uuid}/{body['id']}")]
    shelf.put(*put[0], body, owner=person.cpr)
    for days, shown in slags.udbetalinger:
        kind = EFFEKTUERING if shown else f"{EFFEKTUERING}_skjult"
        payment = _payment(body, new_uuid(rng), day + timedelta(days=days), day)
        put.append((kind, payment["uuid"]))
        shelf.put(*put[-1], payment, owner=person.cpr)
    if slags.udk and rng.random() < 0.3:
        old = body | {"uuid": new_uuid(rng), "id": f"{body['id']}-0", "slut": (start - timedelta(days=400)).isoformat()}
        shelf.put(f"{YDELSE}_skjult", f"{old['uuid']}/{old['id']}", old, owner=person.cpr)
    return put


def _payment(grant: Body, uuid: str, due: date, day: date) -> Body:
    """One payment of a grant; planned when its day has not come."""
    paid = due < day
    return {
        **{name: grant[name] for name in ("system", "instans", "cpr", "navn", "kle")},
        "bevilling": grant["uuid"],
        "ydelse": grant["id"],
        "uuid": uuid,
        "dispositionsdato": due.isoformat(),
        "start": due.replace(day=1).isoformat(),
        "slut": due.isoformat(),
        "brutto": grant["beloeb"],
        "udbetalt": grant["beloeb"] if paid else None,
        "udbetalt_tekst": grant["ydelse"] if paid else None,
        "status": "Udbetalt" if paid else "Planlagt",
    }


def _again(shelf: Shelf, rng: Random, person: Person) -> None:
    """What KMD Aktiv has told of the citizen, told by KY too."""
    mine = "uuid in (select bevilling from bevillingspart where art = 'cpr' and nummer = ?) order by nr"
    for bevilling in shelf.town.each(Bevilling, mine, (person.cpr,)):
        if bevilling.fejl or not bevilling.startdato[:1].isdigit():
            continue
        benefit, uuid = bevilling.ydelser[0], new_uuid(rng)
        body: dict[str, Any] = {
            **YDELSER[0].grund(),
            "system": KY,
            "instans": "ky-korsbaek",
            "ydelse": benefit.ydelse,
            "benaevnelse": benefit.navn,
            "kle": benefit.kle,
            "begrundelse": benefit.begrundelse,
            "uuid": uuid,
            "id": f"KY-{uuid[:8]}",
            "start": benefit.start.isoformat(),
            "slut": benefit.slut.isoformat() if benefit.slut else None,
            "beloeb": benefit.planer[0].beloeb,
            "frekvens": benefit.planer[0].frekvens,
            "sag": bevilling.sag or new_uuid(rng),
            "cpr": person.cpr,
            "navn": person.navn.fuldt,
        }
        shelf.put(YDELSE, f"{uuid}/{body['id']}", body, owner=person.cpr)
        paid = shelf.town.each(Effektuering, "bevilling = ? order by nr", (bevilling.uuid,))
        for payment in (p for p in paid if not p.fejl and p.ydelse == benefit.id and not p.brutto.startswith("-")):
            told = _payment(body, new_uuid(rng), payment.dispositionsdato, shelf.town.day)
            told |= {"brutto": payment.brutto, "udbetalt": payment.udbetalt}
            shelf.put(EFFEKTUERING, told["uuid"], told, owner=person.cpr)


def _spoil(shelf: Shelf, rng: Random) -> None:
    """Records that the schema allows and nobody can read, of citizens who are asked about."""
    named = {cpr for (cpr,) in shelf.town.rows("select cpr from population")} - {shelf.town.meta("showcase")}
    times = 1 + int(shelf.town.meta("citizens")) // 1000
    for kind, slags, felt, field, value in (
        (YDELSE, "date_beyond_calendar", "StartDato", "start", "10000-03-01"),
        (YDELSE, "amount_too_large", "Ydelsesbeloeb", "beloeb", "1234567890123456789.50"),
        (EFFEKTUERING, "date_beyond_calendar", "Dispositionsdato", "dispositionsdato", "10000-03-31"),
        (EFFEKTUERING, "amount_too_precise", "SamletBruttobeloeb", "brutto", "987.0000000000001"),
    ):
        spoilt = {at for (at,) in shelf.town.rows("select objekt from fejl where system = ?", (shelf.system,))}
        keys = [
            key
            for key, body in shelf.rows(kind)
            if body["cpr"] in named and body["system"] in (KSD, KY) and f"{kind}/{key}" not in spoilt
        ]
        for key in rng.sample(keys, min(len(keys), times)):
            body = shelf.one(kind, key)
            if body is not None:
                shelf.spoil(STREAM, kind, key, slags, felt, body | {field: value})
