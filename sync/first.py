"""A first load: the next chunk is made ready while the last one is written (ADR 0121)."""

from collections.abc import Iterable
from contextlib import closing
from functools import partial

from helhed.settings import now
from sync.ahead import ahead
from sync.burst import burst
from sync.chunk import Chunk
from sync.database import connect
from sync.known import unheard
from sync.land import UNSTORABLE, Lander
from sync.place import Placer
from sync.translate import translated
from sync.write import Ready


def made_ready(lander: Lander, placer: Placer, chunk: Chunk) -> Ready | Chunk:
    """The chunk as if nothing of it were landed; or as it is, when the store refuses some of it, which is found out in
    its turn. `placer` is on another connection than the lander's."""
    with burst():
        came = unheard(chunk.items, lander.sent_as, lander.digest)
        drafts, refused = translated(lander.stream, came.fresh, {})
        try:
            staged, unplaced = placer.stage(drafts, now())
        except UNSTORABLE:
            return chunk
        return Ready(chunk, came, staged, refused | unplaced)


def load(chunks: Iterable[Chunk], lander: Lander) -> None:
    """Land the chunks of a stream that has landed nothing yet."""
    with connect() as connection:
        placer = Placer(connection, lander.source, lander.stream.name)
        with closing(ahead(map(partial(made_ready, lander, placer), chunks))) as coming:
            for one in coming:
                with burst():
                    if isinstance(one, Ready):
                        lander.land_first(one)
                    else:
                        lander.land(one)


__all__ = ["load", "made_ready"]
