"""A plain reading of rammearkitektur 4.9 over the raw rows of a store: who may see what, without any SQL condition."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from canonical_model.tables import FACT_TABLES
from caseworker.principal import Grant, Principal
from caseworker.tid import Tid

Row = dict[str, Any]
KIND = {
    name: next(
        kind
        for start, kind in (("sag", "sag"), ("fremdrift", "sag"), ("frist", "sag"), ("journal", "sag"),
                            ("dokument", "dokument"), ("bevil", "bevilling"), ("oekonomisk", "effektuering"),
                            ("ydelseseff", "effektuering"), ("effektuering", "effektuering"),
                            ("krav", "krav"), ("", ""))
        if name.startswith(start)
    )
    for name in FACT_TABLES
}  # fmt: skip
"""Table to the kind of object that its rows are about, by its name; the others are no matter of access."""
OWNER = {"sag": "sagsaktoer", "dokument": "dokumentaktoer", "bevilling": "bevillingsaktoer",
         "effektuering": "effektueringsaktoer"}  # fmt: skip


def covers(pattern: str, kle: str | None) -> bool:
    """A KLE pattern as the standard writes it, read without regular expressions; only `*` covers an unreadable one."""
    if not kle:
        return False
    if pattern == "*":
        return True
    if re.fullmatch(r"\d\*", pattern):
        return kle.startswith(pattern[0])
    stem = pattern.removesuffix(".*")
    return kle == stem or kle.startswith(stem + ".")


class Oracle:
    """The verdicts of one principal at the instants asked for."""

    def __init__(self, connection: Connection, p: Principal, tid: Tid) -> None:
        """Read every row there is."""
        names = [t for t, kind in KIND.items() if kind] + ["sikkerhedsprofil", "klasse"]
        self.table: dict[str, list[Row]] = {t: _all(connection, t) for t in names}
        self.kilder = {k["id"]: k for k in _all(connection, "kilde")}
        self.p, self.tid = p, tid
        self.now = tid.nu
        self.moments = [(k, s) for k in {tid.kendt, tid.nu} for s in {tid.sand, tid.nu}]

    def visible(self, kind: str, o: UUID) -> bool:
        """At every instant at which anything is known of it, and something was known at the one asked for."""
        return self._always(kind, o, lambda k, s: any(self._met(kind, o, g, k, s) for g in self.p.grants))

    def line(self, row: Row) -> bool:
        """A BevilgetYdelse may be shown."""

        def seen(k: datetime, s: datetime) -> bool:
            return any(
                self._claims("bevilling", row["objekt"], g, k, s, kle=False)
                and self._benefit(row["objekt"], row["ydelse_id"], g, k)
                for g in self.p.grants
            )

        return self._always("bevilling", row["objekt"], seen)

    def countable(self, kind: str, o: UUID) -> bool:
        """Neither it nor what it hangs on is, or was at the instants asked for, of level 4."""
        return self._level(kind, o) < 4 and not any(self._secret(k, parent) for k, parent in self._parents(kind, o))

    def _secret(self, kind: str, o: UUID) -> bool:
        return self._level(kind, o) > 3 or any(self._secret(k, parent) for k, parent in self._parents(kind, o))

    def _parents(self, kind: str, o: UUID) -> Iterable[tuple[str, UUID]]:
        if kind == "dokument":
            yield from (("sag", r["objekt"]) for r in self.table["journalpost"] if r["dokument"] == o and self._ever(r))
        if kind == "bevilling":
            for r in self.table["bevillingssag"]:
                if r["objekt"] == o and self._ever(r) and any(self._about("sag", r["reference"], k) for k in self._ks):
                    yield "sag", r["reference"]
        if kind == "effektuering":
            for r in self.table["ydelseseffektuering"]:
                if r["objekt"] == o and self._ever(r):
                    yield "bevilling", r["bevilling"]

    @property
    def _ks(self) -> set[datetime]:
        return {k for k, _ in self.moments}

    def _ever(self, r: Row) -> bool:
        return any(self._known(r, k) for k in self._ks)

    def _level(self, kind: str, o: UUID) -> int:
        found = [self._stated(kind, o, k, s) for k, s in self.moments if self._about(kind, o, k)]
        return max((level for _, _, level in found), default=4)

    def _always(self, kind: str, o: UUID, seen: Callable[[datetime, datetime], bool]) -> bool:
        if not self._about(kind, o, self.tid.kendt):
            return False
        return all(seen(k, s) for k, s in self.moments if self._about(kind, o, k))

    def _known(self, r: Row, k: datetime) -> bool:
        begun = k == self.now or r["kendt_fra"] <= k
        return begun and r["registreret_til"] is None and (r["kendt_til"] is None or r["kendt_til"] > k)

    def _true(self, r: Row, s: datetime) -> bool:
        fra, til = r["virkning_fra"], r["virkning_til"]
        return (fra is None or fra <= s) and (til is None or til > s)

    def _about(self, kind: str, o: UUID, k: datetime) -> list[Row]:
        return [
            r for t, of in KIND.items() if of == kind for r in self.table[t] if r["objekt"] == o and self._known(r, k)
        ]

    def _words(self, table: str, o: UUID, k: datetime, s: datetime, what: Callable[[Row], bool]) -> list[Row]:
        """What each source says in a table: in force, or else its last word."""
        mine = [r for r in self.table[table] if r["objekt"] == o and self._known(r, k) and what(r)]
        spoken = {r["source"] for r in mine if self._true(r, s)}
        return [r for r in mine if self._true(r, s) or r["source"] not in spoken]

    def _stated(self, kind: str, o: UUID, k: datetime, s: datetime) -> tuple[set[str], set[str | None], int]:
        """Every Ejer, every KLE and the highest level that counts."""
        sources = {r["source"] for r in self._about(kind, o, k)}
        own = [self.kilder.get(x, {"myndighed": "?", "kle": [None], "foelsomhed": 4}) for x in sources]
        actors = self._words(OWNER[kind], o, k, s, lambda r: r["rolle"] == "ejer") if kind in OWNER else []
        owners = {r["cvr"] or _tail(r["urn"], "urn:oio:cvr-nr:") or "?" for r in actors}
        classes: list[Row] = []
        if kind in ("sag", "dokument"):
            klasse = {"sag": "sagsklasse", "dokument": "dokumentklasse"}[kind]
            classes = self._words(klasse, o, k, s, lambda r: r["rolle"] == "primaer_klasse")
        kle = {
            r["brugervendt_noegle"] or _tail(r["urn"], "urn:oio:kle:") or self._number(r["reference"], k) or "?"
            for r in classes
        }
        levels: list[int] = []
        if kind not in ("effektuering", "krav"):
            rated = {"sag": "sagindeks"}.get(kind, kind)
            rows = self._words(rated, o, k, s, lambda r: r["foelsomhed"] is not None)
            levels = [r["foelsomhed"] if 1 <= r["foelsomhed"] <= 4 else 4 for r in rows]
        return (
            owners or {x["myndighed"] for x in own},
            kle or {a.removesuffix(".*") if a else None for x in own for a in x["kle"] or [None]},
            max(levels or [x["foelsomhed"] for x in own], default=4),
        )

    def _number(self, reference: UUID | None, k: datetime) -> str | None:
        """The one KLE number that the register has ever known a class by, whether it is in use or not."""
        said = {r["brugervendt_noegle"] for r in self.table["klasse"] if r["objekt"] == reference and self._known(r, k)}
        numbers = sorted(said - {None})
        return numbers[0] if len(numbers) == 1 and re.fullmatch(r"\d\d(\.\d\d)?(\.\d\d)?", numbers[0]) else None

    def _claims(
        self, kind: str, o: UUID, g: Grant, k: datetime, s: datetime, kle: bool = True, level: bool = True,
        owner: bool = True,
    ) -> bool:  # fmt: skip
        if not self._about(kind, o, k) or not self._held(o, k, s):
            return False
        owners, areas, top = self._stated(kind, o, k, s)
        return (
            (not owner or owners == {g.cvr})
            and (not kle or all(any(covers(x, a) for x in g.kle) for a in areas))
            and (not level or top <= g.foelsomhed)
        )

    def _held(self, o: UUID, k: datetime, s: datetime) -> bool:
        need = [
            r for r in self.table["sikkerhedsprofil"] if r["objekt"] == o and self._known(r, k) and self._true(r, s)
        ]
        return all(str(r["reference"] or r["urn"]).lower() in self.p.sikkerhedsprofiler for r in need)

    def _met(self, kind: str, o: UUID, g: Grant, k: datetime, s: datetime) -> bool:
        if kind == "sag":
            return self._claims("sag", o, g, k, s)
        if kind == "dokument":
            return self._dokument(o, g, k, s)
        if kind == "bevilling":
            return self._bevilling(o, g, k, s)
        if kind == "krav":
            rows = [r for r in self.table["krav"] if r["objekt"] == o and self._known(r, k)]
            return self._claims(kind, o, g, k, s, kle=False) and all(self._line(r, g) for r in rows)
        lines = [r for r in self.table["ydelseseffektuering"] if r["objekt"] == o and self._known(r, k)]
        lines = [r for r in lines if self._true(r, s)] or lines
        return self._claims(kind, o, g, k, s, kle=False, level=False) and any(
            self._line(r, g) and self._pays(r["bevilling"], g, k, s) for r in lines
        )

    def _pays(self, o: UUID, g: Grant, k: datetime, s: datetime) -> bool:
        """Through a Bevilling that may be seen; one that no source holds is of level 4."""
        if self._about("bevilling", o, k):
            return self._bevilling(o, g, k, s)
        return g.foelsomhed >= 4 and self._held(o, k, s)

    def _dokument(self, o: UUID, g: Grant, k: datetime, s: datetime) -> bool:
        """Through a Sag that it is filed in; by its own claims when it never was; by both when it no longer is."""
        posts = [r for r in self.table["journalpost"] if r["dokument"] == o and self._known(r, k)]
        filed = [r for r in posts if self._true(r, s)]
        alone = self._claims("dokument", o, g, k, s)
        if not posts:
            return alone
        level = self._claims("dokument", o, g, k, s, kle=False, owner=False)
        through = any(self._claims("sag", r["objekt"], g, k, s) for r in filed or posts)
        return level and through and (bool(filed) or alone)

    def _bevilling(self, o: UUID, g: Grant, k: datetime, s: datetime) -> bool:
        lines = {r["ydelse_id"] for r in self.table["bevilgetydelse"] if r["objekt"] == o and self._known(r, k)}
        if not lines:
            return self._claims("bevilling", o, g, k, s)
        return self._claims("bevilling", o, g, k, s, kle=False) and any(self._benefit(o, y, g, k) for y in lines)

    def _benefit(self, o: UUID, ydelse_id: str, g: Grant, k: datetime) -> bool:
        rows = [r for r in self.table["bevilgetydelse"] if r["objekt"] == o and r["ydelse_id"] == ydelse_id]
        return all(self._line(r, g) for r in rows if self._known(r, k))

    def _line(self, r: Row, g: Grant) -> bool:
        areas = [r["kle"]] if r["kle"] is not None else list(self.kilder[r["source"]]["kle"])
        return bool(areas) and all(any(covers(x, a.removesuffix(".*")) for x in g.kle) for a in areas)


def _tail(value: str | None, head: str) -> str | None:
    rest = (value or "").removeprefix(head)
    return rest if value and value.startswith(head) and re.fullmatch("[0-9.]+", rest) else None


def _all(connection: Connection, table: str) -> list[Row]:
    return [dict(r) for r in connection.execute(text(f"select * from {table}")).mappings()]
