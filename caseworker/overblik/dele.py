"""What a citizen has a part in, of every kind, and everybody else who has one there."""

from collections.abc import Iterable
from uuid import UUID

from caseworker.reading import Connection, Row, facts, facts_of, is_true
from caseworker.tid import Tid

TABLES = ("sagspart", "dokumentpart", "bevillingspart", "effektueringspart", "krav")


class Dele:
    """The objects that name one of these persons as a party, before anybody has asked whether they may be seen."""

    def __init__(self, connection: Connection, ids: Iterable[UUID], tid: Tid) -> None:
        """Two statements, whatever the number of systems."""
        self._connection, self._tid = connection, tid
        found = facts_of(connection, TABLES, ids, tid, "part")
        self.sager = [r["objekt"] for r in found["sagspart"] if is_true(r, tid)]
        self.dokumenter = [r["objekt"] for r in found["dokumentpart"]]
        self.bevillinger = [r["objekt"] for r in found["bevillingspart"]]
        self.krav = [r["objekt"] for r in found["krav"]]
        self._paid = [r["objekt"] for r in found["effektueringspart"]]
        self._lines: list[Row] = facts(connection, "ydelseseffektuering", self.bevillinger, tid, "bevilling")

    def effektueringer(self, bevillinger: Iterable[UUID]) -> list[UUID]:
        """Payments to the citizen, and payments of these grants."""
        wanted = set(bevillinger)
        return [*self._paid, *(r["objekt"] for r in self._lines if r["bevilling"] in wanted)]

    def andre(self, filed: Iterable[UUID]) -> set[UUID]:
        """Everybody who has a part in these documents, in the citizen's own, in grants and in payments: their
        protection holds in the texts too.
        """
        objects = {*filed, *self.dokumenter, *self.bevillinger, *self.effektueringer(self.bevillinger)}
        found = facts_of(self._connection, ("dokumentpart", "bevillingspart", "effektueringspart"), objects, self._tid)
        return {r["part"] for said in found.values() for r in said if r["part"]}
