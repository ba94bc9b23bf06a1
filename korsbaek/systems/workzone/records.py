"""What WorkZone holds, as its entities: cases (Files with Parties, Dates and Text inside) and documents (Records)."""

from datetime import timedelta
from random import Random
from typing import Any

from korsbaek.landscape.archive import Archive, Arkivsag
from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.nights.book import Book
from korsbaek.vocabulary.archives import TEKNIK

_LISTED = "listed whole each time, so removals show"
STREAMS = {"sager": Stream(_LISTED), "dokumenter": Stream(_LISTED)}
FIRST = 67_000


def fill(shelf: Shelf, rng: Random) -> None:
    """A third of the town's people have a case here; two cases and one document are malformed."""
    archive = Archive(shelf.town, rng, TEKNIK, FIRST)
    for sag in archive.all(0.3):
        _put(shelf, sag)
    (first, one), (second, two) = _spare(shelf, archive)[:2]
    shelf.spoil("sager", "sager", first, "date_unreadable", "Created", one | {"Created": "i går"})
    wrong = two["Parties"][0] | {"Name": two["Parties"][0]["Name"] | {"NameCode": "010203123"}}
    body = two | {"Parties": [wrong, *two["Parties"][1:]]}
    shelf.spoil("sager", "sager", second, "cpr_nine_digits", "Parties[0].Name.NameCode", body)
    paper, document = next((k, b) for k, b in shelf.rows("dokumenter") if b["FileKey_Value"] not in (first, second))
    shelf.spoil("dokumenter", "dokumenter", paper, "title_missing", "Title", document | {"Title": None})


def _spare(shelf: Shelf, archive: Archive) -> list[tuple[str, dict[str, Any]]]:
    """Cases of citizens that are known without them."""
    steady = archive.steady
    return [(k, b) for k, b in shelf.rows("sager") if set(shelf.named("sager", k)) <= steady]


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """A new case, one that is closed, a document with another title, and something that is gone."""
    archive = Archive(shelf.town, rng, TEKNIK, max(int(k) for k, _ in shelf.rows("sager")) + 1)
    people = list(archive.people())
    for _ in range(book.times(1, 1000)):
        sag = archive.case(rng.choice(people), day=book.day)
        _put(shelf, sag)
        made = [("sager", str(sag.nr)), *(("dokumenter", f"{sag.nr}{paper.nr}") for paper in sag.papirer)]
        for stream, key in made:
            book.write("workzone", stream, key, sag.borger.cpr, "new")
            book.used.add(f"{stream}/{key}")
    for key, body in _some(shelf, book, rng, "sager", "body like '%\"Closed\": null%'", book.times(2, 500)):
        closed = {"Closed": book.day.isoformat(), "State_Value": "AFS", "State_Summary": "Afsluttet"}
        _again(shelf, book, "sager", key, body | closed)
    for key, body in _some(shelf, book, rng, "dokumenter", "true", book.times(1, 500)):
        _again(shelf, book, "dokumenter", key, body | {"Title": f"{body['Title']} (rettet)"})
    for key, _ in _some(shelf, book, rng, "dokumenter", f"owner <> '{archive.showcase}'", 1):
        _gone(shelf, book, "dokumenter", key)
    bare = {key for key, _ in _spare(shelf, archive)} - {b["FileKey_Value"] for b in shelf.each("dokumenter")}
    for key in sorted(bare)[:1]:
        _gone(shelf, book, "sager", key)


def _some(shelf: Shelf, book: Book, rng: Random, kind: str, where: str, count: int) -> list[tuple[str, dict[str, Any]]]:
    """Records by chance that nothing has happened to, nor is wrong with."""
    free = [(k, b) for k, b in shelf.rows(kind, f"{where} order by seq") if f"{kind}/{k}" not in book.used]
    return rng.sample(free, min(count, len(free)))


def _again(shelf: Shelf, book: Book, kind: str, key: str, body: dict[str, Any]) -> None:
    owner = shelf.owner(kind, key)
    shelf.put(kind, key, body, owner=owner, parts=shelf.named(kind, key))
    book.used.add(f"{kind}/{key}")
    book.write("workzone", kind, key, owner, "changed")


def _gone(shelf: Shelf, book: Book, kind: str, key: str) -> None:
    book.write("workzone", kind, key, shelf.owner(kind, key), "gone")
    shelf.drop(kind, key)


def _put(shelf: Shelf, sag: Arkivsag) -> None:
    named = [sag.anden, sag.firma.cvr if sag.firma else ""]
    shelf.put("sager", str(sag.nr), _file(sag), owner=sag.borger.cpr, parts=named)
    for paper in sag.papirer:
        key = f"{sag.nr}{paper.nr}"
        said = {
            "ID": key,
            "UserKey": f"{sag.nr}-{paper.nr}",
            "Title": paper.titel,
            "RecordType_Value": paper.retning,
            "RecordType_Summary": {"I": "Indgående", "U": "Udgående", "N": "Internt"}[paper.retning],
            "RecordGrp_Value": "BREV",
            "State_Value": "ARK",
            "FileKey_Value": str(sag.nr),
            "Created": paper.dag.isoformat(),
            "LetterDate": paper.dag.isoformat(),
        }
        shelf.put("dokumenter", key, said, owner=sag.borger.cpr)


def _file(sag: Arkivsag) -> dict[str, Any]:
    number = f"{sag.oprettet.year}/{sag.emne.kle[:2]}-{sag.nr}"
    parties = [_party(sag, 1, "Sagspart", "C", sag.borger.cpr, sag.borger.navn.fuldt)]
    if sag.anden:
        parties.append(_party(sag, 2, "Kopimodtager", "C", sag.anden, sag.anden_navn))
    if sag.firma:
        parties.append(_party(sag, 3, "Kopimodtager", "F", sag.firma.cvr, sag.firma.navn))
    closed, end = sag.lukket, sag.frist or sag.oprettet + timedelta(days=90)
    dates = [{"ID": f"{sag.nr}1", "CustomLabel_Value": sag.emne.frist, "DateStamp": end.isoformat()}]
    return {
        "ID": str(sag.nr),
        "UserKey": number,
        "FileNo": number,
        "Title": sag.emne.titel,
        "FileClass_Value": sag.emne.kle,
        "FileClass_Summary": f"{sag.emne.kle}, {sag.emne.kle_titel}",
        "SubNo_Value": "G01",
        "Officer_Value": sag.bruger.logon.upper(),
        "Officer_Summary": f"{sag.bruger.logon.upper()}, {sag.bruger.navn}",
        "ResponsibleOU_Value": sag.enhed.noegle,
        "ResponsibleOU_Summary": f"{sag.enhed.noegle}, {sag.enhed.navn}",
        "State_Value": "AFS" if closed else "UB",
        "State_Summary": "Afsluttet" if closed else "Under behandling",
        "Created": sag.oprettet.isoformat(),
        "Closed": closed.isoformat() if closed else None,
        "Text": {"Text": sag.emne.notat} if sag.emne.notat else None,
        "Parties": parties,
        "Dates": dates if sag.emne.frist else [],
    }


def _party(sag: Arkivsag, place: int, label: str, kind: str, code: str, name: str) -> dict[str, Any]:
    contact = {"ID": f"{sag.nr}{place}", "NameType_Value": kind, "NameCode": code, "Name1": name}
    return {"ID": f"{sag.nr}{place}", "CustomLabel_Value": label, "Name": contact}
