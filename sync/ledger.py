"""What the runs did and how the sources stand, as plain values for the command line."""

from typing import Any

from helhed.settings import now
from sync.database import connect
from sync.incidents import listed

RUN_COLUMNS = ("read", "unchanged", "changed", "new", "gone", "quarantined", "held")
"""Counts of records."""

DRIFT = ("field", "kind", "became", "since", "last_seen", "records")
"""What is said of a field that is not as it was."""


def latest_runs(source: str | None = None, last: int = 1) -> list[dict[str, Any]]:
    """The latest runs of each source, newest first, with the counts of their streams."""
    with connect() as connection:
        runs = connection.execute(
            "select source, id, started, ended, state, cause, error from ("
            " select *, row_number() over (partition by source order by id desc) as place from run"
            " where %(source)s::text is null or source = %(source)s::text) r"
            " where place <= %(last)s order by source, id desc",
            {"source": source, "last": last},
        ).fetchall()
        columns = ("run", "stream", "state", *RUN_COLUMNS, "unknown_fields", "error")
        rows = connection.execute(
            f"select {', '.join(columns)} from run_stream where run = any(%s) order by run, stream",
            ([run[1] for run in runs],),
        ).fetchall()
    streams: dict[Any, dict[str, Any]] = {}
    for row in rows:
        counts = dict(zip(columns, row, strict=True))
        streams.setdefault(counts.pop("run"), {})[str(counts.pop("stream"))] = counts
    return [
        {"source": s, "run": run, "started": started, "ended": ended, "state": state, "cause": cause, "error": error,
         "streams": streams.get(run, {})}
        for s, run, started, ended, state, cause, error in runs
    ]  # fmt: skip


def standing() -> list[dict[str, Any]]:
    """Every source with its owner and how each of its streams stands; late: older than the freshness target."""
    at, broken = now(), listed()
    with connect() as connection:
        kilder = connection.execute(
            "select id, navn, systemejer, kontakt, leverandoer, friskhed_timer, aktiv from kilde order by id"
        ).fetchall()
        states = connection.execute(
            "select s.source, s.stream, s.shape, s.complete_as_of, s.last_attempt, s.failing_since, s.error,"
            " (select r.unknown_fields from run_stream r join run on run.id = r.run"
            "  where run.source = s.source and r.stream = s.stream order by r.run desc limit 1)"
            " from stream_state s order by s.source, s.stream"
        ).fetchall()
        drifts = connection.execute(
            "select source, stream, field, kind, became, since, last_seen, records from drift where closed is null"
            " order by source, stream, since, field"
        ).fetchall()
    names = ("stream", "shape", "complete_as_of", "last_attempt", "failing_since", "error", "unknown_fields")
    found = []
    for id_, navn, systemejer, kontakt, leverandoer, timer, aktiv in kilder:
        streams = [dict(zip(names, row[1:], strict=True)) for row in states if row[0] == id_]
        for stream in streams:
            as_of = stream["complete_as_of"]
            stream["drift"] = [
                dict(zip(DRIFT, row[2:], strict=True)) for row in drifts if row[:2] == (id_, stream["stream"])
            ]
            stream["late"] = as_of is None or (at - as_of).total_seconds() > int(timer) * 3600
        found.append({
            "id": id_, "navn": navn, "systemejer": systemejer, "kontakt": kontakt, "leverandoer": leverandoer,
            "friskhed_timer": timer, "aktiv": aktiv, "streams": streams,
            "incidents": [i for i in broken if i["source"] == id_],
        })  # fmt: skip
    return found
