"""A whole read of what has landed before: it is gone through in one thread, and what differs lands in another."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial

from connectors import soap_xml
from connectors.contract import Record
from sync.ahead import ahead
from sync.burst import burst
from sync.chunk import Chunk
from sync.database import connect
from sync.fields import FieldSample
from sync.land import Lander
from sync.refreshed import Refreshed
from sync.sift import sifted
from sync.standing import Standing


def land_what_differs(read: Iterable[Sequence[Record]], lander: Lander) -> Standing:
    """Land of a list what does not stand as it came, and count the rest; what did not come is left of what stood."""
    stream, counts, fields = lander.stream, lander.counts, FieldSample()
    with connect() as beside:
        newer = Refreshed(beside, lander.source, stream).since
        lander.standing = Standing(beside, (lander.source, stream.name), lander.sent_as)
        look = partial(fields.look, soap=stream.parse is soap_xml.parse)
        try:
            with closing(ahead(sifted(read, lander.standing, newer, look))) as parts:
                for others, same in parts:
                    counts.read += same
                    counts.unchanged += same
                    if others:
                        with burst():
                            lander.land(Chunk(others))
                    elif counts.tell:
                        counts.tell(counts)
        finally:
            counts.fields.add(fields)
    return lander.standing
