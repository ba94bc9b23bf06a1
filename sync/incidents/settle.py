"""The store's incidents made what the findings say: opened, raised, closed; each at most once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sync.database import Connection
from sync.incidents.affected import Affected
from sync.incidents.finding import Finding
from sync.incidents.responsible import Responsible

Key = tuple[str, str, str]
_CLOSE = """
    update incident i set closed = %(at)s, untold = true
    where i.closed is null and i.source = any(%(ids)s) and not exists (
        select from unnest(%(kinds)s::text[], %(sources)s::text[], %(streams)s::text[]) f(kind, source, stream)
        where (f.kind, f.source, f.stream) = (i.kind, i.source, i.stream))
    returning i.kind, i.source, i.stream
"""
_OPEN = "select kind, source, stream, level from incident where closed is null and source = any(%s)"
# A level that falls is not told; when it rises again from there, it is.
_UPDATE = """
    update incident set reason = %(reason)s, level = %(level)s, line = %(line)s, tekst = %(tekst)s,
        since = least(since, %(since)s), told_level = least(told_level, %(level)s),
        navn = %(navn)s, systemejer = %(systemejer)s, kontakt = %(kontakt)s, kontakt_mail = %(kontakt_mail)s,
        leverandoer = %(leverandoer)s,
        untold = untold or %(level)s > told_level or kontakt_mail is distinct from %(kontakt_mail)s
    where (kind, source, stream) = (%(kind)s, %(source)s, %(stream)s) and closed is null
      and (reason, level, line, tekst, navn, systemejer, kontakt, kontakt_mail, leverandoer) is distinct from
          (%(reason)s, %(level)s, %(line)s, %(tekst)s, %(navn)s, %(systemejer)s, %(kontakt)s, %(kontakt_mail)s,
           %(leverandoer)s)
"""
_INSERT = """
    insert into incident (kind, source, stream, reason, level, since, opened, line, tekst, navn, systemejer, kontakt,
        kontakt_mail, leverandoer, enheder, kle, borgere, told_level, told_closed, untold)
    values (%(kind)s, %(source)s, %(stream)s, %(reason)s, %(level)s, %(since)s, %(at)s, %(line)s, %(tekst)s, %(navn)s,
        %(systemejer)s, %(kontakt)s, %(kontakt_mail)s, %(leverandoer)s, %(enheder)s, %(kle)s, %(borgere)s, 0, false,
        true)
    on conflict (kind, source, stream) where closed is null do nothing
"""
_AFFECTED = """
    update incident set enheder = %(enheder)s, kle = %(kle)s, borgere = %(borgere)s
    where source = %(source)s and closed is null and (enheder, kle, borgere) is distinct from
          (%(enheder)s, %(kle)s, %(borgere)s)
"""


def already_open(connection: Connection, ids: Collection[str]) -> dict[Key, int]:
    """The open incidents of these sources, with their level."""
    rows = connection.execute(_OPEN, (list(ids),)).fetchall()
    return {(kind, source, stream): level for kind, source, stream, level in rows}


def close(connection: Connection, ids: Collection[str], findings: Sequence[Finding], at: datetime) -> list[Key]:
    """Close what is no longer found, and say which."""
    values = {
        "at": at,
        "ids": list(ids),
        "kinds": [f.kind for f in findings],
        "sources": [f.source for f in findings],
        "streams": [f.stream for f in findings],
    }
    return [(kind, source, stream) for kind, source, stream in connection.execute(_CLOSE, values).fetchall()]


def write(
    connection: Connection,
    findings: Sequence[Finding],
    before: Mapping[Key, int],
    owners: Mapping[str, Responsible],
    touched: Mapping[str, Affected],
    at: datetime,
) -> None:
    """Open what is new, and let open incidents say what is so now. `touched`: sources with anything new or worse."""
    for finding in findings:
        values: dict[str, Any] = {**finding._asdict(), **owners[finding.source]._asdict(), "at": at}
        if (finding.kind, finding.source, finding.stream) in before:
            connection.execute(_UPDATE, values)
        else:
            connection.execute(_INSERT, values | touched[finding.source]._asdict())
    for source, who in touched.items():
        connection.execute(_AFFECTED, {"source": source} | who._asdict())
