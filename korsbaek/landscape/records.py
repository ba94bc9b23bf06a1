"""All further systems of a town: filled when it is made, changed by each night, counted in its ledger."""

import json
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any, Protocol, cast

from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.town import Town

if TYPE_CHECKING:
    from korsbaek.nights.book import Book


class Records(Protocol):
    """A further system's `records.py`."""

    STREAMS: dict[str, Stream]

    @staticmethod
    def fill(shelf: Shelf, rng: Random) -> None:
        """Puts everything that the system holds on its shelf; the first five systems' records stand already."""

    @staticmethod
    def night(shelf: Shelf, book: "Book", rng: Random) -> None:
        """What one night changes, written in the book."""


def further(town: Town) -> tuple[str, ...]:
    """The further systems that this town has."""
    return tuple(name for name in town.meta("further").split(",") if name)


def records(system: str) -> Records:
    """What a system holds."""
    return cast(Records, import_module(f"korsbaek.systems.{system}.records"))


def _asked_last(town: Town) -> list[str]:
    """First those that name citizens and companies, then those that are asked about them."""
    return sorted(further(town), key=lambda system: any(s.asked for s in records(system).STREAMS.values()))


def shelf(town: Town, system: str) -> Shelf:
    """A system's shelf in a town."""
    return Shelf(town, system, records(system).STREAMS)


def fill(town: Town, seed: int) -> None:
    """Every further system; each has a chance of its own, so that one's change leaves the others as they are."""
    for system in _asked_last(town):
        records(system).fill(shelf(town, system), Random(f"{seed}/{system}"))


def night(book: "Book") -> None:
    """What a night brings to all of them."""
    for system in _asked_last(book.town):
        seed = f"{book.town.meta('seed')}/night/{book.number}/{system}"
        records(system).night(shelf(book.town, system), book, Random(seed))


_FOUND: dict[bool | str, str] = {
    False: "true",
    True: "owner in (select cpr from population)",
    # A company stays known to whoever asked while it was named.
    "cvr": "owner in (select cvr from companies) or json_extract(body, '$.kendt')",
}
"""Condition of a record that can be found, by what its stream is asked by."""


def streams(town: Town) -> Iterator[tuple[str, str, Stream]]:
    """System, name and contract of every stream."""
    for system in further(town):
        for name, stream in records(system).STREAMS.items():
            yield system, name, stream


def counts(town: Town) -> dict[str, dict[str, Any]]:
    """Per stream: how many records, how many of them can be found, how many are malformed, what the contract shows."""
    found: dict[str, dict[str, Any]] = {}
    for system, name, stream in streams(town):
        kinds = stream.kinds or (name,)
        marks = ", ".join("?" * len(kinds))
        number, reachable = town.rows(
            f"select count(*), sum({_FOUND[stream.asked]}) from record where system = ? and kind in ({marks})",
            (system, *kinds),
        )[0]
        malformed = town.rows(
            "select count(*) from fejl where system = ? and stream = ? and mended is null and tolereret is null",
            (system, name),
        )
        found[f"{system}/{name}"] = {
            "records": number,
            "reachable": reachable or 0,
            "malformed": malformed[0][0],
            "contract": stream.contract,
        }
    return found


def sound(town: Town, system: str) -> Iterator[tuple[str, Body]]:
    """Kind and body of each record of a system's streams that can be found and read."""
    for name, stream in records(system).STREAMS.items():
        found = _FOUND[stream.asked]
        for kind in stream.kinds or (name,):
            sql = f"select body from record where system = ? and kind = ? and good is null and ({found}) order by seq"
            for (body,) in town.rows(sql, (system, kind)):
                yield kind, json.loads(body)


def companies(town: Town) -> frozenset[str]:
    """CVR numbers of the companies that a case, grant or payment names in a system that can be listed."""
    return frozenset(cvr for (cvr,) in town.rows("select cvr from companies"))


def kinds(town: Town) -> dict[str, dict[str, int]]:
    """Per system and kind: how many records there are."""
    found: dict[str, dict[str, int]] = {system: {} for system in further(town)}
    for system, kind, number in town.rows("select system, kind, count(*) from record group by 1, 2 order by 1, 2"):
        found[system][kind] = number
    return found


def revealed(system: str, stream: str, gone: bool, found: bool) -> str:
    """What shows a change outside; `found`: a listed system names the citizen."""
    at = records(system).STREAMS[stream]
    if at.asked and not found:
        return "never"
    return at.removals if gone else "pull"


def met(book: "Book", cpr: str) -> None:
    """A citizen whom nobody listed until tonight: what systems that are asked have on them is new outside."""
    for system, name, stream in streams(book.town):
        for kind in stream.kinds or (name,) if stream.asked else ():
            sound = "select key from record where system = ? and kind = ? and owner = ? and good is null"
            for (key,) in book.town.rows(sound, (system, kind, cpr)):
                book.write(system, name, key, cpr, "new")


def mend(book: "Book", system: str, stream: str, objekt: str) -> None:
    """A malformed record is right again."""
    kind, _, key = objekt.partition("/")
    at, own = records(system).STREAMS[stream], shelf(book.town, system)
    own.mend(kind, key)
    body = own.one(kind, key)
    if at.mended and body is not None:
        changed = at.mended(body, book.moment().isoformat())
        own.put(kind, key, body, owner=own.owner(kind, key), parts=own.named(kind, key), changed=changed)
