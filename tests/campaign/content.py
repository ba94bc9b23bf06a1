"""What a store says now, as lines that two stores can be compared by; and which of them concern a citizen."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from canonical_model import export
from canonical_model.store import connect

Fact = tuple[str, str, str, str]
"""Source, stream, key in the store, and the fact as text."""
Record = tuple[str, str, str]
"""Source, stream and key."""
_CPR = re.compile(r"cpr:(\d{10})")
_NAMED = re.compile(r"\b((?:cpr|cvr):\d{8,10})\b")


@dataclass
class Content:
    """The facts known now, of each source; and the digest of all that export-model says is current."""

    digest: str
    of: dict[str, set[Fact]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[str, dict[str, set[tuple[str, Record]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    """Per source, the objects of each citizen, each with the record that says so."""
    at: dict[str, dict[str, set[Fact]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """Per source, the facts of each object."""

    def concerning(self, source: str, citizen: str, waiting: Collection[Record] = ()) -> set[Fact]:
        """The source's facts that the citizen's page stands on, but for what only records in `waiting` lead to."""
        named = {name for name, record in self.parts[source][f"cpr:{citizen}"] if record not in waiting}
        facts = {fact for name in (f"cpr:{citizen}", *named) for fact in self.at[source][name]}
        return {fact for fact in facts if fact[:3] not in waiting}


def content(replaced: dict[str, str]) -> Content:
    """What the store says now; every number that was replaced is written as the one in force."""
    lines = [f"{table} {line}" for table, line in export.lines(current=True)]
    rows = [_CPR.sub(lambda m: f"cpr:{replaced.get(m[1], m[1])}", line).split(" ", 1) for line in lines]
    found = Content(_digest(rows))
    for table, line in rows:
        said: dict[str, Any] = json.loads(line)
        if "source" not in said:
            continue
        fact = (said["source"], said["stream"], said["key"], f"{table} {line}")
        found.of[said["source"]].add(fact)
        found.at[said["source"]][said["objekt"]].add(fact)
        if "part" in said:
            found.parts[said["source"]][said["part"]].add((said["objekt"], fact[:3]))
    return found


def _digest(rows: list[list[str]]) -> str:
    """As export-model --digest --current, but of a person only by the number in force. A number that was once met is
    never forgotten, also when what named it vanished before the other hub could see it."""
    facts = sorted(f"{table} {line}" for table, line in rows if table != "identitet")
    people = {m[1] for fact in facts for m in _NAMED.finditer(fact)}
    known = {m[1] for table, line in rows if table == "identitet" for m in _NAMED.finditer(line)}
    whole = hashlib.sha256("\n".join([*facts, *sorted(people & known)]).encode())
    return whole.hexdigest()


def parked(replaced: dict[str, str]) -> set[Record]:
    """Source, stream and key of what is in quarantine, persons by their number."""
    with connect("sync") as store:
        rows = store.execute("select source, stream, key from quarantine").fetchall()
        numbers = dict(store.execute("select objekt::text, min(nummer) from identitet group by objekt").fetchall())
    found = set()
    for source, stream, key in rows:
        owner, _, rest = str(key).partition("/")
        nummer = numbers.get(owner)
        found.add((str(source), str(stream), f"cpr:{replaced.get(nummer, nummer)}/{rest}" if nummer else str(key)))
    return found


def believed(lying: Collection[tuple[str, datetime]], replaced: dict[str, str]) -> set[tuple[str, str]]:
    """Source and citizen, where the source was lying when it said of them alone that it knows nobody, and the guard had
    no more to see than the one record that any stream may lose by itself. What waits for the guard is not among it."""
    sql = (
        "select i.nummer from asked a join identitet i on i.objekt = a.objekt and i.art = 'cpr'"
        " where (a.source, a.asked) = (%s, %s) and not a.found"
    )
    with connect("sync") as store:
        return {
            (source, replaced.get(nummer, nummer))
            for source, at in lying
            for (nummer,) in store.execute(sql, (source, at)).fetchall()
        }
