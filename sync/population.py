"""Who is asked for: the persons with a live object in a pulled system, and what identifies them to a vendor."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.database import Connection, all_rows

PARTS = ("sagspart", "dokumentpart", "bevillingspart", "effektueringspart", "krav")
"""Tables whose current rows make a person part of the population (decision 6)."""

_LIVE = " union ".join(
    f"select part from {table} where part is not null and kendt_til is null and registreret_til is null"
    " and (virkning_til is null or virkning_til > %(now)s)"
    for table in PARTS
)
_CURRENT = """
    select distinct on (i.objekt) i.objekt, i.nummer from identitet i
    where i.art = %(art)s and i.kendt_til is null and i.objekt in ({persons})
    order by i.objekt, (i.virkning_til is null) desc, i.virkning_fra desc nulls last, i.id desc
"""
_SURVIVING = """
    select o.objekt from ({named}) n(part)
    join identitet i on i.objekt = n.part 
    join identitet o on o.art = i.art and o.nummer = i.nummer and o.kendt_til is null
"""
_POPULATION = _CURRENT.format(persons=_SURVIVING.format(named=_LIVE))
_NAMED = _CURRENT.format(persons=_SURVIVING.format(named="select unnest(%(persons)s::uuid[])"))
_FORMER = """
    select o.objekt, i.objekt from identitet o
    join identitet i on i.art = o.art and i.nummer = o.nummer
    where o.kendt_til is null and o.objekt = any(%s)
"""

_OTHERS = """
    select i.objekt, array_agg(i.nummer order by i.virkning_til desc nulls first, i.nummer)
    from unnest(%s::uuid[], %s::text[]) as n(objekt, nummer)
    join identitet i on i.objekt = n.objekt and i.art = %s and i.kendt_til is null and i.nummer <> n.nummer
    group by i.objekt
"""

DENMARK = ZoneInfo("Europe/Copenhagen")


def population(connection: Connection, now: datetime, art: str = "cpr") -> dict[UUID, str]:
    """Every person of the population with the CPR number in force; for art 'cvr', every company that is a party."""
    return dict(all_rows(connection, _POPULATION, {"now": now, "art": art}))


def numbers_of(connection: Connection, persons: Sequence[UUID], art: str = "cpr") -> dict[UUID, str]:
    """These persons, as they are known now, with the number of a kind in force; those without one are left out."""
    return dict(all_rows(connection, _NAMED, {"persons": list(persons), "art": art}))


def every_number(connection: Connection, numbers: Mapping[UUID, str], art: str = "cpr") -> dict[UUID, list[str]]:
    """Of these persons with the number in force: that number, then those it replaced, the last first.

    A vendor may go on under a replaced number for days; it is a number of the same person.
    """
    others = dict(all_rows(connection, _OTHERS, (list(numbers), list(numbers.values()), art)))
    return {person: [number, *others.get(person, ())] for person, number in numbers.items()}


def every_uuid(connection: Connection, persons: Sequence[UUID]) -> dict[UUID, UUID]:
    """Every UUID that these persons ever had, to the one they have now."""
    found = {former: person for person, former in all_rows(connection, _FORMER, (list(persons),))}
    return found | {person: person for person in persons}


def turn(person: UUID, rotation: int) -> int:
    """The night in the rotation on which a person's turn comes; the same every time."""
    return int.from_bytes(blake2b(person.bytes, digest_size=8).digest(), "big") % rotation


def tonight(now: datetime) -> date:
    """The Danish day that a run belongs to."""
    return now.astimezone(DENMARK).date()


def whose_turn(
    everyone: Sequence[UUID],
    asked: dict[UUID, datetime],
    listed: set[UUID],
    rotation: int,
    now: datetime,
) -> list[UUID]:
    """Whom to ask tonight: those on the work list, those never asked, and a rotation-th of the rest.

    Whoever missed a turn (a night did not run, or the vendor was away) is asked too: after a night that went well,
    every answer is younger than the rotation takes.
    """
    day = tonight(now)

    def rank(person: UUID) -> int:
        if person in listed:
            return 0
        last = asked.get(person)
        if last is None:
            return 1
        due = rotation <= 1 or turn(person, rotation) == day.toordinal() % rotation
        overdue = (day - tonight(last)).days >= rotation
        return 2 if due or overdue else 3

    ranked = sorted((rank(person), person) for person in {*everyone, *listed})
    return [person for place, person in ranked if place < 3]
