"""What comes next is fetched while what came before is used: a vendor and the store need not wait for each other."""

from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
_LOOK = 0.2
"""Seconds after which a fetcher that is waiting looks whether anybody still wants what it has."""


def ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """The items in their order, the next one fetched by a thread of its own meanwhile; what it raises is raised here.

    Closed early, it returns when the item under way has come.
    """
    ready: Queue[tuple[bool, T | BaseException | None]] = Queue(1)
    unwanted = Event()

    def put(more: bool, what: T | BaseException | None) -> None:
        while not unwanted.is_set():
            try:
                ready.put((more, what), timeout=_LOOK)
            except Full:
                continue
            return

    def fetch() -> None:
        try:
            for item in items:
                put(True, item)
                if unwanted.is_set():
                    return
            put(False, None)
        except BaseException as error:
            put(False, error)

    thread = Thread(target=fetch, name="ahead", daemon=True)
    thread.start()
    try:
        while True:
            more, what = ready.get()
            if more:
                yield what  # type: ignore[misc]
            elif isinstance(what, BaseException):
                raise what
            else:
                return
    finally:
        unwanted.set()
        try:
            ready.get_nowait()
        except Empty:
            pass
        thread.join()
