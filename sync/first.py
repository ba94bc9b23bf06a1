"""A first load: the next chunk is made ready while the last one is written (ADR 0121, 0124)."""

from collections.abc import Iterable
from contextlib import closing
from functools import partial

from helhed.settings import now
from sync import seen
from sync.ahead import ahead
from sync.burst import burst
from sync.chunk import OPEN_CHUNK, Chunk
from sync.database import connect
from sync.known import stood, unheard
from sync.land import UNSTORABLE, Lander
from sync.layout import Row
from sync.packed import Packed
from sync.place import Placer
from sync.rows import columns_of
from sync.translate import translated
from sync.write import LANDED, Ready, landed_rows


@burst()
def made_ready(lander: Lander, placer: Placer, chunk: Chunk) -> Ready[Packed] | Chunk:
    """The chunk as if nothing of it were landed; or as it is, when the store refuses some of it, which is found out in
    its turn. `placer` is on another connection than the lander's."""
    came = unheard(chunk.items, lander.sent_as, lander.digest)
    drafts, refused = translated(lander.stream, came.fresh, {})
    packed = Packed(placer.connection, (lander.source, lander.stream.name))
    try:
        staged, unplaced = placer.stage(drafts, now())
        refused |= unplaced
        by_table: dict[str, list[Row]] = {}
        for rows in staged.values():
            for table, row in rows:
                by_table.setdefault(table, []).append(row)
        for table in sorted(by_table):
            packed.add(table, "kendt_fra", columns_of(table), by_table[table])
        packed.add("landed", "landed", LANDED, landed_rows(came, came.good(refused), lander.writer.told(came, staged)))
    except UNSTORABLE:
        return chunk
    return Ready(chunk, came, packed, refused)


def load(chunks: Iterable[Chunk], lander: Lander) -> None:
    """Land the chunks of a stream that has landed nothing yet."""
    with connect() as connection:
        placer = Placer(connection, lander.source, lander.stream.name)
        with closing(ahead(map(partial(made_ready, lander, placer), chunks))) as coming:
            for one in coming:
                with burst():
                    if isinstance(one, Chunk):
                        lander.land(one)
                    elif not _landed(lander, one):
                        lander.land(one.chunk)


def _landed(lander: Lander, ready: Ready[Packed]) -> bool:
    """Write the chunk in one transaction, unless something of it stands after all or the store refuses a value: then
    nothing is written, and it has to land in the usual way."""
    connection, refreshed = lander.connection, lander.refreshed
    chunk, came, packed, refused = ready
    try:
        with connection.transaction():
            refreshed.lock()
            newer = refreshed.since()
            connection.execute(OPEN_CHUNK)
            at = now()
            if newer and not newer.isdisjoint(map(refreshed.of, came.latest)):
                return False
            if stood(connection, (lander.source, lander.stream.name), list(came.latest)):
                return False
            packed.write(connection, at)
            lander.writer.settle(refused, came.latest, at, chunk.cursor)
    except UNSTORABLE:
        return False
    lander.placer.tables |= packed.tables - {"landed"}
    if lander.remember:
        seen.add(connection, came.latest)
    lander.count(chunk, came, refused)
    return True


__all__ = ["load", "made_ready"]
