"""References to UUIDs: national numbers through Identitet, a source's own keys through Objekt, a set at a time."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from canonical_model.draft import Lokal, Nummer, Ref
from sync.database import STEADY, Connection, all_rows

Resolved = dict[Ref, UUID]
IDENTITY_LOCK = "select pg_advisory_xact_lock(hashtext('helhed identity'))"
"""Whoever gives out or joins identities holds it; such transactions are short: sources agree and never deadlock."""

_READ_NUMBERS = """
    select asked.art, asked.nummer, i.objekt from unnest(%s::text[], %s::text[]) as asked(art, nummer)
    cross join lateral (
      select objekt from identitet where art = asked.art and nummer = asked.nummer and kendt_til is null offset 0) i
"""
"""`offset 0` fences, as in sync.place: a planner that thinks identitet empty would else look every number of the chunk
up in all the numbers asked for."""
_NEW_NUMBERS = """
    insert into identitet (art, nummer, objekt, kendt_fra, source)
    select art, nummer, objekt, %s, %s from unnest(%s::text[], %s::text[], %s::uuid[]) as n(art, nummer, objekt)
    on conflict do nothing returning art, nummer, objekt
"""
_READ_KEYS = """
    select asked.art, asked.key, o.objekt from unnest(%s::text[], %s::text[]) as asked(art, key)
    cross join lateral (
      select objekt from objekt where source = %s and art = asked.art and key = asked.key offset 0) o
"""
_NEW_KEYS = """
    insert into objekt (source, art, key, objekt)
    select %s, art, key, objekt from unnest(%s::text[], %s::text[], %s::uuid[]) as n(art, key, objekt)
    on conflict do nothing returning art, key, objekt
"""


def resolve(connection: Connection, source: str, references: Iterable[Ref], now: datetime) -> Resolved:
    """The UUID of every reference; a number or key never seen before is given a random one.

    Commits by itself, before the facts that use it: an identity given and not yet used harms nothing, and a chunk
    of one source need not wait for another's. `connection` must not be in a transaction.
    """
    wanted = set(references)
    found: Resolved = {ref: ref for ref in wanted if isinstance(ref, UUID)}
    numbers: list[tuple[str, str]] = sorted(
        (ref.art, ref.nummer) for ref in wanted if isinstance(ref, Nummer) and ref.nummer.isdigit()
    )
    keys: list[tuple[str, str]] = sorted((ref.art, ref.key) for ref in wanted if isinstance(ref, Lokal))
    if numbers:
        _read_numbers(connection, numbers, found)
        missing = [pair for pair in numbers if Nummer(*pair) not in found]  # type: ignore[arg-type]
        if missing:
            with connection.transaction():
                connection.execute(IDENTITY_LOCK)
                values = (now, source, *_columns(missing), [uuid4() for _ in missing])
                new = all_rows(connection, _NEW_NUMBERS, values)
            found |= {Nummer(art, nummer): objekt for art, nummer, objekt in new}
            if others := [pair for pair in missing if Nummer(*pair) not in found]:  # type: ignore[arg-type]
                _read_numbers(connection, others, found)
    if keys:
        _read_keys(connection, source, keys, found)
        missing = [pair for pair in keys if Lokal(*pair) not in found]  # type: ignore[arg-type]
        if missing:
            with connection.transaction():
                new = all_rows(connection, _NEW_KEYS, (source, *_columns(missing), [uuid4() for _ in missing]))
            found |= {Lokal(art, key): objekt for art, key, objekt in new}
            if others := [pair for pair in missing if Lokal(*pair) not in found]:  # type: ignore[arg-type]
                _read_keys(connection, source, others, found)
    return found


def _read_numbers(connection: Connection, pairs: list[tuple[str, str]], into: Resolved) -> None:
    with connection.transaction():
        connection.execute(STEADY)
        for art, nummer, objekt in all_rows(connection, _READ_NUMBERS, _columns(pairs)):
            into[Nummer(art, nummer)] = objekt


def _read_keys(connection: Connection, source: str, pairs: list[tuple[str, str]], into: Resolved) -> None:
    with connection.transaction():
        connection.execute(STEADY)
        for art, key, objekt in all_rows(connection, _READ_KEYS, (*_columns(pairs), source)):
            into[Lokal(art, key)] = objekt


def _columns(pairs: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [first for first, _ in pairs], [second for _, second in pairs]
