"""Under which digests a stream's records stand: what comes in the same bytes again asks nobody (ADR 0122)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_
from threading import Lock

from connectors.closed import keys_of
from connectors.contract import Record
from sync.database import Connection
from sync.digests import Digests, split
from sync.sealing import DIGEST_SIZE, SentAs

_DIGEST = f"octet_length(sent) = {DIGEST_SIZE}"
_STANDS = f"({_DIGEST} and unknown is null)"
"""What is parked has no digest, and a record with names that nobody knows is told of each time it comes."""
_DIGESTS = f"""
    copy (
    with of_stream as not materialized (select sent, unknown from landed where source = %s and stream = %s)
    select * from
      (select string_agg(sent, ''::bytea) filter (where {_DIGEST}), count(*) filter (where {_DIGEST} is not true)
       from of_stream) every,
      (select string_agg(sent, ''::bytea), count(*) from of_stream where unknown is not null and {_DIGEST}) strange
    ) to stdout (format binary)
"""
"""From indexes alone (migration 0021), and by COPY, since PostgreSQL reads for no cursor with more than one process.

One value holds sixty million digests."""
NOT_STOOD = f"({_STANDS} is not true or sent in (select sent from deletion_left))"
"""Of rows of landed, when what is left is in that table (sync.seen): nothing came that is known to be them."""


class Standing:
    """The digests of the bytes in which a stream's records were last sent.

    One thread may go through a list with `passes` while another lands what differs of it.
    """

    def __init__(self, connection: Connection, where: tuple[str, str], sent_as: SentAs) -> None:
        """As the store has them now of this source and stream; `sent_as` makes them. Not in a transaction."""
        self._sent_as, self._lock, self._under_way = sent_as, Lock(), set[str]()
        with connection.cursor().copy(_DIGESTS, where) as copy:
            copy.set_types(["bytea", "int8", "bytea", "int8"])
            ((digests, without, strange, many),) = copy.rows()
        self._all_have_one = not without and not many
        self._digests = Digests(digests or b"")
        self._digests.take(split(strange or b""))

    def passes(self, records: Sequence[Record], newer: set[str]) -> list[bool]:
        """Whether each came as it stands, and may be passed by; it stands no more.

        The others go to the store; so does one that comes as it stands while another version of it is under way there,
        and one that is `newer` in the store.
        """
        digests = self._sent_as(records)
        with self._lock:
            found, away = self._digests.take(digests), self._under_way
            keys = keys_of(records)
            away.update(compress(keys, map(not_, found)))
            if away.isdisjoint(compress(keys, found)) and newer.isdisjoint(keys):
                return found
            return [took and key not in away and key not in newer for key, took in zip(keys, found, strict=True)]

    def met(self, keys: Iterable[str], formers: Iterable[bytes]) -> None:
        """The store has been asked about these that were under way, and `formers` are the digests they stood under."""
        with self._lock:
            self._digests.take(formers)
            self._under_way.difference_update(keys)

    def left(self) -> Iterator[bytes]:
        """The digests that nothing came under."""
        return iter(self._digests)

    def all_came(self) -> bool:
        """Whether everything that the stream held has come again: nothing of it can be gone."""
        return self._all_have_one and not self._digests
