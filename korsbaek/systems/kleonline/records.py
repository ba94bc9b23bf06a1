"""What KLE-online holds: the plans as KL published them, with the rules of each subject; and what a night brings."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.systems.index.wire import klasse_uuid
from korsbaek.vocabulary.kle import FACETTER, Emne, emner

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

Body = dict[str, Any]
STREAMS = {
    "emner": Stream("the whole plan each time, so removals show", kinds=("emne",)),
    "handlingsfacetter": Stream("the whole plan each time, so removals show", kinds=("handlingsfacet",)),
}
KATEGORIER = {"G": "Generelle sager", "K": "Kontrol og tilsyn", "P": "Planlægning og tilladelser"}


def fill(shelf: Shelf, rng: Random) -> None:
    """KLE as the register has it, with what the register does not tell."""
    day = shelf.town.day
    begun, moved = (day - timedelta(days=4000)).isoformat(), (day - timedelta(days=400)).isoformat()
    replaced = {e.afloest_af for e in emner() if e.afloest_af}
    for emne in emner():
        shelf.put("emne", klasse_uuid(emne.nummer), _emne(emne, moved if emne.nummer in replaced else begun, moved))
    for nummer, titel, over in (("81.90", "Nye emner", "81"), ("81.90.00", "Et nyt emne", "81.90")):
        shelf.put("emne", klasse_uuid(nummer), _klasse(nummer, titel, over, begun))
    for letter, titel in KATEGORIER.items():
        shelf.put("handlingsfacet", klasse_uuid(letter), _klasse(letter, titel, "", begun))
    for nummer, titel in FACETTER.items():
        shelf.put("handlingsfacet", klasse_uuid(nummer), _klasse(nummer, titel, nummer[0], begun))
    plain = [e for e in emner() if len(e.nummer) == 8 and not e.udgaaet and e.nummer not in replaced]
    for emne, slags, felt, broken in (
        (plain[3], "date_unreadable", "OprettetDato", {"oprettet": "1. januar 2015"}),
        (plain[5], "titel_missing", "EmneTitel", {"titel": None}),
        (plain[7], "duration_unreadable", "SletningJaevnfoerPersondataloven", {"slettefrist": "fem år"}),
    ):
        key = klasse_uuid(emne.nummer)
        shelf.spoil("emner", "emne", key, slags, felt, {**(shelf.one("emne", key) or {}), **broken})


def _emne(emne: Emne, oprettet: str, moved: str) -> Body:
    body = _klasse(emne.nummer, emne.titel, emne.over, oprettet)
    if emne.bevaring:
        body |= {"bevaring": emne.bevaring, "slettefrist": f"P{int(emne.slettefrist[1:-1]) * 365}D"}
    if emne.afloest_af:
        body["flyttet"] = {"dato": moved, "til": emne.afloest_af}
    elif emne.udgaaet:
        body["udgaaet"] = moved
    return body


def _klasse(nummer: str, titel: str, over: str, oprettet: str) -> Body:
    return {"nummer": nummer, "titel": titel, "over": over, "oprettet": oprettet}


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """KL publishes: a subject is retired, one comes, and one that came before goes without a trace."""
    today = book.day.isoformat()
    wrong = {
        at.partition("/")[2] for (at,) in shelf.town.rows("select objekt from fejl where system = ?", ("kleonline",))
    }
    plain = [
        (key, body)
        for key, body in shelf.rows("emne", "true order by key")
        if key not in wrong and len(body["nummer"]) == 8 and not body.get("udgaaet") and not body.get("flyttet")
    ]
    early = [key for key, body in plain if body["nummer"].startswith("81.90.")]
    if early:
        shelf.drop("emne", early[0])
        book.write("kleonline", "emner", early[0], "", "gone")
    key, body = rng.choice([row for row in plain if row[0] not in early])
    shelf.put("emne", key, {**body, "udgaaet": today, "rettet": [today]})
    book.write("kleonline", "emner", key, "", "changed")
    number = f"81.90.{book.number % 100:02d}"
    shelf.put("emne", klasse_uuid(number), _klasse(number, f"Et nyt emne {book.number}", "81.90", today))
    book.write("kleonline", "emner", klasse_uuid(number), "", "new")
