"""Puts records into the town file, each with the columns that servers search on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from korsbaek.model import Bevilling, Dokument, Effektuering, Nexusborger, Part, Person, Sag
from korsbaek.office import Office
from korsbaek.schema import stamp
from korsbaek.town import Town


def _encode(record: object) -> str:
    return msgspec.json.encode(record).decode()


def put_meta(town: Town, **facts: object) -> None:
    """Facts of the town itself."""
    town.db.executemany("insert or replace into meta values (?, ?)", [(name, str(v)) for name, v in facts.items()])


def put_office(town: Town, office: Office) -> None:
    """Units, caseworkers, companies."""
    town.db.executemany("insert into enhed values (?, ?, ?)", [(e.uuid, e.id, _encode(e)) for e in office.enheder])
    town.db.executemany(
        "insert into bruger values (?, ?, ?, ?)", [(b.uuid, b.id, b.logon, _encode(b)) for b in office.brugere]
    )
    town.db.executemany("insert into virksomhed values (?, ?)", [(v.cvr, _encode(v)) for v in office.virksomheder])


def put_people(town: Town, people: Iterable[Person]) -> None:
    """People, and the numbers they had before."""
    people = list(people)
    town.db.executemany("insert or replace into person values (?, ?, ?)", [(p.nr, p.cpr, _encode(p)) for p in people])
    town.db.executemany(
        "insert or replace into former values (?, ?)", [(old.cpr, p.nr) for p in people for old in p.tidligere]
    )


def put_sager(town: Town, sager: Iterable[Sag]) -> None:
    """Cases and their parties."""
    sager = list(sager)
    town.db.executemany("delete from sagspart where sag = ?", [(s.uuid,) for s in sager])
    town.db.executemany(f"insert or replace into sag values ({_marks(16)})", [_sag(s) for s in sager])
    town.db.executemany(
        "insert into sagspart values (?, ?, ?, ?, ?, ?)",
        [
            (s.uuid, part.rolle, part.art, part.nummer, part.navn, part.til is None)
            for s in sager
            for part in s.nu.parter
        ],
    )


def _sag(sag: Sag) -> tuple[Any, ...]:
    now = sag.nu
    owner = next((a.cvr for a in now.aktoerer if a.rolle == "ejer"), None)
    return (
        sag.uuid,
        sag.nr,
        stamp(now.sts),
        stamp(now.tidspunkt),
        now.sagsnummer,
        now.titel,
        owner,
        now.kle,
        now.foelsomhed,
        now.status,
        stamp(now.oprettet),
        sag.master,
        sag.indeks,
        sag.sbsys,
        sag.nexus,
        _encode(sag),
    )


def put_dokumenter(town: Town, dokumenter: Iterable[Dokument]) -> None:
    """Documents."""
    town.db.executemany(
        f"insert or replace into dokument values ({_marks(13)})",
        [
            (
                d.uuid,
                d.id,
                d.sag,
                stamp(d.sts),
                stamp(d.tidspunkt),
                d.nummer,
                d.titel,
                d.foelsomhed,
                d.type,
                d.status,
                d.indeks,
                d.sbsys,
                _encode(d),
            )
            for d in dokumenter
        ],
    )


def put_bevillinger(town: Town, bevillinger: Iterable[Bevilling]) -> None:
    """Grants and their parties."""
    bevillinger = list(bevillinger)
    town.db.executemany("delete from bevillingspart where bevilling = ?", [(b.uuid,) for b in bevillinger])
    town.db.executemany(
        f"insert or replace into bevilling values ({_marks(7)})",
        [(b.uuid, b.nr, stamp(b.sts), b.noegle, b.foelsomhed, b.sag, _encode(b)) for b in bevillinger],
    )
    town.db.executemany(
        "insert into bevillingspart values (?, ?, ?, ?)",
        [(b.uuid, part.rolle, part.art, part.nummer) for b in bevillinger for part in b.parter],
    )


def put_effektueringer(town: Town, effektueringer: Iterable[Effektuering]) -> None:
    """Payments."""
    rows = []
    for e in effektueringer:
        part = e.parter[0] if e.parter else Part("", "navn", "", "", datetime.min)
        sent = (e.uuid, e.nr, stamp(e.sts), e.noegle, e.bevilling, part.art, part.nummer)
        rows.append((*sent, e.dispositionsdato.isoformat(), _encode(e)))
    town.db.executemany(f"insert or replace into effektuering values ({_marks(9)})", rows)


def put_nexus(town: Town, borgere: Iterable[Nexusborger]) -> None:
    """Nexus patients with their pathways and grants."""
    for b in borgere:
        town.db.execute("insert or replace into nexus values (?, ?, ?)", (b.id, b.cpr, _encode(b)))
        town.db.execute("delete from nexusref where patient = ?", (b.id,))
        refs = [("forloeb", f.id, b.id) for f in b.forloeb] + [("indsats", i.id, b.id) for i in b.indsatser]
        town.db.executemany("insert into nexusref values (?, ?, ?)", refs)


def _marks(count: int) -> str:
    return ", ".join("?" * count)
