"""Applications about property: of citizens, of companies, and of the municipality itself, without any citizen."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from korsbaek.calendar import midnight
from korsbaek.landscape.archive import Archive
from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Person, Sag, Virksomhed
from korsbaek.nights.book import Book
from korsbaek.office import EJER_NAVN, new_uuid
from korsbaek.systems.bygogmiljoe.watermark import stamp
from korsbaek.town import CVR
from korsbaek.vocabulary.archives import TEKNIK

Body = dict[str, Any]
KIND = "ansoegninger"


def _mended(body: Body, at: str) -> str:
    body |= {"besked": "SagStatusSkiftBesked", "tid": at}
    return stamp(datetime.fromisoformat(at))


STREAMS = {
    KIND: Stream(
        "messages since a watermark; a removal shows only in the overview of all", removals="reconciliation",
        mended=_mended,
    )
}  # fmt: skip


def fill(shelf: Shelf, rng: Random) -> None:
    """A tenth of the citizens have applied; so have companies and the municipality; two applications are malformed."""
    town, maker = shelf.town, _Maker(shelf, rng)
    archive = Archive(town, rng, TEKNIK, 0)
    for person in archive.people():
        grown = (town.day - person.foedt).days > 24 * 365
        if person.cpr == town.meta("showcase") or (grown and person.adresse and rng.random() < 0.1):
            maker.put(maker.of_person(person), person)
    for firma in town.each(Virksomhed, "true order by cvr"):
        if rng.random() < 0.4:
            maker.put(maker.of_company(firma.cvr, firma.navn))
    for sag in town.each(Sag, "sbsys is not null and body like '%ejendom:bfe-nr%' order by sbsys limit 20"):
        maker.put(maker.of_building(sag))
    for slags, felt, change in (
        ("date_unreadable", "IndsendelseDatoTid", {"indsendt": "i går"}),
        ("kle_unreadable", "BOMSag/SagTypeRef/KlasseRefListe/KlasseRef/KlasseKode", {"kle": "ukendt"}),
    ):
        body = maker.of_company(CVR, EJER_NAVN)
        shelf.spoil(KIND, KIND, maker.put(body), slags, felt, body | change)


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """Applications come in, some get another status, one is taken out."""
    maker = _Maker(shelf, rng)
    people = [p for p in Archive(shelf.town, rng, TEKNIK, 0).people() if p.adresse]
    for _ in range(book.times(1, 1000)):
        person = rng.choice(people)
        body = maker.of_person(person, book.day)
        key = maker.put(body, person, stamp(book.moment()))
        book.used.add(f"{KIND}/{key}")
        book.write("bygogmiljoe", KIND, key, person.cpr, "new")
    for key, body in _some(shelf, book, rng, 'body not like \'%"status": "Afgjort"%\'', book.times(2, 800)):
        moment, owner = book.moment(), shelf.owner(KIND, key)
        said = {"status": "Afgjort", "initiativ": "Ingen", "fase": "Afslutning", "besked": "SagStatusSkiftBesked"}
        again = body | said | {"tid": moment.isoformat()}
        shelf.put(KIND, key, again, owner=owner, parts=shelf.named(KIND, key), changed=stamp(moment))
        book.used.add(f"{KIND}/{key}")
        book.write("bygogmiljoe", KIND, key, owner, "changed")
    for key, _ in _some(shelf, book, rng, "owner = ''", 1):
        book.write("bygogmiljoe", KIND, key, "", "gone")
        shelf.drop(KIND, key)


def _some(shelf: Shelf, book: Book, rng: Random, where: str, count: int) -> list[tuple[str, Body]]:
    free = [(k, b) for k, b in shelf.rows(KIND, f"{where} order by seq") if f"{KIND}/{k}" not in book.used]
    return rng.sample(free, min(count, len(free)))


class _Maker:
    """Makes applications by chance."""

    def __init__(self, shelf: Shelf, rng: Random) -> None:
        self.shelf, self.rng = shelf, rng
        self.nr = 1000 + shelf.count(KIND)

    def put(self, body: Body, person: Person | None = None, changed: str = "") -> str:
        """Puts it on the shelf; gives its key."""
        named = [who["nummer"] for who in (body["indsender"], *body["tilknyttede"])]
        at = changed or stamp(datetime.fromisoformat(body["indsendt"]))
        owner = person.cpr if person else ""
        self.shelf.put(KIND, body["id"], body, owner=owner, parts=named, changed=at)
        return str(body["id"])

    def of_person(self, person: Person, day: date | None = None) -> Body:
        """By a citizen about the own home; a spouse may be with it, a company may act for both."""
        body = self._body({"nummer": person.cpr, "navn": person.navn.fuldt}, day)
        if person.adresse:
            body["sted"] = f"{person.adresse.linje}, {person.adresse.postnummer} {person.adresse.by}"
        if person.aegtefaelle and person.aegtefaelle.cpr and self.rng.random() < 0.3 and day is None:
            body["tilknyttede"] = [{"nummer": person.aegtefaelle.cpr, "navn": person.aegtefaelle.navn}]
        return body

    def of_company(self, cvr: str, navn: str) -> Body:
        """By a company, or by the municipality itself."""
        return self._body({"nummer": cvr, "navn": navn}, None)

    def of_building(self, sag: Sag) -> Body:
        """The application behind a building case of the ESDH, on the same property."""
        body = self._body({"nummer": CVR, "navn": EJER_NAVN}, None)
        body["bfe"] = sag.nu.genstande[0].urn.rpartition(":")[2].lstrip("0")
        return body | {"myndighedsag": [sag.uuid, sag.nu.sagsnummer]}

    def _body(self, indsender: Body, day: date | None) -> Body:
        rng, today = self.rng, self.shelf.town.day
        opened = day or today - timedelta(days=rng.randint(2, 500))
        moment = midnight(opened) + timedelta(seconds=rng.randrange(28_800, 72_000))
        titel, typen, kle = rng.choice(BYGGERI_ARTER)
        status, initiativ, fase = rng.choice(_STATUS) if day is None else _STATUS[0]
        frist = midnight(max(opened, today) + timedelta(days=rng.randint(-10, 60)))
        self.nr += 1
        papers = [
            {"id": new_uuid(rng), "titel": name, "tid": moment.isoformat()}
            for name in ("Ansøgning", "Situationsplan", "Facadetegning")[: rng.randint(1, 3)]
        ]
        return {
            "id": new_uuid(rng),
            "sag": new_uuid(rng),
            "nummer": f"BOM-{opened.year}-{self.nr}",
            "titel": titel,
            "type": typen,
            "typenavn": titel,
            "kle": kle,
            "indsendt": moment.isoformat(),
            "oprettet": moment.isoformat(),
            "indsender": indsender,
            "fuldmagt": None,
            "tilknyttede": [],
            "status": status,
            "initiativ": initiativ,
            "fase": fase,
            "frist": frist.isoformat(),
            "bfe": str(rng.randrange(10**6, 10**7)),
            "esr": f"{rng.randrange(10**6):06d}",
            "ejerlav": str(rng.randrange(10_000, 99_999)),
            "matrikel": f"{rng.randint(1, 60)}{rng.choice('abcdefgh')}",
            "sted": "Korsbæk",
            "dokumenter": papers,
            "besked": "AnsoegningIndsendtBesked",
            "tid": moment.isoformat(),
        }


BYGGERI_ARTER = (
    ("Opførelse af carport", "Garage", "02.34.02"),
    ("Tilbygning til enfamilieshus", "Enfamiliehus", "02.34.02"),
    ("Nedrivning af udhus", "Nedrivning", "02.34.02"),
    ("Tilladelse til nedsivningsanlæg", "Spildevand", "06.01.10"),
)
_STATUS = (
    ("Modtaget", "Myndighed", "Ansoeg"), ("UnderBehandling", "Myndighed", "Behandling"),
    ("AfventerAnsoeger", "Ansoeger", "Behandling"), ("Bero", "Myndighed", "Bero"), ("Afgjort", "Ingen", "Afslutning"),
)  # fmt: skip
