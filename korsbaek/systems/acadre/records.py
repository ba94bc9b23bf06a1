"""What Acadre holds: cases with their documents and memos inside, the contacts that they name, users and units."""

from random import Random
from typing import Any

from korsbaek.landscape.archive import Archive, Arkivsag
from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Bruger, Enhed
from korsbaek.nights.book import Book
from korsbaek.systems.acadre.contacts import company, person
from korsbaek.vocabulary.archives import BOERN

_FOUND = "found whole each time, citizen by citizen, so removals show"
STREAMS = {"sager": Stream(_FOUND), "akter": Stream(_FOUND)}
FIRST = 412_000
_PAPERS = "key like 'dokument/%' order by seq"
Body = dict[str, Any]


def fill(shelf: Shelf, rng: Random) -> None:
    """A seventh of the town's people have a case here; a case and a document are malformed."""
    for unit in shelf.town.each(Enhed):
        shelf.put("enhed", str(unit.id), {"id": unit.id, "noegle": unit.noegle, "navn": unit.navn})
    for worker in shelf.town.each(Bruger):
        shelf.put("bruger", str(worker.id), {"id": worker.id, "initialer": worker.logon.upper(), "navn": worker.navn})
    archive = Archive(shelf.town, rng, BOERN, FIRST)
    for sag in archive.all(0.14):
        _put(shelf, sag)
    steady = archive.steady
    spare = [(k, b) for k, b in shelf.rows("sager") if set(shelf.named("sager", k)) <= steady]
    key, body = spare[0]
    shelf.spoil("sager", "sager", key, "kle_missing", "Classification/Category/Literal", body | {"kle": ""})
    paper, document = next(
        (k, b) for k, b in shelf.rows("akter", _PAPERS) if b["sag"] != int(key) and shelf.owner("akter", k) in steady
    )
    shelf.spoil("akter", "akter", paper, "title_missing", "Document/DocumentTitleText", document | {"titel": ""})


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """A new case, one that is closed, a memo with another title, and a document that is gone."""
    archive = Archive(shelf.town, rng, BOERN, max(int(k) for k, _ in shelf.rows("sager")) + 1)
    people = list(archive.people())
    for _ in range(book.times(1, 1500)):
        sag = archive.case(rng.choice(people), day=book.day)
        for stream, key in _put(shelf, sag):
            book.write("acadre", stream, key, sag.borger.cpr, "new")
            book.used.add(f"{stream}/{key}")
    for key, body in _some(shelf, book, rng, "sager", 'body like \'%"status": "B"%\'', book.times(1, 800)):
        closed = {"status": "A", "lukket": book.day.isoformat(), "aendret": book.day.isoformat()}
        _again(shelf, book, "sager", key, body | closed)
    for key, body in _some(shelf, book, rng, "akter", "key like 'notat/%'", book.times(1, 800)):
        _again(shelf, book, "akter", key, body | {"titel": f"{body['titel']} (rettet)"})
    for key, _ in _some(shelf, book, rng, "akter", f"key like 'dokument/%' and owner <> '{archive.showcase}'", 1):
        book.write("acadre", "akter", key, shelf.owner("akter", key), "gone")
        shelf.drop("akter", key)


def _some(shelf: Shelf, book: Book, rng: Random, kind: str, where: str, count: int) -> list[tuple[str, Body]]:
    free = [(k, b) for k, b in shelf.rows(kind, f"{where} order by seq") if f"{kind}/{k}" not in book.used]
    return rng.sample(free, min(count, len(free)))


def _again(shelf: Shelf, book: Book, kind: str, key: str, body: Body) -> None:
    owner = shelf.owner(kind, key)
    shelf.put(kind, key, body, owner=owner, parts=shelf.named(kind, key), changed=str(body.get("sag", "")))
    book.used.add(f"{kind}/{key}")
    book.write("acadre", kind, key, owner, "changed")


def _put(shelf: Shelf, sag: Arkivsag) -> list[tuple[str, str]]:
    """Writes a case and what is on it; gives the streams and keys of the records."""
    parties = [person(shelf, sag.borger)]
    if sag.anden and (other := shelf.town.person(sag.anden)):
        parties.append(person(shelf, other))
    if sag.firma:
        parties.append(company(shelf, sag.firma))
    key, cpr = str(sag.nr), sag.borger.cpr
    named = [sag.anden, sag.firma.cvr if sag.firma else ""]
    shelf.put("sager", key, _case(sag, parties), owner=cpr, parts=named)
    made = [("sager", key)]
    for paper in sag.papirer:
        at = f"{sag.nr}{paper.nr}"
        said = {
            "id": int(at), "sag": sag.nr, "titel": paper.titel, "retning": paper.retning,
            "dag": paper.dag.isoformat(), "svarfrist": paper.svarfrist.isoformat() if paper.svarfrist else None,
        }  # fmt: skip
        shelf.put("akter", f"dokument/{at}", said, owner=cpr, changed=key)
        made.append(("akter", f"dokument/{at}"))
    if sag.emne.notat:
        note = {"id": sag.nr, "sag": sag.nr, "titel": sag.emne.notat, "dag": sag.oprettet.isoformat()}
        shelf.put("akter", f"notat/{key}", note, owner=cpr, changed=key)
        made.append(("akter", f"notat/{key}"))
    return made


def _case(sag: Arkivsag, parties: list[str]) -> Body:
    """A case about a child has the child's CPR number as its title, as BUSAG cases have."""
    child = sag.emne.barn
    return {
        "id": sag.nr,
        "aar": sag.oprettet.year,
        "nummer": f"{sag.oprettet.year % 100:02d}/{sag.nr}",
        "type": "BUSAG" if child else "BGSAG",
        "titel": f"{sag.borger.cpr[:6]}-{sag.borger.cpr[6:]}" if child else sag.emne.titel,
        "alternativ": sag.emne.titel if child else None,
        "kle": sag.emne.kle,
        "bruger": sag.bruger.id,
        "enhed": sag.enhed.id,
        "status": "A" if sag.lukket else "P" if sag.nr % 9 == 0 else "B",
        "oprettet": sag.oprettet.isoformat(),
        "aendret": (sag.lukket or sag.oprettet).isoformat(),
        "lukket": sag.lukket.isoformat() if sag.lukket else None,
        "frist": sag.frist.isoformat() if sag.frist else None,
        "fristnote": sag.emne.frist,
        "parter": parties,
    }
