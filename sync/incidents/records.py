"""Records that wait for a person: too many in quarantine, deletions that the guard holds, fields that changed."""

from collections.abc import Mapping

from helhed.private import mask
from helhed.settings import Source
from sync.database import Connection
from sync.incidents.dansk import antal
from sync.incidents.finding import Finding

_PARKED = """
    select q.source, q.stream, count(*), min(q.since),
        (select count(*) from landed l where (l.source, l.stream) = (q.source, q.stream))
    from quarantine q where q.source = any(%s) group by q.source, q.stream
"""
_HELD = 'select source, stream, since, held, "of", ceiling from held_deletion where source = any(%s)'
_DRIFT = """
    select source, stream, min(since), max(records), array_agg(kind || ' ' || field order by since, field, kind),
        bool_or(kind <> 'unknown')
    from drift where closed is null and source = any(%s) group by source, stream
"""
MOST_NAMED = 5
"""Fields that a line names; the rest are counted."""


def parked(connection: Connection, good: Mapping[str, Source]) -> list[Finding]:
    """A finding for each stream with more of its records in quarantine than its source's file allows."""
    found = []
    for source_id, stream, many, since, landed in connection.execute(_PARKED, (list(good),)).fetchall():
        source, of = good[source_id], max(landed, many)
        if many > min(source.quarantine_number, max(1, int(of * source.quarantine_share))):
            line = f"{source_id}/{stream}: {many} of {of} records are in quarantine; see: helhed quarantine list"
            tekst = f"{antal(many, 'post', 'poster')} fra {source.navn} kan ikke læses."
            found.append(Finding("quarantine", source_id, stream, "full", 1, since, line, tekst, many))
    return found


def held(connection: Connection, good: Mapping[str, Source]) -> list[Finding]:
    """A finding for each stream whose deletions wait for an approval."""
    found = []
    for source_id, stream, since, many, of, ceiling in connection.execute(_HELD, (list(good),)).fetchall():
        line = f"{source_id}/{stream}: {many} of {of} records would be deleted, {ceiling} are allowed; nothing was"
        tekst = (
            f"{antal(many, 'post', 'poster')} af {antal(of, 'post', 'poster')} er væk hos {good[source_id].navn}. "
            "Det er flere, end Helhed sletter uden godkendelse, så intet er slettet."
        )
        found.append(Finding("deletions", source_id, stream, "held", 1, since, line, tekst, many))
    return found


def drifting(connection: Connection, good: Mapping[str, Source]) -> list[Finding]:
    """A finding for each stream whose fields are not as they were."""
    found = []
    for source_id, stream, since, many, fields, broken in connection.execute(_DRIFT, (list(good),)).fetchall():
        named = [mask(field) for field in fields[:MOST_NAMED]]
        more = f" and {len(fields) - MOST_NAMED} more" if len(fields) > MOST_NAMED else ""
        line = f"{source_id}/{stream}: {', '.join(named)}{more}; {many} records"
        tekst = f"{good[source_id].navn} leverer {antal(len(fields), 'felt', 'felter')} anderledes end før."
        reason = "changed" if broken else "unknown"
        found.append(Finding("drift", source_id, stream, reason, 2 if broken else 1, since, line, tekst, many))
    return found
