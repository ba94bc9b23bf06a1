"""The cases of a system that only sends: made when the town is, one more and one further each night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from korsbaek.calendar import at_work, received
from korsbaek.landscape.shelf import Shelf
from korsbaek.model import Fremdrift, Part, Person, Sag, Sagsregistrering
from korsbaek.office import Office, new_uuid
from korsbaek.senders.message import new_sag, next_step, send

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

STEPS = ("Opstaaet", "Oplyst", "Afgjort", "Afsluttet")


@dataclass(frozen=True)
class Slags:
    """One kind of case."""

    titel: str
    kle: str
    kle_titel: str
    facet: str
    beskrivelse: str
    hjemmel: str


@dataclass(frozen=True)
class Sender:
    """A system: what it calls itself in the index, its case numbers, its unit in the town hall, its kinds of cases."""

    master: str
    prefix: str
    unit: str
    foelsomhed: str
    slags: Sequence[Slags]


def open_case(
    shelf: Shelf, rng: Random, sender: Sender, parties: Sequence[Person], history: tuple[int, int] | datetime
) -> Sag:
    """Makes a case and tells the index of it; the first party is the primary one.

    `history`: how many days ago it began and how many steps it has come since; or the instant at which it begins.
    """
    town, slags = shelf.town, rng.choice(sender.slags)
    office, number = Office(int(town.meta("seed"))), shelf.count("sag") + 1
    day_back, step = (0, 0) if isinstance(history, datetime) else history
    began = history if isinstance(history, datetime) else at_work(rng, town.day - timedelta(days=day_back))
    length = timedelta(days=max(1, day_back // (step + 2)))
    moments = [began + n * length for n in range(step + 1)]
    steps = [
        Fremdrift(STEPS[n], at, moments[n + 1] if n < step else None) for n, at in enumerate(moments)
    ]  # fmt: skip
    parts = [
        Part("sekundaer" if n else "primaer", "cpr", p.cpr, p.navn.fuldt, began, None, str(n) if n else None)
        for n, p in enumerate(parties)
    ]
    sent = moments[-1]
    said = Sagsregistrering(
        tidspunkt=sent,
        sts=received(rng, sent),
        bruger=rng.choice(office.by_unit[sender.unit]).logon,
        sagsnummer=f"{sender.prefix}-{began:%Y}-{number:05d}",
        titel=slags.titel,
        titel_offentlig=None,
        undtaget_hjemmel=None,
        beskrivelse=slags.beskrivelse,
        hjemmel=slags.hjemmel,
        kassationskode="K",
        kle=slags.kle,
        kle_titel=slags.kle_titel,
        handlingsfacet=slags.facet,
        foelsomhed=sender.foelsomhed,
        sagsstatus="Aktiv" if step < len(STEPS) - 1 else "Lukket",
        sagskategori=sender.master,
        virkning_fra=began,
        oprettet=began,
        fremdrift=steps,
        parter=parts,
        aktoerer=office.handlers(rng, sender.unit, began, False),
    )
    sag = Sag(new_uuid(rng), 0, sender.master, [said])
    send(town, "Importer", [new_sag(sag)], said.sts)
    shelf.put("sag", sag.uuid, {"sagsnummer": said.sagsnummer}, owner=parties[0].cpr)
    return sag


def further(shelf: Shelf, book: "Book", rng: Random) -> None:
    """One case of the system that nothing has happened to tonight comes a step further."""
    rows = [(key, shelf.owner("sag", key)) for key, _ in shelf.rows("sag") if key not in book.used]
    rng.shuffle(rows)
    for uuid, owner in rows:
        sag = shelf.town.sag(uuid)
        if (
            sag is None
            or not sag.indeks
            or sag.nu.status not in STEPS[:-1]
            or ("sdi", "sager", uuid, owner) in book.written
        ):
            continue
        at: datetime = book.moment()
        send(shelf.town, "Opdater", [next_step(sag, Fremdrift(STEPS[STEPS.index(sag.nu.status) + 1], at))], at)
        book.used.add(uuid)
        book.write("sdi", "sager", uuid, owner, "changed")
        return


def born_tonight(book: "Book", sag: Sag) -> None:
    """Writes a case that the index has been told of tonight into the book."""
    book.used.add(sag.uuid)
    book.write("sdi", "sager", sag.uuid, sag.nu.parter[0].nummer, "new")
