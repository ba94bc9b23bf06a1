"""A night: every source brought up to date, one after the other or alone; a failure never stops the next."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import psycopg

from connectors import registry
from connectors.contract import Stream
from connectors.errors import ConnectorError, TransientError
from helhed.settings import SettingsError, Sources, config_folder, now, sources
from sync import register
from sync.database import Connection, connect
from sync.incidents.review import reviewed_after
from sync.runs import Counts, RunResult, alone, begin, beside, finish, line_of
from sync.visit import Visit

log = logging.getLogger(__name__)
Progress = Callable[[str, str, Counts], None]
"""Called with source, stream and its counts so far, whenever some records have landed."""


def sync_source(
    source_id: str,
    *,
    cause: str = "night",
    full: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
    persons: Sequence[UUID] | None = None,
    worklist: bool = False,
    progress: Progress | None = None,
    patience: float = 5.0,
) -> RunResult:
    """Bring one source up to date in a run of its own.

    `full` forgets cursors and asks everyone; `since` reads a period again, up to `until` where the contract can, from
    changed streams only (a backfill); `persons` refreshes only what concerns them, by read_one; `worklist` only what
    messages named; `patience` is how many seconds to wait for
    another run of the source. What goes wrong at the door is in the result and in the run, not raised; SettingsError
    when there is no such source, BusyError when another whole run of it is under way: a refresh runs beside one.
    """
    known = sources()
    source = known.good.get(source_id)
    if source is None:
        if (config_folder() / "sources" / f"{source_id}.toml").is_file():
            reviewed_after(source_id)
        line = next((line for line in known.bad if line.startswith(f"sources/{source_id}.toml")), None)
        raise SettingsError(line or f"{source_id}: no such source; there are: {', '.join(known.good) or 'none'}.")
    refreshes = persons is not None or worklist
    try:
        _mirror(known)
        with connect() as connection, beside(connection) if refreshes else alone(connection, source_id, patience):
            run = begin(connection, source_id, cause)
            result = RunResult(run, source_id, "running")
            visit = Visit(connection, source, result, full, since, until, persons, worklist, progress)
            try:
                visit.make()
            except (ConnectorError, SettingsError) as error:
                result.error, result.may_retry = line_of(error), False
            finish(connection, result)
            if visit.whole:
                let_go(connection, source_id, source.landed_days)
    except psycopg.Error as error:
        # Its text may quote what was to be stored. The run stays 'running' and is closed by the next one.
        raise TransientError(f"{source_id}: the store failed ({type(error).__name__}); run it again.") from None
    if result.error or (persons is None and not worklist):
        reviewed_after(source_id)
    if result.error:
        log.warning("%s: run %s %s: %s", source_id, run, result.state, result.error)
    return result


def sync_all(
    ids: Sequence[str] | None = None,
    *,
    cause: str = "night",
    full: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
    persons: Sequence[UUID] | None = None,
    progress: Progress | None = None,
) -> list[RunResult]:
    """Bring sources up to date: first those that tell whom to ask about, then those that are asked about persons.

    A source that fails, also for a reason nobody thought of, never stops the next.
    """
    active = [key for key, source in sources().good.items() if source.aktiv]
    chosen = list(ids) if ids else active
    results = []
    for source_id in sorted(chosen, key=asks_persons):
        try:
            results.append(
                sync_source(
                    source_id, cause=cause, full=full, since=since, until=until, persons=persons, progress=progress
                )
            )
        except (ConnectorError, SettingsError) as error:
            results.append(
                RunResult(0, source_id, "failed", error=line_of(error), may_retry=isinstance(error, TransientError))
            )
    if not ids and persons is None:
        reviewed_after()  # files that cannot be used have no run
    return results


def _mirror(known: Sources) -> None:
    """The register as the configuration says it; a precedence.toml that cannot be read leaves the former rules."""
    try:
        register.mirror(known)
    except SettingsError as error:
        log.warning("%s", error)


def asks_persons(source_id: str) -> bool:
    """Whether the source is asked about persons or companies that others name; such sources come last."""
    source = sources().good.get(source_id)
    if source is None:
        return True
    try:
        streams: Sequence[Stream[object]] = registry.load(source.connector).streams
    except ConnectorError:
        return True
    return any(stream.by_number for stream in streams)


def let_go(connection: Connection, source_id: str, days: int) -> None:
    """Bodies leave after landed_days; the digests stay, to tell changed from unchanged."""
    connection.execute(
        "update landed set body = null where source = %s and body is not null and landed < %s",
        (source_id, now() - timedelta(days=days)),
    )
