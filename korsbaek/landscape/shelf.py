"""What one further system holds: its records in the town file, and who is named by them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from korsbaek.landscape.stream import Stream
from korsbaek.town import Town

Body = dict[str, Any]


class Shelf:
    """One system's records by kind and key. Reads see what is committed, like all of the town."""

    def __init__(self, town: Town, system: str, streams: dict[str, Stream]) -> None:
        """`streams`: what the system's contract offers; only those that can be listed name citizens to others."""
        self.town, self.system = town, system
        self._listed = {kind for name, s in streams.items() if not s.asked for kind in s.kinds or (name,)}
        self._companies = {kind for name, s in streams.items() if s.asked == "cvr" for kind in s.kinds or (name,)}

    def put(
        self, kind: str, key: str, body: Body, *, owner: str = "", parts: Iterable[str] = (), changed: str = ""
    ) -> None:
        """A record, new or in place of the former.

        `owner`: the citizen's CPR number (a company's CVR number where it is asked for by that), empty for none;
        `parts`: citizens and companies that it names by number; `changed`: whatever the contract orders changes by,
        as text that sorts.
        """
        at = (self.system, kind, key)
        self.town.db.execute(
            "insert into record (system, kind, key, owner, changed, body) values (?, ?, ?, ?, ?, ?) "
            "on conflict (system, kind, key) do update set owner = excluded.owner, changed = excluded.changed, "
            "body = excluded.body",
            (*at, owner, changed, json.dumps(body, ensure_ascii=False)),
        )
        self.town.db.execute("delete from recordpart where system = ? and kind = ? and key = ?", at)
        self.town.db.executemany(
            "insert or ignore into recordpart values (?, ?, ?, ?, ?)",
            [(*at, number, kind in self._listed) for number in self._named(kind, owner, *parts)],
        )

    def _named(self, kind: str, *named: str) -> set[str]:
        """Whom a record names; one that is asked for by CVR number is the company, and names nobody."""
        return set() if kind in self._companies else set(named) - {""}

    def drop(self, kind: str, key: str) -> None:
        """The record is gone without a trace."""
        for table in ("record", "recordpart"):
            self.town.db.execute(
                f"delete from {table} where system = ? and kind = ? and key = ?", (self.system, kind, key)
            )

    def one(self, kind: str, key: str) -> Body | None:
        """A record, or None."""
        return next(self.each(kind, "key = ?", (key,)), None)

    def last(self, kind: str) -> str | None:
        """The greatest key, compared as text; None when there is no record."""
        sql = "select max(key) from record where system = ? and kind = ?"
        found: str | None = self.town.rows(sql, (self.system, kind))[0][0]
        return found

    def each(self, kind: str, where: str = "true order by seq", args: Sequence[Any] = ()) -> Iterator[Body]:
        """The records that a condition over seq, key, owner and changed picks (with order, limit, offset)."""
        for _, body in self.rows(kind, where, args):
            yield body

    def rows(self, kind: str, where: str = "true order by seq", args: Sequence[Any] = ()) -> list[tuple[str, Body]]:
        """The same with their keys."""
        sql = f"select key, body from record where system = ? and kind = ? and {where}"
        return [(key, json.loads(body)) for key, body in self.town.rows(sql, (self.system, kind, *args))]

    def of(self, kind: str, cpr: str) -> Iterator[Body]:
        """The records that name a citizen, oldest first."""
        named = "select key from recordpart p where p.system = record.system and p.kind = record.kind and p.nummer = ?"
        # Plus: sorted afterwards. By the index of seq, SQLite would go through everybody's records.
        return self.each(kind, f"key in ({named}) order by +seq", (cpr,))

    def owner(self, kind: str, key: str) -> str:
        """The CPR number of the record's citizen; empty for none."""
        sql = "select owner from record where system = ? and kind = ? and key = ?"
        return next((str(cpr) for (cpr,) in self.town.rows(sql, (self.system, kind, key))), "")

    def named(self, kind: str, key: str) -> list[str]:
        """The numbers of every citizen and company that a record names."""
        sql = "select nummer from recordpart where system = ? and kind = ? and key = ? order by nummer"
        return [nummer for (nummer,) in self.town.rows(sql, (self.system, kind, key))]

    def citizens(self, kind: str, key: str) -> list[str]:
        """The CPR numbers of every citizen whom a record names."""
        return [nummer for nummer in self.named(kind, key) if len(nummer) == 10]

    def count(self, *kinds: str, where: str = "true", args: Sequence[Any] = ()) -> int:
        """How many records of these kinds the condition picks."""
        marks = ", ".join("?" * len(kinds))
        sql = f"select count(*) from record where system = ? and kind in ({marks}) and {where}"
        return int(self.town.rows(sql, (self.system, *kinds, *args))[0][0])

    def spoil(self, stream: str, kind: str, key: str, slags: str, felt: str, broken: Body) -> None:
        """Lets a record be malformed until a night mends it: `broken` stands in its place, `felt` names the field."""
        at = (self.system, kind, key)
        self.town.db.execute(
            "update record set good = coalesce(good, body), body = ? where system = ? and kind = ? and key = ?",
            (json.dumps(broken, ensure_ascii=False), *at),
        )
        self.town.db.execute(
            "insert into fejl values (?, ?, ?, ?, ?, ?, null, ?, null, null)",
            (self.system, stream, key, slags, felt, self.owner(kind, key), f"{kind}/{key}"),
        )

    def mend(self, kind: str, key: str, changed: str | None = None) -> None:
        """The record as it should have been; `changed`: the time of change that moves with it."""
        self.town.db.execute(
            "update record set body = coalesce(good, body), good = null, changed = coalesce(?, changed) "
            "where system = ? and kind = ? and key = ?",
            (changed, self.system, kind, key),
        )
