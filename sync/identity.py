"""Joining persons: a replaced CPR number makes two numbers one person (decision 5; SF1520 gaeldendePersonnummer)."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from canonical_model.drafts.person import IdentitetDraft
from helhed.settings import now
from sync.chunk import OPEN_CHUNK
from sync.database import STEADY, Connection, all_rows
from sync.resolve import IDENTITY_LOCK, Resolved

_OPEN = """
    select i.id, i.art, i.nummer, i.objekt, i.virkning_fra, i.virkning_til
    from unnest(%s::text[], %s::text[]) as asked(art, nummer)
    cross join lateral (
      select * from identitet where art = asked.art and nummer = asked.nummer and kendt_til is null offset 0) i
"""
_OPEN_OF_LOSERS = """
    select id, art, nummer, objekt, virkning_fra, virkning_til from identitet
    where objekt = any(%s) and kendt_til is null
"""
_CLOSE = "update identitet set kendt_til = %s where id = any(%s)"
_OPEN_NEW = """
    insert into identitet (art, nummer, objekt, virkning_fra, virkning_til, kendt_fra, source)
    select art, nummer, objekt, fra, til, %s, %s
    from unnest(%s::text[], %s::text[], %s::uuid[], %s::timestamptz[], %s::timestamptz[])
      as n(art, nummer, objekt, fra, til)
    on conflict do nothing
"""


class _Row(NamedTuple):
    id: int | None
    objekt: UUID
    fra: datetime | None
    til: datetime | None


def join_persons(
    connection: Connection, source: str, drafts: Iterable[IdentitetDraft], found: Resolved
) -> dict[UUID, UUID]:
    """Let every number that a draft names belong to the draft's person; what that changed: former UUID to surviving.

    The person of the number in force survives, with every number of the other, whatever order the drafts come in;
    saying it twice changes nothing. Rows are closed and opened, never rewritten, and facts keep the UUID that they
    were placed with. Commits by itself.
    """
    wanted = {(draft.art, draft.nummer): draft for draft in drafts}
    if not wanted:
        return {}
    with connection.transaction():
        connection.execute(OPEN_CHUNK)
        connection.execute(IDENTITY_LOCK)
        connection.execute(STEADY)
        at = now()
        open_rows = _read(connection, _OPEN, (list(p[0] for p in wanted), list(p[1] for p in wanted)))
        survivors = _Survivors()
        for pair, draft in wanted.items():
            if pair in open_rows:
                survivors.join(open_rows[pair].objekt, found[draft.objekt])
        if survivors.losers:
            open_rows |= _read(connection, _OPEN_OF_LOSERS, (survivors.losers,))
        target: dict[tuple[str, str], _Row] = {
            pair: row._replace(objekt=survivors.of(row.objekt)) for pair, row in open_rows.items()
        }
        for pair, draft in wanted.items():
            former = open_rows.get(pair)
            ended = draft.virkning_til or (former.til if former else None) or draft.virkning_fra or draft.registreret
            begun = former.fra if former else None
            target[pair] = _Row(None, survivors.of(found[draft.objekt]), begun, ended or at)
        changed = [pair for pair, row in target.items() if pair not in open_rows or row[1:] != open_rows[pair][1:]]
        connection.execute(_CLOSE, (at, [open_rows[pair].id for pair in changed if pair in open_rows]))
        rows = [target[pair] for pair in changed]
        connection.execute(
            _OPEN_NEW,
            (
                at,
                source,
                [art for art, _ in changed],
                [nummer for _, nummer in changed],
                [row.objekt for row in rows],
                [row.fra for row in rows],
                [row.til for row in rows],
            ),
        )
    return {loser: survivors.of(loser) for loser in survivors.losers}


def _read(connection: Connection, statement: str, values: tuple[object, ...]) -> dict[tuple[str, str], _Row]:
    rows = all_rows(connection, statement, values)
    return {(art, nummer): _Row(row, objekt, fra, til) for row, art, nummer, objekt, fra, til in rows}


class _Survivors:
    """Which UUID each joined one is now."""

    def __init__(self) -> None:
        self._into: dict[UUID, UUID] = {}

    def of(self, objekt: UUID) -> UUID:
        while objekt in self._into:
            objekt = self._into[objekt]
        return objekt

    def join(self, loser: UUID, survivor: UUID) -> None:
        loser, survivor = self.of(loser), self.of(survivor)
        if loser != survivor:
            self._into[loser] = survivor

    @property
    def losers(self) -> list[UUID]:
        return list(self._into)
