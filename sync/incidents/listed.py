"""Incidents as plain values, for the command line."""

from typing import Any

from canonical_model.incident import Incident
from sync.database import connect

COLUMNS = tuple(Incident.model_fields)


def listed(source: str | None = None, history: bool = False) -> list[dict[str, Any]]:
    """Open incidents, the gravest first; with `history` the mended ones after them, the latest first."""
    with connect() as connection:
        rows = connection.execute(
            f"select {', '.join(COLUMNS)} from incident"
            " where (%(source)s::text is null or source = %(source)s::text) and (%(history)s or closed is null)"
            " order by closed is not null, closed desc, level desc, since, id",
            {"source": source, "history": history},
        ).fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
