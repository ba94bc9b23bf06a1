"""Deletions that wait, and a person's approval of them: a ceiling that the next complete read acts on, once."""

from typing import Any

from helhed.settings import SettingsError, now
from sync.database import connect, one_value
from sync.night import sync_source
from sync.runs import RunResult

_WAITING = """
    select h.source, h.stream, h.held, h.of, h.ceiling, h.since, h.run, h.kinds, h.citizens,
      coalesce(k.systemejer, ''), coalesce(k.kontakt, ''), a.at_most, a.hvem, a.tid
    from held_deletion h left join kilde k on k.id = h.source
    left join deletion_approval a on (a.source, a.stream) = (h.source, h.stream) and a.used is null
    order by h.since, h.source, h.stream
"""
NAMES = (
    "source", "stream", "held", "of", "ceiling", "since", "run", "kinds", "citizens", "systemejer", "kontakt",
    "approved", "approved_by", "approved_at",
)  # fmt: skip
"""What `waiting` says of a stream."""


def waiting() -> list[dict[str, Any]]:
    """Every stream whose deletions wait: how many, since when, whose they are to approve, and what they concern."""
    with connect() as connection:
        return [dict(zip(NAMES, row, strict=True)) for row in connection.execute(_WAITING).fetchall()]


def approve(source: str, stream: str, at_most: int, hvem: str) -> RunResult:
    """Write down who lets how many records go at most, then read the source again and act on it.

    SettingsError when nothing waits there; BusyError when a run is under way, which then uses the approval.
    """
    write_down(source, stream, at_most, hvem)
    return sync_source(source, cause="manual")


def write_down(source: str, stream: str, at_most: int, hvem: str) -> None:
    """An approval, used once, by the next run that reads the stream whole. SettingsError when nothing waits there."""
    with connect() as connection, connection.transaction():
        held = one_value(
            connection, "select held from held_deletion where source = %s and stream = %s for update", (source, stream)
        )
        if held is None:
            raise SettingsError(f"No deletions of {source} {stream} wait; see 'helhed deletions list'.")
        connection.execute(
            "update deletion_approval set used = %s, deleted = 0 where source = %s and stream = %s and used is null",
            (now(), source, stream),
        )
        connection.execute(
            "insert into deletion_approval (source, stream, at_most, hvem, tid) values (%s, %s, %s, %s, %s)",
            (source, stream, at_most, hvem, now()),
        )
