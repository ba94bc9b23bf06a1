"""What the company register says of companies that are a party."""

from collections.abc import Iterable
from uuid import UUID

from caseworker.reading import Connection, Row, facts, is_true, rows
from caseworker.tid import Tid, dansk_dag

_SAME = """
select distinct h.objekt as asked, o.objekt as known from identitet h
join identitet o on o.art = h.art and o.nummer = h.nummer where h.objekt = any(:ids) and h.art = 'cvr'"""


def virksomheder(connection: Connection, parts: Iterable[UUID], tid: Tid) -> dict[UUID, Row]:
    """Each company among the parties, by the UUID that the case has: what is true, else what was said last."""
    wanted = list(parts)
    same = {r["known"]: r["asked"] for r in rows(connection, _SAME, {"ids": wanted})} if wanted else {}
    found = facts(connection, "virksomhed", same, tid)
    return {same[r["objekt"]]: r for r in sorted(found, key=lambda r: is_true(r, tid))}


def oplysning(company: Row, tid: Tid) -> str | None:
    """One line: address, telephone, and since when it has ceased."""
    ended = None if is_true(company, tid) else dansk_dag(company["virkning_til"])
    said = [
        company["adresse"],
        f"tlf. {company['telefon']}" if company["telefon"] else None,
        f"ophørt {ended.day}.{ended.month}.{ended.year}" if ended else None,
    ]
    return " · ".join(part for part in said if part) or None
