"""What Klassifikation holds: KLE, and the roles and types of the indexes' relations; and what a night does to it."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from korsbaek.calendar import midnight
from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.systems.index.wire import klasse_uuid
from korsbaek.systems.organisation.records import FOREVER
from korsbaek.systems.sdi import roles
from korsbaek.vocabulary.kle import FACETTER, emner

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

Body = dict[str, Any]
KINDS = ("klasse", "facet")
STREAMS = {"klasser": Stream("listed whole each time, so removals show", kinds=("klasse",))}
EMNEPLAN, HANDLING = "KLE-emneplan", "KLE-handlingsfacetter"
ROLLER = {
    "Sagsaktør-rolle": {
        "ejer": "Ejer", "ansvarlig": "Ansvarlig", "primaer_behandler": "Primær behandler",
        "andre_behandlere": "Anden behandler",
    },
    "Sagspart-rolle": {
        "primaer": "Primær part", "sekundaer": "Sekundær part", "ydelsesmodtager": "Ydelsesmodtager",
    },
    "Sagsrelation-rolle": {"oversag": "Oversag", "andre_sager": "Anden sag"},
    "Sagsgenstand-rolle": {"byggeri": "Byggeri", "ejendomsskat": "Ejendomsskat"},
    "Sagsaktør-type": {
        "Organisation": "Organisation", "OrganisationEnhed": "OrganisationEnhed", "Bruger": "Bruger",
        "OrganisationFunktion": "OrganisationFunktion",
    },
}  # fmt: skip
"""Facet to the town's own name of each role or type, and what the class is called."""
UUIDS = {
    "Sagsaktør-rolle": roles.AKTOER_ROLLE, "Sagspart-rolle": roles.PART_ROLLE,
    "Sagsrelation-rolle": roles.RELATION_ROLLE, "Sagsgenstand-rolle": roles.GENSTAND_ROLLE,
    "Sagsaktør-type": roles.AKTOER_TYPE,
}  # fmt: skip


def facet_uuid(noegle: str) -> str:
    """The UUID of a facet of the town."""
    return str(uuid5(NAMESPACE_URL, f"urn:korsbaek:facet:{noegle}"))


def fill(shelf: Shelf, rng: Random) -> None:
    """KLE with its retired numbers, and every role and type that the case index names."""
    begun, moved = shelf.town.day - timedelta(days=4000), shelf.town.day - timedelta(days=400)
    fra, at = midnight(begun).isoformat(), midnight(moved).isoformat()
    for noegle, titel in {EMNEPLAN: "Emneplan", HANDLING: "Handlingsfacetter", **{n: n for n in ROLLER}}.items():
        shelf.put("facet", facet_uuid(noegle), {"noegle": noegle, "titel": titel, "fra": fra, "tidspunkt": fra})
    replaced = {e.afloest_af: e.nummer for e in emner() if e.afloest_af}
    for e in emner():
        body = _klasse(EMNEPLAN, e.nummer, e.titel, at if e.nummer in replaced else fra)
        body["overordnet"] = klasse_uuid(e.over) if e.over else None
        if e.udgaaet:
            body["publiceret"] = [{"ja": True, "fra": fra, "til": at}, {"ja": False, "fra": at}]
        if old := replaced.get(e.nummer):
            body["erstatter"] = [{"uuid": klasse_uuid(old), "fra": at}]
        shelf.put("klasse", klasse_uuid(e.nummer), body)
    shelf.put("klasse", klasse_uuid("27.90.00"), _klasse(EMNEPLAN, "27.90.00", "Et nyt emne", fra))
    for noegle, titel in FACETTER.items():
        shelf.put("klasse", klasse_uuid(noegle), _klasse(HANDLING, noegle, titel, fra))
    for facet, names in ROLLER.items():
        for own, titel in names.items():
            shelf.put("klasse", UUIDS[facet][own], _klasse(facet, f"{facet}.{own}", titel, fra))
    _spoil(shelf)


def _klasse(facet: str, noegle: str, titel: str, fra: str) -> Body:
    return {
        "egenskaber": [{"noegle": noegle, "titel": titel, "fra": fra}],
        "publiceret": [{"ja": True, "fra": fra}],
        "facet": facet_uuid(facet),
        "overordnet": None,
        "erstatter": [],
        "tidspunkt": fra,
    }


def _spoil(shelf: Shelf) -> None:
    """Valid by the schema, and yet unreadable."""
    key = klasse_uuid("81")
    shelf.spoil(
        "klasser", "klasse", key, "no_egenskab", "Egenskab", {**(shelf.one("klasse", key) or {}), "egenskaber": []}
    )
    key = roles.GENSTAND_ROLLE["ejendomsskat"]
    body = shelf.one("klasse", key) or {}
    late = {**body, "egenskaber": [{**body["egenskaber"][0], "fra": FOREVER}]}
    shelf.spoil("klasser", "klasse", key, "time_unreadable", "Virkning/FraTidspunkt/TidsstempelDatoTid", late)


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """A subject gets another title from today on, one comes, and one that came before goes without a trace."""
    at = midnight(book.day).isoformat()
    used = {
        row[0].partition("/")[2] for row in shelf.town.rows("select objekt from fejl where system = ?", (shelf.system,))
    }
    plain = [
        key
        for key, body in shelf.rows("klasse", "true order by key")
        if body["facet"] == facet_uuid(EMNEPLAN) and key not in used and len(body["egenskaber"][-1]["noegle"]) == 8
    ]
    own = [key for key in plain if "Et nyt emne" in (shelf.one("klasse", key) or {})["egenskaber"][0]["titel"]]
    if own:
        shelf.drop("klasse", own[0])
        book.write("klassifikation", "klasser", own[0], "", "gone")
    renamed = rng.choice([key for key in plain if key not in own])
    body = shelf.one("klasse", renamed) or {}
    last = body["egenskaber"][-1]
    if last["fra"] < at:
        ended = {**last, "til": at}
        again = {**last, "titel": f"{last['titel'].partition(' (')[0]} (ny titel {book.number})", "fra": at}
        body = {**body, "egenskaber": [*body["egenskaber"][:-1], ended, again], "tidspunkt": at}
        shelf.put("klasse", renamed, body)
        book.write("klassifikation", "klasser", renamed, "", "changed")
    number = f"27.90.{book.number % 100:02d}"
    new = _klasse(EMNEPLAN, number, f"Et nyt emne {book.number}", at)
    shelf.put("klasse", klasse_uuid(number), {**new, "overordnet": klasse_uuid("27")})
    book.write("klassifikation", "klasser", klasse_uuid(number), "", "new")
