"""Quarantine: records that could not be translated; and translating stored records again, without the vendor."""

from typing import Any, NamedTuple

from connectors import registry
from connectors.contract import Record, Shape
from connectors.errors import ConnectorError
from helhed.settings import SettingsError, now, sources
from sync.database import Connection, all_rows, connect, one_value
from sync.land import CHUNK, Chunk, Item, Lander
from sync.runs import Counts, alone, line_of
from sync.sealing import unsealer

_PARKED = """
    select key, body, owner from quarantine where source = %s and stream = %s and key > %s order by key limit %s
"""
_LANDED = """
    select key, body, owner from landed
    where source = %s and stream = %s and key > %s and body is not null
      and not exists (select 1 from quarantine q
        where (q.source, q.stream, q.key) = (landed.source, landed.stream, landed.key))
    order by key limit %s
"""


_LET_GO = "select true from landed where source = %s and stream = %s and body is null limit 1"


class Parked(NamedTuple):
    """One record in quarantine; never its content."""

    source: str
    stream: str
    key: str
    field: str
    reason: str
    since: str


def rows(source: str | None = None) -> list[Parked]:
    """What is in quarantine, oldest first."""
    with connect() as connection:
        found = connection.execute(
            "select source, stream, key, field, reason, since from quarantine"
            " where %(source)s::text is null or source = %(source)s::text order by since, source, stream, key",
            {"source": source},
        ).fetchall()
    return [Parked(a, b, key, field, why, since.isoformat()) for a, b, key, field, why, since in found]


def replay(source: str | None = None) -> dict[str, dict[str, Any]]:
    """Translate what is in quarantine again from its stored body; per source/stream what cleared and what did not."""
    outcome: dict[str, dict[str, Any]] = {}
    with connect() as connection:
        pairs = connection.execute(
            "select distinct source, stream from quarantine"
            " where %(source)s::text is null or source = %(source)s::text",
            {"source": source},
        ).fetchall()
        good = sources().good
        for source_id, name in sorted((str(a), str(b)) for a, b in pairs):
            try:
                if source_id not in good:
                    raise SettingsError(f"{source_id}: there is no such source now; its quarantine stays.")
                connector = registry.load(good[source_id].connector)
                stream = next((s for s in connector.streams if s.name == name), None)
                if stream is None:
                    raise SettingsError(f"{source_id}: its connector has no stream {name} now; its quarantine stays.")
                with alone(connection, source_id):
                    counts = Counts()
                    lander = Lander(connection, source_id, stream, counts)
                    lander.refreshed.begin()
                    left = mend(connection, lander)
                outcome[f"{source_id}/{name}"] = {"cleared": counts.changed + counts.new, "left": left}
            except (ConnectorError, SettingsError) as error:
                outcome[f"{source_id}/{name}"] = {"error": line_of(error)}
    return outcome


def mend(connection: Connection, lander: Lander) -> int:
    """Try a stream's quarantine again; how many stay."""
    left = 0
    for items in _stored(connection, _PARKED, lander):
        left += len(lander.land(Chunk(items), again=True))
    return left


def translate_again(connection: Connection, lander: Lander) -> bool:
    """When the stream's translation has a new version, translate every landed record again, once.

    Whether that could not reach them all, since some bodies have been let go: a changed stream must then be read
    whole, once, and `translated` be said after that. Others come round by themselves, their digests being new.
    """
    if one_value(connection, "select true from vandmaerke where navn = %s", (_mark(lander),)):
        return False
    for items in _stored(connection, _LANDED, lander):
        lander.land(Chunk(items), again=True)
    if lander.stream.shape is Shape.CHANGED and one_value(connection, _LET_GO, (lander.source, lander.stream.name)):
        return True
    translated(connection, lander)
    return False


def translated(connection: Connection, lander: Lander) -> None:
    """Remember that every record has been said in the words of this version of the translation."""
    connection.execute(
        "insert into vandmaerke (navn, tid) values (%s, %s) on conflict do nothing", (_mark(lander), now())
    )


def _mark(lander: Lander) -> str:
    return f"translated/{lander.source}/{lander.stream.name}/{lander.stream.version}"


def _stored(connection: Connection, statement: str, lander: Lander) -> Any:
    last, unseal = "", unsealer()
    while True:
        found = all_rows(connection, statement, (lander.source, lander.stream.name, last, CHUNK))
        if found:
            yield [Item(key, Record(key, unseal(body)), owner) for key, body, owner in found]
            last = found[-1][0]
        if len(found) < CHUNK:
            return
