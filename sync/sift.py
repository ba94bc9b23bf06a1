"""What comes in the bytes that it came in before needs no place in a chunk: a night lands what changed (ADR 0119)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_

from connectors.contract import Record
from sync.burst import burst
from sync.chunk import CHUNK, Chunk, Item, item, storable
from sync.known import Arrived
from sync.land import Lander
from sync.standing import Standing


def sifted(read: Iterable[Sequence[Record]], lander: Lander, standing: Standing) -> Iterator[Chunk]:
    """Chunks of those records alone that may be new, changed or parked, were sent in other bytes, or have been
    refreshed meanwhile; the others are counted, and left. What is then left of `standing` did not come.

    For whole reads: no cursor goes with a chunk, so that it does not matter in which commit a record lands. When the
    source fails midway, what had come of it goes in, and then its failure is raised.
    """
    waiting: dict[str, Item] = {}
    failure: Exception | None = None
    try:
        for records in read:
            with burst():
                others, came = _others(records, lander, standing)
                _sift(others, came, lander, waiting)
            while len(waiting) >= CHUNK:
                yield Chunk([waiting.pop(key) for key in list(waiting)[:CHUNK]])
    except Exception as error:
        failure = error
    if waiting:
        yield Chunk(list(waiting.values()))
    if failure is not None:
        raise failure


def _others(records: Sequence[Record], lander: Lander, standing: Standing) -> tuple[list[Item], Arrived]:
    """Those that do not stand as they came, in order, and what the store knows of them. The others are counted."""
    newer, stand = lander.refreshed.since(), standing.take(map(lander.sent_as, records))
    if newer:
        stand = [as_it_came and record.key not in newer for record, as_it_came in zip(records, stand, strict=True)]
    same, others = list(compress(records, stand)), [item(record) for record in compress(records, map(not_, stand))]
    came = lander.look(others)
    twice = {key for key, took in zip(came.former, standing.take(came.former.values()), strict=True) if not took}
    if twice and any(storable(record.key) in twice for record in same):
        # It came as it stood too, and the last one counts.
        keys = twice.union(one.key for one in others)
        same = [record for record in same if storable(record.key) not in keys]
        others = [one for one in map(item, records) if one.key in keys]
        came = lander.look(others)
    lander.counts.read += len(same)
    lander.counts.unchanged += len(same)
    lander.sample(same)
    return others, came


def _sift(items: Sequence[Item], came: Arrived, lander: Lander, waiting: dict[str, Item]) -> None:
    """Put those that are not as they were into `waiting`, and whatever comes again of what waits there."""
    counts, left = lander.counts, list[Item]()
    newer = lander.refreshed.since()
    # A vendor known to stamp its replies sends nothing twice in the same bytes.
    wanted = came.digests.keys() - came.resent if lander.stream.volatile else came.digests.keys()
    for one in items:
        if one.key not in wanted and one.key not in waiting and one.key not in newer:
            left.append(one)
            continue
        if (former := waiting.get(one.key)) is not None:
            left.append(former)
        waiting[one.key] = one._replace(record=one.record.alone())
    counts.read += len(left)
    counts.unchanged += len(left)
    lander.sample([one.record for one in left])
    for one in left:
        if came.latest.get(one.key) is not one:
            counts.unknown_fields.update(one.record.unknown)
        elif one.key in came.unknown:
            counts.unknown_fields.update(came.unknown[one.key])
    if counts.tell:
        counts.tell(counts)
