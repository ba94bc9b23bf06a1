"""What CVR holds of the companies that cases name, and what a night does to them."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Virksomhed
from korsbaek.numbers import company_number
from korsbaek.vocabulary.places import BYER, VEJE

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

Body = dict[str, Any]
STREAMS = {
    "virksomheder": Stream("asked by CVR number, all that are a party each time", asked="cvr", kinds=("virksomhed",)),
}
BRANCHER = (("412000", "Opførelse af bygninger"), ("871020", "Plejehjem"), ("812100", "Almindelig rengøring"))
"""Activity codes of DB07 and their words."""
FORMER = {"ApS": 80, "A/S": 60, "I/S": 30}
"""How a name ends, and the code of its legal form; 10 is a sole trader."""
CENTURIES_AHEAD = "10000-01-01"
"""A date that the schema allows and no calendar of ours has."""


def fill(shelf: Shelf, rng: Random) -> None:
    """Every company of the town; one has ceased."""
    companies = list(shelf.town.each(Virksomhed, "true order by cvr"))
    for company in companies:
        _put(shelf, rng, company.cvr, company.navn)
    often = "select nummer from sagspart where art = 'cvr' group by 1 order by count(*) desc, nummer"
    named = [cvr for (cvr,) in shelf.town.rows(often) if _is_party(shelf, cvr)]
    for company in companies:
        if _is_party(shelf, company.cvr):
            _change(shelf, company.cvr, kendt=True)
    if len(named) > 3:
        _change(shelf, named[0], ophoert=(shelf.town.day - timedelta(days=200)).isoformat())
        body = shelf.one("virksomhed", named[1]) or {}
        shelf.spoil("virksomheder", "virksomhed", named[1], "name_empty", "LegalUnitName/name", {**body, "navn": ""})
        body = shelf.one("virksomhed", named[2]) or {}
        late = {**body, "fra": CENTURIES_AHEAD}
        shelf.spoil("virksomheder", "virksomhed", named[2], "date_unreadable", "LegalUnitName/validFromDate", late)


def _put(shelf: Shelf, rng: Random, cvr: str, navn: str) -> None:
    postnummer, by = rng.choice(BYER)
    kode, branche = rng.choice(BRANCHER)
    begun = (shelf.town.day - timedelta(days=rng.randrange(900, 6000))).isoformat()
    form = next((code for ending, code in FORMER.items() if navn.endswith(ending)), 10)
    body = {
        "cvr": cvr,
        "version": 1,
        "navn": navn,
        "fra": begun,
        "form": form,
        "branchekode": kode,
        "branche": branche,
        "adresse": {
            "vej": rng.choice(VEJE), "nummer": str(rng.randrange(1, 99)), "postnummer": postnummer, "by": by,
            "fra": begun,
        },
        "telefon": f"9900{rng.randrange(4000, 4999)}",
        "email": f"kontakt-{rng.randrange(10**4, 10**5)}@korsbaek.invalid",
        "reklamebeskyttet": rng.random() < 0.3,
    }  # fmt: skip
    shelf.put("virksomhed", cvr, body, owner=cvr)


def _is_party(shelf: Shelf, cvr: str) -> bool:
    return bool(shelf.town.rows("select 1 from companies where cvr = ? limit 1", (cvr,)))


def _change(shelf: Shelf, cvr: str, **said: Any) -> None:
    was = shelf.one("virksomhed", cvr) or {}
    shelf.put("virksomhed", cvr, {**was, **said, "version": was["version"] + 1}, owner=cvr)


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """A company moves to another telephone, one is founded that nobody names, one is struck off the register."""
    spared = {key for (key,) in shelf.town.rows("select owner from fejl where system = 'cvr'")}
    held = [key for key, _ in shelf.rows("virksomhed", "true order by key") if key not in spared]
    for cvr in held:
        if not (shelf.one("virksomhed", cvr) or {}).get("kendt") and _is_party(shelf, cvr):
            _change(shelf, cvr, kendt=True)
            book.write("cvr", "virksomheder", "virksomhed", cvr, "new")
    known = [key for key in held if (shelf.one("virksomhed", key) or {}).get("kendt") and _is_party(shelf, key)]
    fresh = {owner for _, _, _, owner in book.written}
    called, *rest = rng.sample([key for key in known if key not in fresh], 2) if len(known) > 3 else [held[0]]
    _change(shelf, called, telefon=f"9900{rng.randrange(5000, 5999)}")
    book.write("cvr", "virksomheder", "virksomhed", called, "changed")
    for cvr in rest:
        shelf.drop("virksomhed", cvr)
        book.write("cvr", "virksomheder", "virksomhed", cvr, "gone")
    founded = company_number(rng)
    _put(shelf, rng, founded, f"Nystiftet {book.number} ApS")
    book.write("cvr", "virksomheder", "virksomhed", founded, "new")
