"""The family as CPR knows it; nobody's address is ever shown here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from caseworker.overblik.models import Relation
from caseworker.reading import Connection, Row, is_true, rows
from caseworker.tid import Tid, alder, dansk_dag

ORD = {
    "aegtefaelle": "Ægtefælle", "barn": "Barn", "mor": "Mor", "far": "Far", "foraeldremyndighed": "Forældremyndighed",
    "vaerge": "Værge", "partner": "Partner",
}  # fmt: skip
_NAMES = """
select distinct h.objekt, p.navn, p.foedselsdato, p.doed, p.beskyttet, p.person from identitet h
join identitet o on o.art = h.art and o.nummer = h.nummer and o.kendt_til is null
join personopslag p on p.person = o.objekt where h.objekt = any(:ids)
union
select p.person, p.navn, p.foedselsdato, p.doed, p.beskyttet, p.person from personopslag p where p.person = any(:ids)"""


def references(found: Iterable[Row], tid: Tid) -> list[UUID]:
    """The persons that relations in force point to."""
    return sorted({r["reference"] for r in found if r["reference"] and is_true(r, tid)})


def build(
    connection: Connection, found: Iterable[Row], tid: Tid, protection: Mapping[UUID, date | None]
) -> list[Relation]:
    """Relations in force, one line each."""
    now = [r for r in found if is_true(r, tid)]
    ids = references(now, tid)
    known: dict[UUID, Any] = {r["objekt"]: r for r in rows(connection, _NAMES, {"ids": ids})} if ids else {}
    result: dict[tuple[str, object], Relation] = {}
    for row in now:
        other = known.get(row["reference"])
        born = row["foedselsdato"] or (other["foedselsdato"] if other else None)
        relation = Relation(
            relation=ORD.get(row["relationstype"], row["relationstype"].capitalize()),
            navn=(other["navn"] if other else None) or row["navn"] or "Navn ikke oplyst",
            person=other["person"] if other else None,
            alder=alder(born, dansk_dag(tid.sand)) if not (other and other["doed"]) else None,
            beskyttet=bool(row["reference"] in protection or (other and other["beskyttet"])),
            kilde=row["source"],
        )
        result.setdefault((relation.relation, row["reference"] or relation.navn), relation)
    return list(result.values())
