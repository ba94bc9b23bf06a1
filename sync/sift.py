"""What comes in the bytes that it came in before needs no place in a chunk: a night lands what changed (ADR 0119)."""

from collections.abc import Iterable, Iterator, Sequence

from sync.burst import burst
from sync.chunk import CHUNK, Chunk, Item
from sync.land import Lander


def sifted(chunks: Iterable[Chunk], lander: Lander) -> Iterator[Chunk]:
    """Chunks of those records alone that may be new, changed or parked, were sent in other bytes, or have been
    refreshed meanwhile; the others are counted, and left.

    For whole reads: no cursor goes with a chunk, so that it does not matter in which commit a record lands. When the
    source fails midway, what had come of it goes in, and then its failure is raised.
    """
    waiting: dict[str, Item] = {}
    failure: Exception | None = None
    try:
        for chunk in chunks:
            with burst():
                _sift(chunk.items, lander, waiting)
            while len(waiting) >= CHUNK:
                yield Chunk([waiting.pop(key) for key in list(waiting)[:CHUNK]])
    except Exception as error:
        failure = error
    if waiting:
        yield Chunk(list(waiting.values()))
    if failure is not None:
        raise failure


def _sift(items: Sequence[Item], lander: Lander, waiting: dict[str, Item]) -> None:
    """Put those that are not as they were into `waiting`, and whatever comes again of what waits there."""
    counts, left = lander.counts, list[Item]()
    came, newer = lander.look(items), lander.refreshed.since()
    # A vendor known to stamp its replies sends nothing twice in the same bytes.
    wanted = came.digests.keys() - came.resent if lander.stream.volatile else came.digests.keys()
    for item in items:
        if item.key not in wanted and item.key not in waiting and lander.refreshed.of(item.key) not in newer:
            left.append(item)
            continue
        if (former := waiting.get(item.key)) is not None:
            left.append(former)
        waiting[item.key] = item._replace(record=item.record.alone())
    counts.read += len(left)
    counts.unchanged += len(left)
    lander.sample(left)
    for item in left:
        if came.latest.get(item.key) is not item:
            counts.unknown_fields.update(item.record.unknown)
        elif item.key in came.unknown:
            counts.unknown_fields.update(came.unknown[item.key])
    if counts.tell:
        counts.tell(counts)
