"""Persons behind UUIDs: everything that a person's numbers were ever called, and the number in force."""

from dataclasses import dataclass
from uuid import UUID

from caseworker.reading import Connection, Row, rows
from caseworker.tid import Tid

_IDS = """
select distinct h.objekt from identitet o join identitet h on h.art = o.art and h.nummer = o.nummer
where o.objekt = :person and o.kendt_til is null"""
_SURVIVOR = """
select o.objekt from identitet h join identitet o on o.art = h.art and o.nummer = h.nummer and o.kendt_til is null
where h.objekt = :person order by (o.objekt = :person) desc, o.id limit 1"""
_NUMBERS = """
select art, nummer, virkning_fra, virkning_til, kendt_fra, source from identitet
where objekt = :person and kendt_til is null
order by (virkning_til is null or virkning_til > :sand) desc, virkning_fra desc nulls last, id"""
_EXISTS = "select 1 as found from {table} where objekt = :person limit 1"


@dataclass(frozen=True)
class Identity:
    """One person: the UUID that survives, every UUID that facts may carry, the CPR number in force, the former ones."""

    person: UUID
    ids: tuple[UUID, ...]
    cpr: str | None
    former: tuple[str, ...]
    other: tuple[tuple[str, str], ...] = ()


def identity(connection: Connection, person: UUID, tid: Tid) -> Identity | None:
    """Who a UUID stands for; a UUID that was merged away gives the survivor. None when nobody is known by it."""
    survivor = rows(connection, _SURVIVOR, {"person": person})
    if not survivor:
        return Identity(person, (person,), None, ()) if _stated(connection, person) else None
    person = survivor[0]["objekt"]
    ids = {person} | {r["objekt"] for r in rows(connection, _IDS, {"person": person})}
    numbers = rows(connection, _NUMBERS, {"person": person, "sand": tid.sand})
    cpr = in_force_first(numbers)
    others = tuple((str(r["art"]), str(r["nummer"])) for r in numbers if r["art"] != "cpr")
    return Identity(person, tuple(sorted(ids)), cpr[0] if cpr else None, tuple(cpr[1:]), others)


def in_force_first(numbers: list[Row]) -> list[str]:
    """CPR numbers, the one in force first: a number that a source calls replaced never comes before one in use."""
    return [str(r["nummer"]) for r in numbers if r["art"] == "cpr"]


def _stated(connection: Connection, person: UUID) -> bool:
    return any(rows(connection, _EXISTS.format(table=t), {"person": person}) for t in ("person", "navn"))


def skriv_cpr(cpr: str | None) -> str:
    """ddmmyy-nnnn, or a dash."""
    return f"{cpr[:6]}-{cpr[6:]}" if cpr and len(cpr) == 10 else "–"
