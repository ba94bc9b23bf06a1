"""Keyed streams: whom to ask, what they said, who could not be asked, and how old the oldest answer is."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, unquote
from uuid import UUID

from connectors.contract import Shape, Stream
from connectors.errors import ConnectorError
from helhed.settings import now
from sync.asking import Asker, too_many
from sync.chunk import Chunk, Item, item
from sync.database import Connection, all_rows
from sync.deletions import Deletions
from sync.doubt import doubt
from sync.land import Lander
from sync.moved import following, standing
from sync.population import every_number, every_uuid, numbers_of, population, whose_turn

KEYS_A_CHUNK = 2_000
"""Keys asked for between two commits."""
_QUOTED = re.compile("[/%]")
"""What is quoted in a record's own key, so that the last slash of a landed key parts it from its owner."""
RECORDS_A_CHUNK = 5_000
_LANDED = "select key from landed where source = %s and stream = %s"
_PARKED = "select key from quarantine where source = %s and stream = %s"
_PARKED_OF = _PARKED + " and owner = any(%s)"
_UNPARK = "delete from quarantine where source = %s and stream = %s and key = any(%s)"


def _quote(found: re.Match[str]) -> str:
    return quote(found.group(), safe="")


class Target(NamedTuple):
    """One key to ask for: what its records are called in the store, and whose they are."""

    prefix: str
    owner: UUID | None
    person: bool
    """Whether the key is the owner's own number."""


class Keyed:
    """Brings one keyed stream up to date."""

    def __init__(self, asker: Asker, deletions: Deletions) -> None:
        connection, source, stream, counts = deletions.connection, deletions.source, deletions.stream, deletions.counts
        self.connection, self.source, self.stream, self.asker, self.counts = connection, source, stream, asker, counts
        self.deletions = deletions
        self.lander = Lander(connection, source.id, stream, counts)
        self.where = (source.id, stream.name)
        self.away: ConnectorError | None = None
        """Why nobody need be asked any more: the vendor went away while we asked."""
        self.rotation = int(source.options.get("rotation", stream.rotation))

    def by_person(self, persons: Sequence[UUID] | None, full: bool) -> None:
        """Ask about persons (or companies, by what the stream asks): those given, or those whose turn it is."""
        art = self.stream.asks
        began = now()
        listed = self._listed()
        everyone = population(self.connection, began, art) if persons is None else {}
        asked = dict(
            all_rows(self.connection, "select objekt, asked from asked where source = %s and stream = %s", self.where)
        )
        if persons is not None:
            chosen = numbers = numbers_of(self.connection, persons, art)
        else:
            numbers = everyone | numbers_of(self.connection, list(listed), art)
            chosen = numbers if full else {
                person: numbers[person]
                for person in whose_turn(list(everyone), asked, listed & numbers.keys(), self.rotation, began)
            }  # fmt: skip
        names = every_number(self.connection, chosen, art)
        targets = ((Target(str(person), person, True), names[person]) for person in chosen)
        seen, answered, failed = self._ask(targets, began, chosen.keys())
        owners = every_uuid(self.connection, [target.owner for target in answered if target.owner is not None])
        oldest = self._oldest(everyone, asked, {t.owner for t in answered}, began) if persons is None else None
        silent = every_uuid(self.connection, [target.owner for target in failed if target.owner is not None])
        self.deletions.of_owners(owners, seen, oldest, silent)
        parked = all_rows(self.connection, _PARKED_OF, (*self.where, list(owners)))
        self._unpark({key for (key,) in parked} - seen)
        if self.counts.state == "held":
            doubt(self.connection, self.where, list(owners), asked)
        waiting = self.deletions.ask_again
        self._settle([str(person) for person in owners if person not in waiting], failed, began)

    def by_stream(self, asks: Stream[Any], persons: Sequence[UUID] | None) -> None:
        """Ask for every key that another stream of the source has brought, or for those that concern some persons."""
        began = now()
        # A parked record cannot be read, but what hangs on it can.
        keys = all_rows(
            self.connection,
            "select key, owner from landed where source = %(source)s and stream = %(stream)s union"
            " select key, owner from quarantine where source = %(source)s and stream = %(stream)s order by key",
            {"source": self.source.id, "stream": asks.name},
        )
        if persons is not None:
            wanted = keys_of(self.connection, self.source.id, asks.name, persons)
            keys = [(key, owner) for key, owner in keys if key in wanted]
        targets = ((Target(key, owner, False), [vendor_key(key, asks)]) for key, owner in keys)
        seen, answered, failed = self._ask(targets, began)
        prefixes = {target.prefix for target in answered}
        asked_now = {key for key, _ in keys}

        def asked_about(key: str) -> bool:
            parent = key.rpartition("/")[0]
            return parent in prefixes or (persons is None and parent not in asked_now)

        landed = [key for (key,) in all_rows(self.connection, _LANDED, self.where)]
        held = [key for key in landed if asked_about(key)]
        parked = {key for (key,) in all_rows(self.connection, _PARKED, self.where) if asked_about(key)}
        silent = {target.prefix for target in failed}
        unanswered = sum(key.rpartition("/")[0] in silent for key in landed)
        complete = began if persons is None and not failed else None
        self.deletions.of_keys(held, seen, complete, unanswered)
        self._unpark(parked - seen)

    def _ask(
        self, targets: Iterable[tuple[Target, Sequence[str]]], began: datetime, persons: Collection[UUID] = ()
    ) -> tuple[set[str], list[Target], list[Target]]:
        """Ask and land; the keys seen, who answered and who could not be asked."""
        seen: set[str] = set()
        answered: list[Target] = []
        failed: list[Target] = []
        items: list[Item] = []
        waiting: list[tuple[UUID, datetime, bool]] = []
        first: ConnectorError | None = None
        try:
            for reply in self.asker.ask(targets):
                target = reply.key
                if reply.error is not None:
                    failed.append(target)
                    first = first or reply.error
                    if self.asker.away(reply.error):
                        self.away = reply.error
                        break
                    if too_many(len(failed), len(failed) + len(answered)):
                        break
                    continue
                answered.append(target)
                for record in reply.records:
                    quoted = record.called(_QUOTED.sub(_quote, record.key))
                    items.append(item(quoted, f"{target.prefix}/", target.owner))
                    seen.add(items[-1].key)
                if target.person and target.owner is not None:
                    waiting.append((target.owner, reply.asked, bool(reply.records)))
                if len(items) >= RECORDS_A_CHUNK or len(waiting) >= KEYS_A_CHUNK:
                    self._land(items, waiting, persons, seen)
                    items, waiting = [], []
        finally:
            if items or waiting:
                self._land(items, waiting, persons, seen)
        if first is not None:
            self.counts.fail(first, "partial" if answered else "failed")
            self.counts.error = (
                f"{len(failed)} of {len(failed) + len(answered)} keys could not be asked: {self.counts.error}"
            )
        return seen, answered, failed

    def _land(
        self,
        items: list[Item],
        waiting: list[tuple[UUID, datetime, bool]],
        persons: Collection[UUID],
        seen: set[str],
    ) -> None:
        """Land a chunk. What was asked by a replaced number stands under the person of the number in force; or not at
        all, when that person is asked too: so that it makes no difference which number the hub met first.

        A record that stood under a former UUID of its person moves, and is not gone.
        """
        moved = self.lander.joined(items) if persons else {}
        if moved:
            seen -= {i.key for i in items if i.owner in moved}
            twice = {former for former, person in moved.items() if person in persons}
            items = [following(i, moved) for i in items if i.owner not in twice]
            waiting = [(moved.get(p, p), at, had) for p, at, had in waiting if p not in twice]
            seen |= {i.key for i in items}
        before = standing(self.connection, self.where, items)
        for key in self.lander.land(Chunk(items, None, waiting, moved=before)):
            # Its new version is parked, so what it said under the former UUID stays.
            seen.update(before.get(key, ()))

    def _unpark(self, gone: set[str]) -> None:
        """What is parked and no longer held by those who were asked needs no mending."""
        if self.counts.state != "held":
            newer = self.lander.refreshed.since()
            gone = {key for key in gone if self.lander.refreshed.of(key) not in newer}
            self.connection.execute(_UNPARK, (*self.where, list(gone)))

    def _listed(self) -> set[UUID]:
        """Whoever is on the work list, and whoever has a parked record: the vendor may have mended it."""
        rows = all_rows(
            self.connection,
            "select key from worklist where source = %(source)s and stream = %(stream)s union"
            " select owner::text from quarantine where source = %(source)s and stream = %(stream)s"
            " and owner is not null",
            {"source": self.source.id, "stream": self.stream.name},
        )
        return {UUID(row[0]) for row in rows}

    def _oldest(
        self, everyone: dict[UUID, str], asked: dict[UUID, datetime], answered: set[UUID | None], began: datetime
    ) -> datetime | None:
        """When the answer that is oldest was given; None while somebody has never been asked."""
        times = [began if person in answered else asked.get(person) for person in everyone]
        known = [at for at in times if at is not None]
        return None if len(known) < len(times) else min(known, default=began)

    def _settle(self, answered: Sequence[str], failed: Sequence[Target], began: datetime) -> None:
        """Whoever answered, under any UUID, leaves the work list, unless records of theirs wait to be deleted; whoever
        could not be asked comes first next time."""
        with self.connection.transaction():
            self.connection.execute(
                "delete from worklist where source = %s and stream = %s and key = any(%s) and since <= %s",
                (*self.where, answered, began),
            )
            self.connection.execute(
                "insert into worklist (source, stream, key, since, cause) select %s, %s, key, %s, 'failed'"
                " from unnest(%s::text[]) as n(key) on conflict do nothing",
                (*self.where, began, [target.prefix for target in failed]),
            )


def vendor_key(key: str, stream: Stream[Any]) -> str:
    """The vendor's own key in the key of a landed record."""
    return unquote(key.rpartition("/")[2]) if stream.shape is Shape.KEYED else key


def keys_of(connection: Connection, source: str, stream: str, persons: Sequence[UUID]) -> set[str]:
    """Keys of a stream's records that concern these persons: asked for by their number, or naming them as a party."""
    uuids = list(every_uuid(connection, persons))
    parts = " union ".join(
        f"select key from {table} where part = any(%(uuids)s) and source = %(source)s and stream = %(stream)s"
        " and kendt_til is null"
        for table in ("sagspart", "dokumentpart", "bevillingspart", "effektueringspart", "krav")
    )
    statement = (
        "select key from landed where owner = any(%(uuids)s) and source = %(source)s and stream = %(stream)s union "
        + parts
    )
    values = {"uuids": uuids, "source": source, "stream": stream}
    return {row[0] for row in all_rows(connection, statement, values)}
