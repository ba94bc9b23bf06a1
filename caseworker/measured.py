"""How sources stand, as Prometheus metrics: counts and instants, never a person, and no label that grows with data."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from caseworker.reading import Connection, rows

STATES = ("running", "succeeded", "partial", "failed")
KINDS = ("connector", "freshness", "certificate", "quarantine", "deletions", "drift", "messages")
COUNTS = ("read", "unchanged", "changed", "new", "gone", "quarantined", "held")
STREAM = ("source", "stream")
_LATEST = "select distinct on (source) id, source, state, started, ended from run order by source, id desc"
_LATEST_COUNTS = f"""
    select distinct on (r.source, s.stream) r.source, s.stream, {", ".join(f"s.{c}" for c in COUNTS)}
    from run_stream s join run r on r.id = s.run order by r.source, s.stream, s.run desc
"""
_ALL_COUNTS = f"""
    select r.source, s.stream, {", ".join(f"sum(s.{c}) as {c}" for c in COUNTS)}
    from run_stream s join run r on r.id = s.run group by r.source, s.stream order by 1, 2
"""


def exposition(connection: Connection) -> bytes:
    """Everything that is measured, in Prometheus' text form."""
    registry = CollectorRegistry()
    _runs(connection, registry)
    _streams(connection, registry)
    _waiting(connection, registry)
    lookups = Counter("helhed_lookups", "Lookups by channel and result", ("channel", "result"), registry=registry)
    for row in _rows(connection, "select kanal, resultat, count(*) as n from opslag group by 1, 2 order by 1, 2"):
        lookups.labels(row["kanal"], row["resultat"]).inc(row["n"])
    return generate_latest(registry)


def _runs(connection: Connection, registry: CollectorRegistry) -> None:
    state = Gauge("helhed_run_state", "1 for the state of the latest run", ("source", "state"), registry=registry)
    started = _seconds("helhed_run_started", "When a source's latest run began", ("source",), registry)
    for run in _rows(connection, _LATEST):
        for one in STATES:
            state.labels(run["source"], one).set(run["state"] == one)
        _at(started, run["started"], run["source"])
    latest = Gauge("helhed_run_records", "Records in a stream's latest run", (*STREAM, "what"), registry=registry)
    for row in _rows(connection, _LATEST_COUNTS):
        for what in COUNTS:
            latest.labels(row["source"], row["stream"], what).set(row[what])
    total = Counter("helhed_records", "Records over all runs that are kept", (*STREAM, "what"), registry=registry)
    for row in _rows(connection, _ALL_COUNTS):
        for what in COUNTS:
            total.labels(row["source"], row["stream"], what).inc(row[what])


def _streams(connection: Connection, registry: CollectorRegistry) -> None:
    failing = Gauge("helhed_stream_failing", "1 while a stream's latest attempt failed", STREAM, registry=registry)
    complete = _seconds("helhed_stream_complete_as_of", "All that was held then is here", STREAM, registry)
    since = _seconds("helhed_stream_failing_since", "The first attempt that failed", STREAM, registry)
    for stream in _rows(connection, "select * from stream_state order by source, stream"):
        names = (stream["source"], stream["stream"])
        failing.labels(*names).set(stream["failing_since"] is not None)
        _at(complete, stream["complete_as_of"], *names)
        _at(since, stream["failing_since"], *names)
    target = Gauge("helhed_freshness_target_seconds", "How old a source may be", ("source",), registry=registry)
    for kilde in _rows(connection, "select id, friskhed_timer from kilde where aktiv order by id"):
        target.labels(kilde["id"]).set(kilde["friskhed_timer"] * 3600)


def _waiting(connection: Connection, registry: CollectorRegistry) -> None:
    incidents = Gauge("helhed_incidents", "Open incidents", ("source", "kind", "level"), registry=registry)
    by_kind = Gauge("helhed_incidents_open", "Open incidents of each kind", ("kind",), registry=registry)
    for kind in KINDS:
        by_kind.labels(kind).set(0)
    for row in _rows(
        connection,
        "select source, kind, level, count(*) as n from incident where closed is null group by 1, 2, 3"
        " order by 1, 2, 3",
    ):
        incidents.labels(row["source"], row["kind"], row["level"]).set(row["n"])
        by_kind.labels(row["kind"]).inc(row["n"])
    for name, said, query in (
        ("helhed_quarantine_records", "Records that could not be read",
         "select source, stream, sum(antal)::bigint as antal from antal_karantaene group by 1, 2"),
        ("helhed_held_deletions", "Deletions that wait for an approval",
         "select source, stream, held as antal from held_deletion"),
        ("helhed_drifting_fields", "Fields that are not as they were",
         "select source, stream, count(*) as antal from drift where closed is null group by 1, 2"),
    ):  # fmt: skip
        gauge = Gauge(name, said, STREAM, registry=registry)
        for row in _rows(connection, query + " order by 1, 2"):
            gauge.labels(row["source"], row["stream"]).set(row["antal"])
    inbox = Gauge("helhed_inbox_messages", "Messages that wait, and that are parked", ("state",), registry=registry)
    (counts,) = _rows(connection, "select * from antal_beskeder")
    inbox.labels("waiting").set(counts["venter"])
    inbox.labels("parked").set(counts["parkeret"])


def _seconds(name: str, said: str, labels: Iterable[str], registry: CollectorRegistry) -> Gauge:
    return Gauge(f"{name}_timestamp_seconds", f"{said} (Unix time)", tuple(labels), registry=registry)


def _at(gauge: Gauge, at: datetime | None, *labels: str) -> None:
    if at is not None:
        gauge.labels(*labels).set(at.timestamp())


def _rows(connection: Connection, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in rows(connection, query, {})]
