"""Runs: what one attempt did, stream by stream, and how far each stream has come."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from connectors.contract import Stream
from connectors.errors import AccessError, ConnectorError, ContractError
from helhed.private import mask
from helhed.settings import SettingsError, now
from sync.database import Connection, one_value
from sync.fields import FieldSample

REFRESHES = ("message", "person", "anmodning")
"""Causes of runs that read single keys, beside a night."""


class BusyError(ConnectorError):
    """Another run of the same source is under way; it will bring what this one would have."""


@dataclass
class Counts:
    """What a run did to one stream, in records. `read` is the sum of unchanged, changed, new and quarantined."""

    state: str = "succeeded"
    """succeeded, partial, failed, or held: deletions stopped by the guard."""
    read: int = 0
    unchanged: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    quarantined: int = 0
    held: int = 0
    unknown_fields: Counter[str] = field(default_factory=Counter)
    """Names of fields that the sheet does not list, to the records that had them."""
    fields: FieldSample = field(default_factory=FieldSample, repr=False, compare=False)
    error: str | None = None
    may_retry: bool = True
    """False when a person or a developer must act first."""
    tell: Callable[["Counts"], None] | None = field(default=None, repr=False, compare=False)
    """Called whenever records have landed, for a progress bar."""

    def fail(self, error: BaseException, state: str = "failed") -> None:
        """Remember why, in one line without data."""
        self.state, self.error = state, line_of(error)
        self.may_retry = not isinstance(error, (AccessError, ContractError, SettingsError))

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        left_out = ("tell", "fields", "unknown_fields")
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left_out}
        return {**plain, "unknown_fields": sorted({mask(name) for name in self.unknown_fields})}


@dataclass
class RunResult:
    """The outcome of one run of one source."""

    run_id: int
    source: str
    state: str
    """succeeded, partial or failed."""
    streams: dict[str, Counts] = field(default_factory=dict)
    error: str | None = None
    """The first reason, in one line; None when all went well."""
    may_retry: bool = True

    def counts(self) -> dict[str, Any]:
        """Counts per stream, without personal data, for XCom and --json."""
        return {name: counts.as_dict() for name, counts in self.streams.items()}


def line_of(error: BaseException) -> str:
    """One line that says what went wrong; the text of errors that are not ours could hold data and is left out."""
    if isinstance(error, ConnectorError | SettingsError):
        return " ".join(mask(f"{type(error).__name__}: {error}").split())[:500]
    return f"Unexpected {type(error).__module__}.{type(error).__name__}; the log of the run says where"


IDENTITIES = "helhed identities"
"""Held shared by every run, and by the erasure of numbers that nobody uses: a run may be about to use one."""


@contextmanager
def alone(connection: Connection, source: str, patience: float = 5.0) -> Iterator[None]:
    """Hold the source for one run; BusyError when another run still has it after `patience` seconds.

    A crash lets go by itself, once the database has noticed; that is what the patience is for.
    """
    name = f"helhed run {source}"
    end = time.monotonic() + patience
    while not one_value(connection, "select pg_try_advisory_lock(hashtextextended(%s, 0))", (name,)):
        if time.monotonic() > end:
            raise BusyError(f"{source}: another run is under way; wait for it, or see 'helhed runs'.")
        threading.Event().wait(0.1)
    try:
        with beside(connection):
            yield
    finally:
        if not connection.closed and not connection.broken:
            connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", (name,))


@contextmanager
def beside(connection: Connection) -> Iterator[None]:
    """Use identities beside whoever else does; not while unused ones are being erased."""
    connection.execute("select pg_advisory_lock_shared(hashtext(%s))", (IDENTITIES,))
    try:
        yield
    finally:
        if not connection.closed and not connection.broken:
            connection.execute("select pg_advisory_unlock_shared(hashtext(%s))", (IDENTITIES,))


def begin(connection: Connection, source: str, cause: str) -> int:
    """A new run; one that a crash left running is closed as failed: by a night, which is alone with its source.

    Refreshes run beside a night and beside each other; one that crashed is closed after a day.
    """
    started = now()
    with connection.transaction():
        if cause not in REFRESHES:
            connection.execute(
                "update run set state = 'failed', ended = %s where source = %s and state = 'running'"
                " and (cause <> all(%s) or started < %s)",
                (started, source, list(REFRESHES), started - timedelta(days=1)),
            )
        return int(
            one_value(
                connection,
                "insert into run (source, started, state, cause) values (%s, %s, 'running', %s) returning id",
                (source, started, cause),
            )
        )


def finish(connection: Connection, result: RunResult) -> None:
    """Write down what became of the run: succeeded when every stream did, failed when none did, else partial."""
    states = {counts.state for counts in result.streams.values()}
    if result.error is None:
        failing = (c for c in result.streams.values() if c.state != "succeeded")
        first = next(failing, None)
        result.error = first.error if first else None
    if states <= {"succeeded"} and result.error is None:
        result.state = "succeeded"
    else:
        result.state = "failed" if states <= {"failed"} else "partial"
    result.may_retry = all(c.may_retry for c in result.streams.values()) and result.may_retry
    with connection.transaction():
        for name, c in result.streams.items():
            connection.execute(
                "insert into run_stream (run, stream, state, read, unchanged, changed, new, gone, quarantined, held,"
                " unknown_fields, error) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (result.run_id, name, c.state, c.read, c.unchanged, c.changed, c.new, c.gone, c.quarantined, c.held,
                 sorted({mask(name) for name in c.unknown_fields}) or None, c.error),
            )  # fmt: skip
        connection.execute(
            "update run set state = %s, ended = %s, error = %s where id = %s",
            (result.state, now(), result.error, result.run_id),
        )


def attempt(connection: Connection, source: str, stream: Stream[Any], at: datetime) -> None:
    """A stream is tried now."""
    connection.execute(
        "insert into stream_state (source, stream, shape, by_person, last_attempt) values (%s, %s, %s, %s, %s)"
        " on conflict (source, stream) do update set shape = excluded.shape, by_person = excluded.by_person,"
        " last_attempt = excluded.last_attempt",
        (source, stream.name, stream.shape.value, stream.asks == "cpr", at),
    )


def outcome(connection: Connection, source: str, stream: str, counts: Counts, at: datetime) -> None:
    """Write down how the stream stands: failing since the first attempt that failed, until one succeeds."""
    connection.execute(
        "update stream_state set error = %(error)s::text,"
        " failing_since = case when %(error)s::text is null then null else coalesce(failing_since, %(at)s) end"
        " where source = %(source)s and stream = %(stream)s",
        {"error": counts.error, "at": at, "source": source, "stream": stream},
    )
