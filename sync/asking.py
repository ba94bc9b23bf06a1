"""Asking a vendor for one key at a time, several at once, within its rate."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from connectors.contract import Record, Stream
from connectors.errors import AccessError, ConnectorError, ContractError
from helhed.settings import now
from sync.pace import Pace

K = TypeVar("K")
MANY = 20
"""Failing keys, above which a stream stops asking when they are also more than a tenth of those asked."""


class Reply(NamedTuple, Generic[K]):
    """What the vendor said about one key, or why it said nothing."""

    key: K
    asked: datetime
    records: Sequence[Record] = ()
    error: ConnectorError | None = None


class Asker:
    """Asks through a pool of threads, each with its own door, since sessions are not made to be shared."""

    def __init__(
        self,
        stream: Stream[Any],
        open_door: Callable[[], Any],
        concurrency: int,
        pace: Pace,
        knock: Callable[[], None] = lambda: None,
    ) -> None:
        if stream.read_one is None:
            raise ContractError(f"stream {stream.name} is asked for single keys but has no read_one")
        self._knock = knock
        self._read_one = stream.read_one
        self._open = open_door
        self._pace = pace
        self._concurrency = concurrency
        self._own = threading.local()

    def ask(self, keys: Iterable[tuple[K, Sequence[str]]]) -> Iterator[Reply[K]]:
        """A reply for each (key, what to ask the vendor for), in order.

        Of several names that the vendor may know one thing by, each is asked for until one brings something: the
        reply is empty when all were. A key that fails is a reply with its error; AccessError and whatever we did not
        expect ends it all.
        """
        waiting: list[Future[Reply[K]]] = []
        todo = iter(keys)
        with ThreadPoolExecutor(self._concurrency) as pool:
            try:
                for pair in islice(todo, self._concurrency * 4):
                    waiting.append(pool.submit(self._one, pair[0], pair[1]))
                while waiting:
                    reply = waiting.pop(0).result()
                    for pair in islice(todo, 1):
                        waiting.append(pool.submit(self._one, pair[0], pair[1]))
                    yield reply
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def away(self, error: ConnectorError) -> bool:
        """Whether the key failed because nobody opens at the vendor's any more: one knock tells."""
        if isinstance(error, ContractError):
            return False
        try:
            self._knock()
        except ConnectorError:
            return True
        return False

    def _one(self, key: K, names: Sequence[str]) -> Reply[K]:
        door = getattr(self._own, "door", None)
        if door is None:
            door = self._own.door = self._open()
        asked = now()
        records: Sequence[Record] = ()
        try:
            for name in names:
                self._pace.wait()
                if records := self._read_one(door, name):
                    break
            return Reply(key, asked, records)
        except AccessError:
            raise
        except ConnectorError as error:
            return Reply(key, asked, (), error)


def too_many(failed: int, asked: int) -> bool:
    """Whether so many keys failed that going on only loads a vendor that is down."""
    return failed >= MANY and failed * 10 > asked
