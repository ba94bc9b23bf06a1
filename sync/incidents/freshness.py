"""Streams that are older than their source's freshness target."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from helhed.settings import Source, now
from sync.database import Connection
from sync.incidents.dansk import tidspunkt
from sync.incidents.finding import Finding

_FIRST_SEEN = "incidents/known since/"
_KNOWN = """
    insert into vandmaerke (navn, tid) select %(mark)s || id, %(at)s from unnest(%(ids)s::text[]) as k(id)
    on conflict (navn) do nothing
"""
_AGES = """
    select v.id, coalesce(s.stream, ''), coalesce(s.complete_as_of, v.tid), s.complete_as_of is null
    from (select substr(navn, length(%(mark)s) + 1) as id, tid from vandmaerke where starts_with(navn, %(mark)s)) v
    left join stream_state s on s.source = v.id
    where v.id = any(%(ids)s)
"""


def allowance(source: Source, rotation: int) -> timedelta:
    """How old a stream may be: the target, and for one that asks everybody over many nights so many days more."""
    return timedelta(hours=source.friskhed_timer, days=max(0, rotation - 1))


def late(
    connection: Connection, good: Mapping[str, Source], rotations: Mapping[str, Mapping[str, int]]
) -> list[Finding]:
    """A finding for each stream that is too old. A source that was never read counts from when it was registered."""
    at, values = now(), {"mark": _FIRST_SEEN, "ids": list(good)}
    connection.execute(_KNOWN, values | {"at": at})
    found = []
    for source_id, stream, as_of, never in connection.execute(_AGES, values).fetchall():
        source, known = good[source_id], rotations.get(source_id, {})
        if stream and known and stream not in known:
            continue
        target = allowance(source, known.get(stream, 1))
        if at - as_of > target:
            found.append(_finding(source, stream, as_of, never, target))
    return found


def _finding(source: Source, stream: str, as_of: datetime, never: bool, target: timedelta) -> Finding:
    hours = int(target.total_seconds() // 3600)
    where = f"{source.id}/{stream}" if stream else source.id
    if never:
        line = f"{where} has never been read completely; target {hours} hours"
        tekst = f"Oplysningerne fra {source.navn} er aldrig hentet helt."
    else:
        line = f"{where} is complete as of {as_of:%Y-%m-%d %H:%M} UTC; target {hours} hours"
        tekst = (
            f"Oplysningerne fra {source.navn} er senest hentet helt {tidspunkt(as_of)} og er dermed ældre end målet på "
            f"{hours} timer."
        )
    return Finding("freshness", source.id, stream, "late", 1, as_of + target, line, tekst)
