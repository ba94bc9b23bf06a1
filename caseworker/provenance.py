"""Which source's value is shown, by which rule, and what the others said."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from caseworker.reading import Connection, Row, rows
from caseworker.tid import Tid

UNRANKED = 1_000
_FIRST = datetime.min.replace(tzinfo=UTC)


class Proveniens(BaseModel):
    """Where a value comes from."""

    kilde: str
    kilde_navn: str
    snitflade: str
    kendt_fra: datetime
    registreret: datetime | None = None
    virkning_fra: datetime | None = None
    virkning_til: datetime | None = None


class Udsagn(BaseModel):
    """One source's value."""

    vaerdi: str
    kilde: Proveniens


class Felt(BaseModel):
    """A value as shown, its provenance, and the values that lost to it."""

    vaerdi: str | None = None
    kilde: Proveniens | None = None
    regel: str = ""
    andre: list[Udsagn] = []

    @property
    def uenig(self) -> list[Udsagn]:
        """The losing values that truly differ."""
        return [u for u in self.andre if _same(u.vaerdi) != _same(self.vaerdi or "")]


class Rules:
    """The precedence rules of the day asked for, and what the sources are called."""

    def __init__(self, connection: Connection, tid: Tid) -> None:
        """Read both small tables."""
        found = rows(connection, "select id, navn, deep_link, foelsomhed from kilde", {})
        self.kilder: dict[str, Row] = {r["id"]: r for r in found}
        self._ranks = {
            (r["felt"], r["source"]): int(r["rang"])
            for r in rows(
                connection,
                "select felt, source, rang from praecedens where kendt_fra <= :kendt"
                " and (kendt_til is null or kendt_til > :kendt)",
                tid.params(),
            )
        }

    def rank(self, felt: str, source: str) -> int:
        """The rank of a source for a field; the lowest wins."""
        return self._ranks.get((felt, source), UNRANKED)

    def proveniens(self, row: Row) -> Proveniens:
        """The provenance of a fact."""
        return Proveniens(
            kilde=row["source"],
            kilde_navn=str(self.kilder.get(row["source"], {}).get("navn", row["source"])),
            snitflade=row["stream"],
            kendt_fra=row["kendt_fra"],
            registreret=row["registreret"],
            virkning_fra=row["virkning_fra"],
            virkning_til=row["virkning_til"],
        )

    def order(self, felt: str, found: Iterable[Row]) -> list[Row]:
        """Best first: by rank, then the latest virkning, registration and knowledge."""
        newest = sorted(
            found, reverse=True, key=lambda r: (r["virkning_fra"] or _FIRST, r["registreret"] or _FIRST, r["kendt_fra"])
        )
        return sorted(newest, key=lambda r: self.rank(felt, r["source"]))

    def choose(self, felt: str, found: Iterable[Row], value: str | Callable[[Row], Any]) -> Felt:
        """The winning value of a field among facts in force; one vote a source."""
        read: Callable[[Row], Any] = value if callable(value) else lambda row: row[value]
        said: dict[str, Udsagn] = {}
        for row in self.order(felt, found):
            what = read(row)
            if what not in (None, "") and row["source"] not in said:
                said[row["source"]] = Udsagn(vaerdi=str(what), kilde=self.proveniens(row))
        if not said:
            return Felt()
        first, *rest = said.values()
        name = first.kilde.kilde_navn
        ranked = self.rank(felt, first.kilde.kilde) < UNRANKED
        rule = f"{name} går forud for andre kilder" if ranked else "nyeste oplysning"
        return Felt(vaerdi=first.vaerdi, kilde=first.kilde, regel=rule, andre=rest)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
