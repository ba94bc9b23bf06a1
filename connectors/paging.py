"""Walking through pages, and noticing when a vendor's paging stands still."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy

from connectors.closed import keys_of
from connectors.errors import ContractError, TransientError

T = TypeVar("T")
MOST_PAGES = 100_000
"""More pages than any municipality's system holds; reaching it means that paging does not end."""


class Slice(NamedTuple):
    """One page as the vendor gave it."""

    items: Sequence[Any]
    total: int | None = None
    """How many there are in all, where the vendor says it."""
    next: str | None = None
    """Link to the next page, where the vendor pages by links."""


class _Watch:
    """Raises ContractError when a page comes twice, or when there is no end."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._seen: set[int] = set()

    def see(self, mark: int) -> None:
        if mark in self._seen:
            raise ContractError(f"{self._what}: the same page came twice; does the vendor still page the same way?")
        self._seen.add(mark)
        if len(self._seen) > MOST_PAGES:
            raise ContractError(f"{self._what}: no end after {MOST_PAGES} pages")


class _Came:
    """How many different records came, in 8 bytes each: a list may have millions."""

    def __init__(self) -> None:
        self._marks = array("q")

    def add(self, marks: Iterable[int]) -> None:
        self._marks.extend(marks)

    def count(self) -> int:
        marks = numpy.sort(numpy.frombuffer(self._marks, numpy.int64))
        return len(marks) and 1 + int(numpy.count_nonzero(marks[1:] != marks[:-1]))


def _marks(items: Sequence[Any]) -> list[int]:
    """64 bits each that tell records apart, by their keys where they are known (random in each process)."""
    if items and hasattr(items[0], "key"):
        return list(map(hash, keys_of(items)))
    return [hash(msgspec.json.encode(item, order="deterministic")) for item in items]


def by_offset(fetch: Callable[[int, int], Slice], size: int, what: str) -> Iterator[Sequence[Any]]:
    """Pages of `fetch(skip, limit)` until all of the total are there, or, without a total, until one is not full.

    A total that shrinks on the way means that records may have moved past us: TransientError.
    An empty page before the total is reached means that the vendor stopped early: ContractError.
    A record that came twice while the total is reached has taken another one's place: TransientError.
    A page that comes twice means that paging stands still (ContractError), unless the list grew in front of us.
    """
    watch, came = _Watch(what), _Came()
    skip, most, grown = 0, 0, False
    while True:
        page = fetch(skip, size)
        grown = grown or 0 < most < (page.total or 0)
        if page.total is not None and page.total < most:
            # What leaves the front of the list moves the rest up, past the page we ask for next.
            raise TransientError(f"{what}: the list grew shorter while it was read; reading it again will tell")
        most = max(most, page.total or 0)
        skip += len(page.items)
        if not page.items:
            if page.total is not None and skip < page.total:
                raise ContractError(f"{what}: pages ended after {skip} of {page.total}")
            return
        marks = _marks(page.items)
        try:
            watch.see(hash(tuple(marks)))
        except ContractError:
            if not grown:
                raise
            raise TransientError(f"{what}: the list grew while it was read; reading it again will tell") from None
        came.add(marks)
        yield page.items
        if page.total is not None and skip >= page.total > came.count():
            raise TransientError(
                f"{what}: a record came twice, so another may not have come; reading it again will tell"
            )
        if skip >= page.total if page.total is not None else len(page.items) < size:
            return


def by_link(fetch: Callable[[str], Slice], first: str, what: str) -> Iterator[Sequence[Any]]:
    """Pages of `fetch(link)` for as long as a page names the next. A link or a page that comes twice: ContractError."""
    links, pages = _Watch(what), _Watch(what)
    link: str | None = first
    while link is not None:
        links.see(hash(link))
        page = fetch(link)
        if page.items:
            pages.see(hash(tuple(_marks(page.items))))
            yield page.items
        link = page.next


def by_page(fetch: Callable[[int], Slice], what: str) -> Iterator[Sequence[Any]]:
    """Pages of `fetch(number)` from number 0 on, while a page says in `next` that there is another.

    A page that comes twice, or an empty one that promises another: ContractError. Records that come twice: another may
    have moved past us, so TransientError.
    """

    def numbered(link: str) -> Slice:
        page = fetch(int(link))
        if page.next and not page.items:
            raise ContractError(f"{what}: an empty page says that there is another")
        return page._replace(next=str(int(link) + 1) if page.next else None)

    came = set[int]()
    for items in by_link(numbered, "0", what):
        marks = set(_marks(items))
        if len(marks) < len(items) or came & marks:
            raise TransientError(
                f"{what}: a record came twice, so another may not have come; reading it again will tell"
            )
        came |= marks
        yield items


def parts(wanted: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """What is to be asked for, so many at a time."""
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]
