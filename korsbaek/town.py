"""The town file: one SQLite database that every vendor system of Korsbaek reads, and only `night` writes.

Readers see a night as soon as it has passed (write-ahead log, one short read a statement), without a restart.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from korsbaek.model import Bevilling, Bruger, Dokument, Effektuering, Enhed, Nexusborger, Person, Sag, Virksomhed
from korsbaek.schema import TABLES

T = TypeVar("T")
CVR = os.environ.get("KORSBAEK_CVR", "11111111")
"""Korsbaek Kommune's invented CVR number; another municipality of the same make has another."""
KOMMUNEKODE = "0999"
"""Korsbaek's municipality code; unused by any real municipality."""

_DECODERS: dict[type[Any], msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind)
    for kind in (Person, Sag, Dokument, Bevilling, Effektuering, Nexusborger, Enhed, Bruger, Virksomhed)
}


class Town:
    """The town as the servers see it. One object a process; each thread has its own connection."""

    def __init__(self, path: Path) -> None:
        """Use `Town.create` or `Town.open`."""
        self.path = path
        self._local = threading.local()

    @classmethod
    def create(cls, path: Path) -> "Town":
        """A new, empty town file; refuses an existing one."""
        if path.exists():
            raise FileExistsError("the town file exists already")
        town = cls(path)
        town.db.execute("pragma journal_mode = wal")
        town.db.executescript(TABLES)
        return town

    @classmethod
    def open(cls, path: Path) -> "Town":
        """An existing town file."""
        if not path.exists():
            raise FileNotFoundError("no town file")
        return cls(path)

    @property
    def db(self) -> sqlite3.Connection:
        """The connection of this thread, in autocommit: each statement sees what is committed when it starts."""
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = sqlite3.connect(self.path, isolation_level=None, timeout=30.0)
            found.execute("pragma synchronous = normal")
            self._local.db = found
        return found

    @contextmanager
    def instead(self, path: Path) -> Iterator[None]:
        """Another town file, for what this thread does in the meantime."""
        before = self.db
        self._local.db = sqlite3.connect(path, isolation_level=None, timeout=30.0)
        try:
            yield
        finally:
            self._local.db.close()
            self._local.db = before

    def close(self) -> None:
        """Ends this thread's connection."""
        self.db.close()
        del self._local.db

    def state(self) -> tuple[Any, ...]:
        """Equal to the last one for as long as this thread has the same town before it."""
        db = self.db
        return db, db.execute("pragma data_version").fetchone(), db.total_changes

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Any read in SQL over the columns of `korsbaek.schema`."""
        return self.db.execute(sql, args).fetchall()

    def each(self, kind: type[T], where: str = "true", args: Sequence[Any] = ()) -> Iterator[T]:
        """The records of a kind that a SQL condition (and order, limit, offset) picks."""
        decode = _DECODERS[kind].decode
        for (body,) in self.rows(f"select body from {table(kind)} where {where}", args):
            yield decode(body)

    def one(self, kind: type[T], where: str, args: Sequence[Any]) -> T | None:
        """The first such record, or None."""
        return next(self.each(kind, f"{where} limit 1", args), None)

    def meta(self, name: str) -> str:
        """A fact of the town itself: `day` (ISO), `nights`, `seed`, `citizens`, `born` (ISO day of generation)."""
        (value,) = self.rows("select value from meta where name = ?", (name,))[0]
        return str(value)

    @property
    def day(self) -> date:
        """The town clock."""
        return date.fromisoformat(self.meta("day"))

    def person(self, cpr: str) -> Person | None:
        """The person with this number today, or who had it before."""
        found = self.one(Person, "cpr = ?", (cpr,))
        return found or self.one(Person, "nr = (select nr from former where cpr = ?)", (cpr,))

    def sag(self, uuid: str) -> Sag | None:
        """A case by UUID, in whatever system."""
        return self.one(Sag, "uuid = ?", (uuid.lower(),))

    def sbsys_sag(self, ident: int) -> Sag | None:
        """A case by SBSYS Id."""
        return self.one(Sag, "sbsys = ?", (ident,))

    def sager_of(self, art: str, nummer: str, where: str = "true", args: Sequence[Any] = ()) -> Iterator[Sag]:
        """The cases where this number is a party in any role (`where` over table sag and order by as wished)."""
        picked = "uuid in (select sag from sagspart where art = ? and nummer = ?)"
        return self.each(Sag, f"{picked} and {where}", (art, nummer, *args))

    def dokument(self, uuid: str) -> Dokument | None:
        """A document by UUID."""
        return self.one(Dokument, "uuid = ?", (uuid.lower(),))

    def dokumenter_of(self, sag: str, where: str = "true") -> Iterator[Dokument]:
        """A case's documents, oldest first."""
        return self.each(Dokument, f"sag = ? and {where} order by id", (sag,))

    def bevilling(self, uuid: str) -> Bevilling | None:
        """A grant by UUID."""
        return self.one(Bevilling, "uuid = ?", (uuid.lower(),))

    def effektuering(self, uuid: str) -> Effektuering | None:
        """A payment by UUID."""
        return self.one(Effektuering, "uuid = ?", (uuid.lower(),))

    def nexus(self, ident: int) -> Nexusborger | None:
        """A Nexus patient by id."""
        return self.one(Nexusborger, "id = ?", (ident,))

    def nexus_by_cpr(self, cpr: str) -> Nexusborger | None:
        """A Nexus patient by the number that Nexus has."""
        return self.one(Nexusborger, "cpr = ?", (cpr,))

    def nexus_of(self, art: str, ident: int) -> Nexusborger | None:
        """The patient of a pathway (`art` forloeb) or grant (`art` indsats)."""
        return self.one(Nexusborger, "id = (select patient from nexusref where art = ? and id = ?)", (art, ident))

    def enhed(self, uuid: str) -> Enhed | None:
        """An organisational unit."""
        return self.one(Enhed, "uuid = ?", (uuid,))

    def bruger(self, uuid: str) -> Bruger | None:
        """A caseworker by UUID."""
        return self.one(Bruger, "uuid = ?", (uuid,))

    def virksomhed(self, cvr: str) -> Virksomhed | None:
        """A company."""
        return self.one(Virksomhed, "cvr = ?", (cvr,))


def table(kind: type[Any]) -> str:
    """The table that holds a kind."""
    return "nexus" if kind is Nexusborger else kind.__name__.lower()
