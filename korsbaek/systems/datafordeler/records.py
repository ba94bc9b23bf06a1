"""The land and the addresses of Korsbaek: a property for each house that anybody lives in, and each building case."""

from datetime import timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Adresse, Person, Sag
from korsbaek.nights.book import Book
from korsbaek.town import KOMMUNEKODE

HUS, VEJ, POST = "DAR_Husnummer", "DAR_NavngivenVej", "DAR_Postnummer"
STYKKE, EJERLAV, SFE = "MAT_Jordstykke", "MAT_Ejerlav", "MAT_SamletFastEjendom"
STREAM = "ejendomme"
STREAMS = {STREAM: Stream("listed whole each time, so removals show", kinds=(SFE,))}
_TIMES = ("id_lokalId", "status", "virkningFra", "virkningTil", "registreringFra", "datafordelerOpdateringstid")
FIELDS: dict[str, tuple[str, ...]] = {
    HUS: (*_TIMES, "husnummertekst", "adgangsadressebetegnelse", "navngivenVej", "postnummer", "jordstykke",
          "kommuneinddeling"),
    VEJ: (*_TIMES, "vejnavn", "administreresAfKommune"),
    POST: (*_TIMES, "postnr", "navn"),
    STYKKE: (*_TIMES, "matrikelnummer", "ejerlavLokalId", "registreretAreal", "samletFastEjendomLokalId",
             "kommuneLokalId"),
    EJERLAV: (*_TIMES, "ejerlavskode", "ejerlavsnavn"),
    SFE: (*_TIMES, "BFEnummer"),
}  # fmt: skip
"""What each entity has."""
IN_FORCE, NEDLAGT = "3", "4"
EJERLAV_NAVNE = ((12001, "Korsbæk Markjorder"), (12002, "Nørre Korsbæk By"), (12003, "Åstrup Kær By"))
BORN = "2014-01-01T00:00:00.000000Z"


def fill(shelf: Shelf, rng: Random) -> None:
    """Roads, postal codes, then the properties; two are malformed."""
    for kode, navn in EJERLAV_NAVNE:
        _put(shelf, EJERLAV, str(kode), ejerlavskode=kode, ejerlavsnavn=navn)
    homes: dict[tuple[str, str, str], Adresse] = {}
    for person in shelf.town.each(Person, "true order by nr"):
        for home in person.adresser:
            if home.kommunekode == KOMMUNEKODE:
                homes.setdefault((home.vejnavn, home.husnummer, home.postnummer), home)
    for n, home in enumerate(homes.values()):
        former = f"{rng.randint(181, 240)}" if n % 7 == 3 else ""
        _property(shelf, rng, str(2_000_000 + n), home, former)
    taken = {int(body["BFEnummer"]) for body in shelf.each(SFE)}
    for sag in shelf.town.each(Sag, "true order by nr"):
        for thing in sag.nu.genstande:
            bfe = int(thing.urn.rpartition(":")[2]) if thing.urn.startswith("urn:oio:ejendom:bfe-nr:") else 0
            if bfe and bfe not in taken:
                taken.add(bfe)
                _property(shelf, rng, str(bfe), next(iter(homes.values())), "", f"{241 + len(taken) % 700}")
    _spoil(shelf, rng)


def night(shelf: Shelf, book: Book, rng: Random) -> None:
    """A parcel is measured anew, a property is gone into another, one is new."""
    spoilt = {at.partition("/")[2] for (at,) in shelf.town.rows(_SPOILT, (shelf.system,))}
    plots = [
        (key, body)
        for key, body in shelf.rows(STYKKE)
        if key not in spoilt and body["samletFastEjendomLokalId"] not in spoilt
    ]
    chosen = rng.sample(plots, min(len(plots), 1 + book.times(1, 1000)))
    for n, (key, body) in enumerate(chosen):
        owner = body["samletFastEjendomLokalId"]
        if n:
            shelf.put(STYKKE, key, body | {"registreretAreal": body["registreretAreal"] + 7})
        else:
            for hus, one in shelf.rows(HUS):
                if one["jordstykke"] == key:
                    shelf.drop(HUS, hus)
            shelf.drop(STYKKE, key)
            shelf.drop(SFE, owner)
        book.write(shelf.system, STREAM, owner, "", "changed" if n else "gone")
    home = next(p.adresse for p in shelf.town.each(Person, "true order by nr") if p.adresse)
    bfe = str(3_000_000 + book.number)
    book.write(shelf.system, STREAM, _property(shelf, rng, bfe, home, "", f"{900 + book.number}"), "", "new")


_SPOILT = "select objekt from fejl where system = ? and mended is null"


def _put(shelf: Shelf, kind: str, ident: str, status: str = IN_FORCE, since: str = BORN, **said: object) -> str:
    """A node in force since `since`; gives its id."""
    times = {"virkningFra": since, "virkningTil": None, "registreringFra": since, "datafordelerOpdateringstid": since}
    shelf.put(kind, ident, {"id_lokalId": ident, "status": status, **times, **said})
    return ident


def _property(shelf: Shelf, rng: Random, bfe: str, home: Adresse, former: str, number: str = "") -> str:
    """A property with one parcel, its address, and maybe one that it had before; gives its id."""
    ejerlav = EJERLAV_NAVNE[int(home.postnummer) % 3][0]
    sfe = _put(shelf, SFE, str(int(bfe) + 50_000_000), BFEnummer=int(bfe))
    stykke = _put(
        shelf, STYKKE, str(int(bfe) + 70_000_000),
        matrikelnummer=f"{rng.randint(1, 90)}{rng.choice('abcdefghik')}",
        ejerlavLokalId=str(ejerlav),
        registreretAreal=rng.randint(280, 2400),
        samletFastEjendomLokalId=sfe,
        kommuneLokalId=KOMMUNEKODE,
    )  # fmt: skip
    vej, post = _uuid("vej", home.vejnavn), _uuid("post", home.postnummer)
    if shelf.one(VEJ, vej) is None:
        _put(shelf, VEJ, vej, vejnavn=home.vejnavn, administreresAfKommune=KOMMUNEKODE)
    if shelf.one(POST, post) is None:
        _put(shelf, POST, post, postnr=home.postnummer, navn=home.by)
    ended = (shelf.town.day - timedelta(days=rng.randint(400, 3000))).isoformat() + "T00:00:00.000000Z"
    for text, status, since in ((number or home.husnummer.lstrip("0"), IN_FORCE, BORN), (former, NEDLAGT, ended)):
        if text:
            _put(
                shelf, HUS, _uuid("hus", f"{bfe}/{text}"), status, since,
                husnummertekst=text,
                adgangsadressebetegnelse=f"{home.vejnavn} {text}, {home.postnummer} {home.by}",
                navngivenVej=vej, postnummer=post, jordstykke=stykke, kommuneinddeling=KOMMUNEKODE,
            )  # fmt: skip
    return sfe


def _spoil(shelf: Shelf, rng: Random) -> None:
    """One property with a number that is none, one with an area in words; not the first citizens' own."""
    keys = [key for key, _ in shelf.rows(SFE)][6:]
    one, other = rng.sample(keys, 2)
    body = shelf.one(SFE, one)
    if body is not None:
        shelf.spoil(STREAM, SFE, one, "number_unreadable", "BFEnummer", body | {"BFEnummer": "ukendt"})
    for key, plot in shelf.rows(STYKKE):
        if plot["samletFastEjendomLokalId"] == other:
            wrong = plot | {"registreretAreal": "ca. 800 m2"}
            shelf.spoil(STREAM, STYKKE, key, "area_unreadable", "registreretAreal", wrong)


def _uuid(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:korsbaek:{kind}:{name}"))
