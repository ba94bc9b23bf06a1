"""One look at how sources stand: findings, and the incidents that follow from them."""

import logging
from collections.abc import Collection
from typing import Any, NamedTuple

import psycopg

from canonical_model.store import StoreError
from connectors import registry
from connectors.contract import Stream
from connectors.errors import ConnectorError
from helhed.settings import Source, Sources, now, sources
from sync.database import Connection, connect
from sync.incidents import certificates, doors, freshness, messages, records, settle
from sync.incidents.affected import NOBODY, affected
from sync.incidents.finding import Finding, one_for_each
from sync.incidents.responsible import responsible

log = logging.getLogger(__name__)


class Reviewed(NamedTuple):
    """What a review changed, in incidents."""

    opened: int
    raised: int
    closed: int


def review(source_id: str) -> Reviewed:
    """Open, raise and close the incidents of one source, and those of the inbox. The same again changes nothing."""
    return _review(sources(), {source_id})


def review_all() -> Reviewed:
    """As review, for every source that there is, was, or cannot be read."""
    known = sources()
    return _review(known, {*known.good, *_bad(known)}, everything=True)


def reviewed_after(source_id: str | None = None) -> None:
    """Review at the end of a run, or of a whole night; that it could not be done is logged, and the clock does it."""
    try:
        if source_id is None:
            review_all()
        else:
            review(source_id)
    except (psycopg.Error, StoreError) as error:
        log.error("%s: incidents could not be reviewed: %s", source_id or "all sources", type(error).__name__)


def _review(known: Sources, wanted: Collection[str], everything: bool = False) -> Reviewed:
    at = now()
    with connect() as connection, connection.transaction():
        # One at a time: the run of a source and the clock may come together.
        connection.execute("select pg_advisory_xact_lock(hashtext('helhed incidents'))")
        ids = {"", *wanted}
        if everything:
            ids |= {row[0] for row in connection.execute("select source from incident where closed is null").fetchall()}
        findings = _findings(connection, known, wanted)
        before = settle.already_open(connection, ids)
        closed = settle.close(connection, ids, findings, at)
        new = {f for f in findings if (f.kind, f.source, f.stream) not in before}
        worse = {f for f in findings if f.level > before.get((f.kind, f.source, f.stream), f.level)}
        touched = {
            source: affected(connection, source, known.good[source].kle if source in known.good else ())
            if source
            else NOBODY
            for source in {f.source for f in new | worse}
        }
        owners = responsible(connection, ids - {""}, known)
        settle.write(connection, findings, before, owners, touched, at)
    return Reviewed(len(new), len(worse), len(closed))


def _findings(connection: Connection, known: Sources, wanted: Collection[str]) -> list[Finding]:
    good = {key: source for key, source in known.good.items() if key in wanted and source.aktiv}
    streams = {key: _streams(source) for key, source in good.items()}
    found = [
        *(_unusable(key, line) for key, line in _bad(known).items() if key in wanted),
        *doors.failing(connection, good, {key: set(own) for key, own in streams.items()}),
        *freshness.late(
            connection, good, {key: {n: s.rotation for n, s in own.items()} for key, own in streams.items()}
        ),
        *certificates.expiring(good.values()),
        *records.parked(connection, good),
        *records.held(connection, good),
        *records.drifting(connection, good),
        *messages.parked(connection),
    ]
    return one_for_each(found, {(key, n): s.asks for key, own in streams.items() for n, s in own.items()})


def _streams(source: Source) -> dict[str, Stream[Any]]:
    """The streams that the source's connector has; none if it is broken."""
    try:
        return {stream.name: stream for stream in registry.load(source.connector).streams}
    except ConnectorError:
        return {}


def _bad(known: Sources) -> dict[str, str]:
    """The line of each source file that cannot be used, by the source's id."""
    return {line.partition(".toml:")[0].removeprefix("sources/"): line for line in known.bad}


def _unusable(source_id: str, line: str) -> Finding:
    tekst = f"Filen sources/{source_id}.toml kan ikke bruges, så systemet hentes ikke."
    return Finding("connector", source_id, "", "settings", 2, now(), line, tekst)
