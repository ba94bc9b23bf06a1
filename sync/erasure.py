"""Physical erasure: what a source deleted, and what has been kept long enough, leaves every place (ADR 0032)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from psycopg import Error as DatabaseError
from psycopg.errors import Diagnostic

from canonical_model.tables import FACT_TABLES
from connectors.errors import TransientError
from helhed.settings import Source, now, sources
from sync.database import Connection, all_rows, connect
from sync.forgetting import forget_unknown, forget_unneeded

CHUNK = 10_000
"""Rows that are erased together at most; each chunk commits with its line of the receipt."""
MESSAGE_DAYS = 35
"""How long a handled message is kept: as long as a landed record, to be read again and to know it when it comes
twice. One that could not be handled is kept as long as a record in quarantine."""
PARKED_MESSAGE_DAYS = 90

_ALIVE = """
    delete from gone g using landed l
    where g.source = %s and (l.source, l.stream, l.key) = (g.source, g.stream, g.key)
"""
_DUE = "create temp table erase_due as select stream, key from gone where source = %s and since <= %s"
_GONE = """
    select t.id from {table} t join erase_due d on d.stream = t.stream and d.key = t.key
    where t.source = %s and t.kendt_til is not null
"""
_REPLACED = "select id from {table} where source = %s and kendt_til <= %s::timestamptz - make_interval(months => %s)"
_ERASE = "delete from {table} where id = any(%s)"
_RECEIPT = """
    insert into erasure (started, source, place, reason, erased) values (%s, %s, %s, %s, %s)
    on conflict (started, source, place, reason) do update set erased = erasure.erased + excluded.erased
"""
_AGED = {
    "landed": "update landed set body = null where source = %s and body is not null and landed <= %s",
    "quarantine": "delete from quarantine where source = %s and since <= %s",
}
_MESSAGES = "delete from inbox where parked is {} null and received <= %s"


@dataclass
class Erasing:
    """One erasure: its receipt so far, and what it could not do."""

    connection: Connection
    started: datetime
    erased: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """(source, place, reason) to rows."""
    left: list[str] = field(default_factory=list)
    """One line for each thing that the next night must do."""

    def write_down(self, source: str, place: str, reason: str, rows: int) -> None:
        """Add to the receipt; in the transaction that erases."""
        if rows:
            self.connection.execute(_RECEIPT, (self.started, source, place, reason, rows))
            key = (source, place, reason)
            self.erased[key] = self.erased.get(key, 0) + rows

    def do(self, source: str, place: str, reason: str, statement: str, values: Sequence[Any] = ()) -> None:
        """Erase by one statement, with its line of the receipt."""
        with self.connection.transaction():
            self.write_down(source, place, reason, self.connection.execute(statement, values).rowcount)

    def as_rows(self) -> list[dict[str, Any]]:
        """The receipt, for people and machines."""
        return [
            {"source": source, "place": place, "reason": reason, "erased": rows}
            for (source, place, reason), rows in sorted(self.erased.items())
        ]


def erase(dry_run: bool = False) -> Erasing:
    """Erase what is due, in chunks that commit by themselves: a crash leaves the rest for the next run.

    `dry_run` does all of it in one transaction and takes it back. TransientError when the store fails.
    """
    try:
        with connect() as connection:
            erasing = Erasing(connection, now())
            if dry_run:
                with connection.transaction(force_rollback=True):
                    _all(erasing)
            else:
                _all(erasing)
                _vacuum(erasing)
            return erasing
    except DatabaseError as error:
        raise TransientError(f"the store failed while erasing ({type(error).__name__}); run it again.") from None


def _all(erasing: Erasing) -> None:
    good = sources().good
    rows = all_rows(
        erasing.connection,
        "select source from gone union select source from landed union select source from quarantine"
        " union select id from kilde order by 1",
    )
    forget_unneeded(erasing, good.values())
    for (source,) in rows:
        _of_source(erasing, str(source), good.get(source))
    messages = timedelta(days=MESSAGE_DAYS), timedelta(days=PARKED_MESSAGE_DAYS)
    for age, word in zip(messages, ("", "not"), strict=True):
        erasing.do("", "inbox", "aged", _MESSAGES.format(word), (erasing.started - age,))
    forget_unknown(erasing)


def _of_source(erasing: Erasing, source: str, said: Source | None) -> None:
    """One source, by its own deadlines; by the usual ones when its file is gone."""
    at, connection = erasing.started, erasing.connection

    def days(name: str) -> datetime:
        return at - timedelta(days=getattr(said, name) if said else Source.model_fields[name].default)

    for place, limit in (("landed", "landed_days"), ("quarantine", "quarantine_days")):
        erasing.do(source, place, "aged", _AGED[place], (source, days(limit)))
    connection.execute(_ALIVE, (source,))
    connection.execute("drop table if exists erase_due")
    if connection.execute(_DUE, (source, days("erase_after_days"))).rowcount:
        connection.execute("analyze erase_due")
        for table in FACT_TABLES:
            _facts(erasing, source, table, "gone", all_rows(connection, _GONE.format(table=table), (source,)))
        connection.execute(
            "delete from gone g using erase_due d where g.source = %s and (d.stream, d.key) = (g.stream, g.key)",
            (source,),
        )
    if said is not None:
        for table in FACT_TABLES:
            aged = all_rows(connection, _REPLACED.format(table=table), (source, at, said.opbevaring_maaneder))
            _facts(erasing, source, table, "replaced", aged)


def _facts(erasing: Erasing, source: str, table: str, reason: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for ids in _in_chunks([row[0] for row in rows]):
        erasing.do(source, table, reason, _ERASE.format(table=table), (ids,))


def _in_chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _vacuum(erasing: Erasing) -> None:
    """Let the tables give up the erased rows now; where this server does not let us, its autovacuum will."""
    refused: list[str] = []

    def hear(notice: Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            refused.append(notice.message_primary or "")

    erasing.connection.add_notice_handler(hear)
    for table in sorted({place for _, place, _ in erasing.erased}):
        erasing.connection.execute(f"vacuum (index_cleanup on) {table}")
    if refused:
        erasing.left.append("The server's autovacuum gives up the space of what was erased: sync may not vacuum.")
