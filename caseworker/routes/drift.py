"""What operations ask: alive, ready, and how every source is doing; counts only, never personal data."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from caseworker.reading import reading, rows
from helhed.settings import now

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz() -> Response:
    """The database answers too; 503 otherwise."""
    with reading() as connection:
        rows(connection, "select 1 as ready from kilde limit 1", {})
    return JSONResponse({"status": "ready"})


@router.get("/metrics")
def metrics() -> Response:
    """Prometheus text."""
    with reading() as connection:
        states = rows(connection, "select * from stream_state order by source, stream", {})
        done = rows(
            connection,
            "select r.source, s.stream, sum(s.new) as new, sum(s.changed) as changed, sum(s.gone) as gone,"
            " sum(s.quarantined) as quarantined from run_stream s join run r on r.id = s.run"
            " group by r.source, s.stream order by 1, 2",
            {},
        )
        opened = rows(connection, "select kanal, resultat, count(*) as n from opslag group by 1, 2 order by 1, 2", {})
    lines = ["# TYPE helhed_stream_failing gauge"]
    lines += [f"helhed_stream_failing{_stream(s)} {int(s['failing_since'] is not None)}" for s in states]
    lines.append("# TYPE helhed_stream_complete_age_seconds gauge")
    for s in states:
        if s["complete_as_of"]:
            age = (now() - s["complete_as_of"]).total_seconds()
            lines.append(f"helhed_stream_complete_age_seconds{_stream(s)} {age:.0f}")
    lines.append("# TYPE helhed_records_total counter")
    for row in done:
        for what in ("new", "changed", "gone", "quarantined"):
            labels = f'{{source="{row["source"]}",stream="{row["stream"]}",what="{what}"}}'
            lines.append(f"helhed_records_total{labels} {row[what]}")
    lines.append("# TYPE helhed_lookups_total counter")
    lines += [f'helhed_lookups_total{{channel="{r["kanal"]}",result="{r["resultat"]}"}} {r["n"]}' for r in opened]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _stream(row: object) -> str:
    source, stream = row["source"], row["stream"]  # type: ignore[index]
    return f'{{source="{source}",stream="{stream}"}}'
