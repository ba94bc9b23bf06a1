"""What the principal may see of a set of objects: the visible ones, and how many of each source stay hidden."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from caseworker.predicate import judge, params
from caseworker.principal import Principal
from caseworker.reading import Connection, rows
from caseworker.tid import Tid


class Judged:
    """The verdict over a set of objects of one kind."""

    def __init__(self, connection: Connection, principal: Principal, tid: Tid, kind: str, ids: Iterable[UUID]) -> None:
        """Ask the predicate about all of them at once."""
        wanted = sorted(set(ids))
        found = rows(connection, judge(kind), {"ids": wanted, **params(principal, tid)}) if wanted else []
        self.visible: list[UUID] = [r["objekt"] for r in found if r["visible"]]
        self.hidden_sources: Counter[str] = Counter()
        self.hidden = 0
        for row in found:
            if not row["visible"] and row["countable"]:
                self.hidden += 1
                self.hidden_sources.update(row["sources"] or [])
