"""What the municipality's part of Organisation holds: its units and users, and what a night does to them."""

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from korsbaek.calendar import midnight
from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Bruger, Enhed
from korsbaek.office import new_uuid
from korsbaek.systems.organisation import roles
from korsbaek.vocabulary.names import EFTERNAVNE, KVINDER, MAEND

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

Body = dict[str, Any]
KINDS = ("enhed", "bruger", "person", "adresse", "funktion")
STREAMS = {
    "enheder": Stream("the whole tree each time, so removals show", kinds=("enhed",)),
    "brugere": Stream("listed whole each time, so removals show", kinds=("bruger",)),
}
FOREVER = "10000-01-01T00:00:00+01:00"
"""A time that the schema allows and no calendar of ours has."""


def fill(shelf: Shelf, rng: Random) -> None:
    """The town hall as the other systems name it, and colleagues who handle no case."""
    begun = shelf.town.day - timedelta(days=2200)
    enheder, brugere = list(shelf.town.each(Enhed)), list(shelf.town.each(Bruger, "true order by id"))
    for bruger in brugere:
        _put_bruger(shelf, rng, bruger.uuid, bruger.logon, bruger.navn, bruger.telefon, bruger.email, begun)
        _put_funktion(shelf, rng, roles.STILLING, "Sagsbehandler", bruger.enhed, bruger.uuid, begun)
    for enhed in enheder:
        own = [b.uuid for b in brugere if b.enhed == enhed.uuid]
        _put_enhed(shelf, rng, enhed, begun)
        if own:
            _put_funktion(shelf, rng, roles.LEDER, "Leder", enhed.uuid, own[0], begun)
    _put_funktion(shelf, rng, roles.HENVENDELSESSTED, "Borgerservice", enheder[-1].uuid, None, begun)
    colleagues = [_hire(shelf, rng, begun) for _ in range(4 + int(shelf.town.meta("citizens")) // 100)]
    _retire(shelf, colleagues[0], shelf.town.day - timedelta(days=90))
    _spoil(shelf, enheder[1].uuid, colleagues[1], colleagues[2])


def _spoil(shelf: Shelf, enhed: str, first: str, second: str) -> None:
    """Valid by the schema, and yet unreadable."""
    body = shelf.one("enhed", enhed) or {}
    late = {**body, "navne": [*body["navne"][:-1], {**body["navne"][-1], "fra": FOREVER}]}
    shelf.spoil("enheder", "enhed", enhed, "time_unreadable", "Virkning/FraTidspunkt/TidsstempelDatoTid", late)
    body = shelf.one("bruger", first) or {}
    shelf.spoil("brugere", "bruger", first, "no_egenskab", "AttributListe/Egenskab", {**body, "tavs": True})
    body = shelf.one("bruger", second) or {}
    late = {**body, "egenskab": {**body["egenskab"], "fra": FOREVER}}
    shelf.spoil("brugere", "bruger", second, "time_unreadable", "Virkning/FraTidspunkt/TidsstempelDatoTid", late)


def _put_enhed(shelf: Shelf, rng: Random, enhed: Enhed, begun: date) -> None:
    fra, changed = midnight(begun).isoformat(), midnight(begun + timedelta(days=1000)).isoformat()
    navne = [{"navn": enhed.navn, "fra": fra}]
    if enhed.noegle in ("SUN", "SKO"):
        navne = [
            {"navn": f"{enhed.navn} (tidligere)", "fra": fra, "til": changed},
            {"navn": enhed.navn, "fra": changed},
        ]
    post = f"Rådhuspladsen {enhed.id}, 4995 Korsbæk"
    body = {
        "noegle": enhed.noegle,
        "navne": navne,
        "overordnet": [{"uuid": enhed.overordnet, "fra": fra}] if enhed.overordnet else [],
        "adresser": [
            _put_adresse(shelf, rng, post, roles.ENHED_POST, "Postadresse", fra),
            _put_adresse(shelf, rng, enhed.telefon, roles.ENHED_TELEFON, "Telefon", fra),
        ],
        "gyldighed": [{"status": "Aktiv", "fra": fra}],
        "tidspunkt": changed,
    }
    shelf.put("enhed", enhed.uuid, body)


def _put_bruger(
    shelf: Shelf, rng: Random, uuid: str, logon: str, navn: str, telefon: str, email: str, begun: date
) -> None:
    fra, person = midnight(begun).isoformat(), new_uuid(rng)
    shelf.put("person", person, {"egenskab": {"navn": navn, "fra": fra}, "tidspunkt": fra})
    body = {
        "egenskab": {"logon": logon, "noegle": logon.upper(), "fra": fra},
        "person": person,
        "adresser": [
            _put_adresse(shelf, rng, telefon, roles.BRUGER_TELEFON, "Telefon", fra),
            _put_adresse(shelf, rng, email, roles.BRUGER_EMAIL, "E-mail", fra),
        ],
        "gyldighed": [{"status": "Aktiv", "fra": fra}],
        "tidspunkt": fra,
    }
    shelf.put("bruger", uuid, body)


def _put_adresse(shelf: Shelf, rng: Random, tekst: str, rolle: str, label: str, fra: str) -> Body:
    uuid = new_uuid(rng)
    shelf.put("adresse", uuid, {"egenskab": {"tekst": tekst, "fra": fra}, "tidspunkt": fra})
    return {"uuid": uuid, "rolle": rolle, "label": label, "fra": fra}


def _put_funktion(shelf: Shelf, rng: Random, kind: str, navn: str, enhed: str, bruger: str | None, begun: date) -> None:
    fra = midnight(begun).isoformat()
    body = {
        "egenskab": {"navn": navn, "fra": fra},
        "type": kind,
        "enhed": enhed,
        "bruger": bruger,
        "gyldighed": [{"status": "Aktiv", "fra": fra}],
        "tidspunkt": fra,
    }
    shelf.put("funktion", new_uuid(rng), body)


def _hire(shelf: Shelf, rng: Random, begun: date) -> str:
    """A new colleague, of some unit that has people."""
    uuid, number = new_uuid(rng), shelf.count("bruger") + 1
    navn = f"{rng.choice(KVINDER + MAEND)} {rng.choice(EFTERNAVNE)}"
    enheder = [e.uuid for e in shelf.town.each(Enhed, "true order by id")][1:]
    logon, telefon = f"adm{number:04d}", f"9900{3000 + number:04d}"
    _put_bruger(shelf, rng, uuid, logon, navn, telefon, f"{logon}@korsbaek.invalid", begun)
    _put_funktion(shelf, rng, roles.STILLING, "Administrativ medarbejder", rng.choice(enheder), uuid, begun)
    return uuid


def _retire(shelf: Shelf, uuid: str, day: date) -> None:
    """No longer in use, and still there."""
    body = shelf.one("bruger", uuid) or {}
    at = midnight(day).isoformat()
    body["gyldighed"] = [{**body["gyldighed"][0], "til": at}, {"status": "Inaktiv", "fra": at}]
    shelf.put("bruger", uuid, {**body, "tidspunkt": at})


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """Somebody comes, somebody goes without a trace, one moves to another telephone, a unit gets another number."""
    book.write("organisation", "brugere", _hire(shelf, rng, book.day), "", "new")
    spared = {
        key.partition("/")[2] for (key,) in shelf.town.rows("select objekt from fejl where system = ?", (shelf.system,))
    }
    extra = [
        key
        for key, body in shelf.rows("bruger", "true order by key")
        if body["egenskab"]["logon"].startswith("adm") and key not in spared
    ]
    gone, called = rng.sample(extra, 2)
    if not book.written.get(("organisation", "brugere", gone, "")):
        shelf.drop("bruger", gone)
        book.write("organisation", "brugere", gone, "", "gone")
    _call(shelf, "bruger", called, roles.BRUGER_TELEFON, f"9900{rng.randrange(9000, 9999)}", book.moment())
    book.write("organisation", "brugere", called, "", "changed")
    enhed = rng.choice([key for key, _ in shelf.rows("enhed", "true order by key") if key not in spared])
    _call(shelf, "enhed", enhed, roles.ENHED_TELEFON, f"9900{rng.randrange(9000, 9999)}", book.moment())
    book.write("organisation", "enheder", enhed, "", "changed")


def _call(shelf: Shelf, kind: str, key: str, rolle: str, telefon: str, at: datetime) -> None:
    """Another telephone number: the Adresse changes, and not the object that has it."""
    body = shelf.one(kind, key) or {}
    uuid = next(a["uuid"] for a in body["adresser"] if a["rolle"] == rolle)
    was = shelf.one("adresse", uuid) or {}
    shelf.put("adresse", uuid, {**was, "egenskab": {**was["egenskab"], "tekst": telefon}, "tidspunkt": at.isoformat()})
