"""Persons whom no case names any more: their register records are closed, and when nothing is left their numbers go."""

import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from canonical_model.tables import FACT_TABLES
from connectors import registry
from connectors.contract import Stream
from connectors.errors import ConnectorError
from helhed.settings import Source, now
from sync.chunk import OPEN_CHUNK
from sync.database import Connection, all_rows, one_value
from sync.deletions import remove
from sync.place import Placer
from sync.population import PARTS
from sync.refreshed import Refreshed
from sync.runs import IDENTITIES, BusyError, alone

if TYPE_CHECKING:
    from sync.erasure import Erasing

PATIENCE = 30.0
"""Seconds to wait for runs to end before the numbers of unknown persons are left to the next night."""
KEYS = 5_000
"""Register records that are closed together."""

_NAMED = " union ".join(f"select part from {table} where part is not null and kendt_til is null" for table in PARTS)
_SAME_PERSON = """
    select o.objekt as person, i.objekt as uuid from identitet i
    join identitet o on o.art = i.art and o.nummer = i.nummer and o.kendt_til is null
"""
_NEEDED = f"""
    create temp table erase_needed as
    with same as materialized (select distinct person, uuid from ({_SAME_PERSON}) s)
    select distinct every.uuid from ({_NAMED}) n(part)
    join same one on one.uuid = n.part join same every on every.person = one.person
    union {_NAMED}
"""
_UNNEEDED = """
    select l.key, l.owner from landed l where l.source = %s and l.stream = %s and l.owner is not null
      and not exists (select 1 from erase_needed n where n.uuid = l.owner) order by l.key
"""
_NOT_ASKED = """
    delete from asked a where a.source = %s and a.stream = %s
      and not exists (select 1 from erase_needed n where n.uuid = a.objekt)
"""
_POINTERS = [
    *((table, "objekt") for table in FACT_TABLES),
    *(
        (table, column.name)
        for table, model in FACT_TABLES.items()
        for column in model.__table__.columns  # type: ignore[attr-defined]
        if column.name != "objekt" and column.type.python_type.__name__ == "UUID"
    ),
    ("landed", "owner"), ("quarantine", "owner"),
]  # fmt: skip
"""Every column that names an object: as long as one does, its number and its key stay."""
_LEFT_ALONE = (
    ("asked", "delete from asked a using erase_nobody n where a.objekt = n.uuid"),
    ("personopslag", "delete from personopslag o using erase_nobody n where o.person = n.uuid"),
    ("worklist", "delete from worklist w using erase_nobody n where w.key = n.uuid::text"),
    ("objekt", "delete from objekt o using erase_nobody n where o.objekt = n.uuid"),
    ("identitet", "delete from identitet i using erase_nobody n where i.objekt = n.uuid"),
)


def forget_unneeded(erasing: "Erasing", sources: Iterable[Source]) -> None:
    """Close what registers said of persons whom no case, document or grant names any more, as if it were deleted.

    The population is why they were looked up (decision 6). They are asked for again the night somebody names them.
    """
    connection = erasing.connection
    connection.execute("drop table if exists erase_needed")
    connection.execute(_NEEDED)
    connection.execute("create index on erase_needed (uuid)")
    connection.execute("analyze erase_needed")
    for source in sources:
        try:
            streams = [stream for stream in registry.load(source.connector).streams if stream.asks == "cpr"]
        except ConnectorError:
            continue
        if not streams:
            continue
        try:
            with alone(connection, source.id):
                for stream in streams:
                    _close(erasing, source.id, stream)
        except BusyError:
            erasing.left.append(f"{source.id}: a run is under way; persons no longer named are left to the next night.")


def _close(erasing: "Erasing", source: str, stream: Stream[Any]) -> None:
    connection, where = erasing.connection, (source, stream.name)
    keys = [key for key, _ in all_rows(connection, _UNNEEDED, where)]
    for start in range(0, len(keys), KEYS):
        placer = Placer(connection, source, stream.name)
        with connection.transaction():
            # A refresh of one of them must not go by what it said before.
            Refreshed(connection, source, stream).lock()
            connection.execute(OPEN_CHUNK)
            remove(connection, placer, keys[start : start + KEYS], now())
    erasing.do(source, "asked", "unneeded", _NOT_ASKED, where)


def forget_unknown(erasing: "Erasing") -> None:
    """Erase the numbers and keys of whom and what nothing speaks of any more, and their place in search.

    Not while a run is under way: it may be about to say something of an identity that it has just been given.
    """
    connection = erasing.connection
    if not _quiet(connection):
        erasing.left.append("Runs are under way; persons that nobody knows any more are left to the next night.")
        return
    try:
        with connection.transaction():
            connection.execute(
                f"create temp table erase_nobody on commit drop as select distinct person, uuid from ({_SAME_PERSON}) s"
                " union select objekt, objekt from objekt o"
                "  where not exists (select 1 from identitet i where i.objekt = o.objekt)"
            )
            connection.execute("create index on erase_nobody (uuid)")
            connection.execute("create index on erase_nobody (person)")
            for table, column in _POINTERS:
                connection.execute("analyze erase_nobody")
                connection.execute(
                    "delete from erase_nobody n using (select distinct k.person from erase_nobody k"
                    f" where exists (select 1 from {table} t where t.{column} = k.uuid)) k where k.person = n.person"
                )
            connection.execute("analyze erase_nobody")
            for place, statement in _LEFT_ALONE:
                erasing.write_down("", place, "unknown", connection.execute(statement).rowcount)
    finally:
        connection.execute("select pg_advisory_unlock(hashtext(%s))", (IDENTITIES,))


def _quiet(connection: Connection) -> bool:
    """Whether no run is under way; none begins until the lock is let go."""
    end = time.monotonic() + PATIENCE
    while not one_value(connection, "select pg_try_advisory_lock(hashtext(%s))", (IDENTITIES,)):
        if time.monotonic() > end:
            return False
        threading.Event().wait(0.1)
    return True
