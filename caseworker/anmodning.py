"""Anmodning as the view knows it: asked once, executed by sync, and what came of it as far as the asker may see."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel

from caseworker.coverage import receipt
from caseworker.overblik import read_borger
from caseworker.overblik.views import Borgeroverblik, View
from caseworker.principal import Principal
from caseworker.reading import Connection, Row, reading, rows, write, writing
from caseworker.tid import Tid, tid

HENT_IGEN = "hent_igen"
MANY, WITHIN = 10, timedelta(minutes=10)
"""Requests that one caseworker may make, and in how long."""
SHOWN_FOR = timedelta(hours=24)
"""How long the citizen's page tells of the latest request."""

DANSK = {
    "waiting": "venter", "running": "hentes nu", "succeeded": "er hentet", "partial": "er hentet delvist",
    "failed": "kunne ikke hentes", "not_asked": "kan ikke spørges om én borger",
}  # fmt: skip

_OPEN = """
    insert into anmodning (uid, slags, objekt, bruger, formaal, noegle, oprettet)
    values (:uid, :slags, :objekt, :bruger, :formaal, :noegle, :oprettet) on conflict do nothing
"""
_BY_KEY = "select * from anmodning where bruger = :bruger and noegle = :noegle"
_STILL_OPEN = "select * from anmodning where slags = :slags and objekt = :objekt and afsluttet is null"
_LATEST = """
    select * from anmodning where slags = :slags and objekt = :objekt and oprettet > :since
    order by oprettet desc, id desc limit 1
"""
_LATELY = "select count(*) as many from anmodning where bruger = :bruger and oprettet > :since"


class KeyTaken(Exception):
    """The key stands for a request about somebody else."""


class TooMany(Exception):
    """The caseworker has asked for more than a person reads in so short a time."""


class Systemsvar(BaseModel):
    """What came of a request at one system."""

    kilde: str
    navn: str
    tilstand: Literal["waiting", "succeeded", "partial", "failed", "not_asked"]
    paa: datetime | None = None
    """When it had answered."""
    nyt: int = 0
    """Objects and facts that are not as they were before, of those that the reader may see."""
    systemejer: str
    kontakt: str

    @property
    def tekst(self) -> str:
        """In Danish."""
        return DANSK[self.tilstand]


class Anmodningsvisning(View):
    """One request and how far it has come."""

    anmodning: UUID
    slags: str
    person: UUID
    tilstand: Literal["waiting", "running", "succeeded", "partial", "failed"]
    oprettet: datetime
    afsluttet: datetime | None
    systemer: list[Systemsvar]

    @property
    def tekst(self) -> str:
        """In Danish."""
        return DANSK[self.tilstand]


def ask(principal: Principal, person: UUID, formaal: str, noegle: str) -> UUID:
    """Ask for a citizen once: the same key, or a request for the same person that is still open, is the same request.

    Raises KeyTaken and TooMany. A worker is told at once.
    """
    when = tid().nu
    values = {
        "uid": uuid4(), "slags": HENT_IGEN, "objekt": person, "bruger": principal.uuid, "formaal": formaal,
        "noegle": noegle, "oprettet": when, "since": when - WITHIN,
    }  # fmt: skip
    with writing() as connection:
        found = _existing(connection, values)
        if found is None:
            # One caseworker's requests are counted one at a time.
            lock = "select pg_advisory_xact_lock(hashtextextended('helhed anmodning af ' || :bruger, 0))"
            write(connection, lock, values)
            if rows(connection, _LATELY, values)[0]["many"] >= MANY:
                raise TooMany
            write(connection, _OPEN, values)
            write(connection, "notify anmodning", {})
            found = _existing(connection, values)
    if found is None:
        return ask(principal, person, formaal, noegle)
    if found["objekt"] != person:
        raise KeyTaken
    return UUID(str(found["uid"]))


def _existing(connection: Connection, values: Mapping[str, Any]) -> Row | None:
    for statement in (_BY_KEY, _STILL_OPEN):
        if found := rows(connection, statement, values):
            return found[0]
    return None


def latest(person: UUID, when: Tid) -> Row | None:
    """The newest request about a person, when it is not too old to be told of."""
    values = {"slags": HENT_IGEN, "objekt": person, "since": when.nu - SHOWN_FOR}
    with reading() as connection:
        found = rows(connection, _LATEST, values)
    return found[0] if found else None


def find(uid: UUID) -> Row | None:
    """A request by what it is called outside."""
    with reading() as connection:
        found = rows(connection, "select * from anmodning where uid = :uid", {"uid": uid})
    return found[0] if found else None


def found(uid: UUID) -> Row:
    """A request that is known to be there."""
    request = find(uid)
    assert request is not None
    return request


def shown(principal: Principal, request: Row) -> Anmodningsvisning:
    """The request with its receipt: per system what came, counted over what the principal may see."""
    when = tid()
    before = after = None
    if request["afsluttet"]:
        before = read_borger(principal, request["objekt"], Tid(request["oprettet"], when.sand, when.nu))
        after = read_borger(principal, request["objekt"], when)
    new = came(before, after) if before and after else Counter[str]()
    with reading() as connection:
        kilder = rows(connection, "select * from kilde where aktiv order by navn", {})
        coverage = after.coverage if after else receipt(connection, when, [request["objekt"]])
    svar = request["svar"]
    return Anmodningsvisning(
        coverage=coverage,
        anmodning=request["uid"],
        slags=request["slags"],
        person=request["objekt"],
        tilstand=request["tilstand"],
        oprettet=request["oprettet"],
        afsluttet=request["afsluttet"],
        systemer=[
            Systemsvar(
                kilde=kilde["id"],
                navn=kilde["navn"],
                tilstand=said.get("state", "failed" if request["afsluttet"] else "waiting"),
                paa=said.get("at"),
                nyt=new[kilde["id"]] if said.get("asked") else 0,
                systemejer=kilde["systemejer"],
                kontakt=kilde["kontakt"],
            )
            for kilde in kilder
            for said in [svar.get(kilde["id"], {})]
        ],
    )


def came(before: Borgeroverblik, after: Borgeroverblik) -> Counter[str]:
    """How many objects and facts of each source differ between two readings of a page."""
    found: Counter[str] = Counter()
    for part in ("sager", "ydelser", "udbetalinger", "krav", "dokumenter", "notater"):
        former = list(getattr(before, part))
        for card in getattr(after, part):
            if card not in former:
                found.update(card.kilder if hasattr(card, "kilder") else [card.kilde])
    for name in type(after.hvem).model_fields:
        value = getattr(after.hvem, name)
        if value != getattr(before.hvem, name) and getattr(value, "kilde", None) is not None:
            found[value.kilde.kilde] += 1
    return found
