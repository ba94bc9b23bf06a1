"""What comes in the bytes that it came in before needs no place in a chunk: a night lands what changed (ADR 0119)."""

from collections.abc import Iterable, Iterator

from sync.burst import burst
from sync.chunk import CHUNK, Chunk, Item
from sync.land import Lander


def sifted(chunks: Iterable[Chunk], lander: Lander) -> Iterator[Chunk]:
    """Chunks of those records alone that may be new, changed or parked; the others are counted, and left.

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


def _sift(items: Iterable[Item], lander: Lander, waiting: dict[str, Item]) -> None:
    """Put those that are not as they were into `waiting`, and whatever comes again of what waits there."""
    counts, left = lander.counts, list[Item]()
    came = lander.look(list(items))
    for item in items:
        if item.key not in came.digests and item.key not in waiting:
            left.append(item)
        else:
            if (former := waiting.get(item.key)) is not None:
                left.append(former)
            waiting[item.key] = item._replace(record=item.record.alone())
    counts.read += len(left)
    counts.unchanged += len(left)
    lander.sample(left)
    for item in left:
        if item.key in came.digests:
            counts.unknown_fields.update(item.record.unknown)
        elif item.key in came.unknown:
            counts.unknown_fields.update(came.unknown[item.key])
    if counts.tell:
        counts.tell(counts)
