"""Under which digests a stream's records stand: what comes in the same bytes again asks nobody (ADR 0122)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import attrgetter, not_
from threading import Lock

from connectors.contract import Record
from sync.database import Connection
from sync.digests import HEAD, Digests
from sync.sealing import DIGEST_SIZE, SentAs

_STANDS = f"(octet_length(sent) = {DIGEST_SIZE} and unknown is null)"
"""What is parked has no digest, and a record with names that nobody knows is told of each time it comes."""
_DIGESTS = f"""
    copy (
    select case when {_STANDS} then substring(sent for {HEAD}) end,
      string_agg(case when {_STANDS} then substring(sent from {HEAD + 1}) end, ''::bytea)
    from landed where source = %s and stream = %s group by 1
    ) to stdout (format binary)
"""
"""By COPY, since PostgreSQL reads for no cursor with more than one process."""
NOT_STOOD = f"({_STANDS} is not true or sent in (select sent from deletion_left))"
"""Of rows of landed, when what is left is in that table (sync.seen): nothing came that is known to be them."""


class Standing:
    """The digests of the bytes in which a stream's records were last sent.

    One thread may go through a list with `passes` while another lands what differs of it.
    """

    def __init__(self, connection: Connection, where: tuple[str, str], sent_as: SentAs) -> None:
        """As the store has them now of this source and stream; `sent_as` makes them. Not in a transaction."""
        self._sent_as, self._lock, self._under_way = sent_as, Lock(), set[str]()
        rows = dict[bytes | None, bytes]()
        with connection.cursor().copy(_DIGESTS, where) as copy:
            copy.set_types(["bytea", "bytea"])
            rows.update(copy.rows())
        self._all_have_one = None not in rows
        self._digests = Digests((head, tails) for head, tails in rows.items() if head is not None)

    def passes(self, records: Sequence[Record], newer: set[str]) -> list[bool]:
        """Whether each came as it stands, and may be passed by; it stands no more.

        The others go to the store; so does one that comes as it stands while another version of it is under way there,
        and one that is `newer` in the store.
        """
        digests = self._sent_as(records)
        with self._lock:
            found, away = self._digests.take(digests), self._under_way
            keys = list(map(attrgetter("key"), records))
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
