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
    keys: Sequence[str] | None = None
    """What tells the items apart, where they are no records yet; without it all that they say does."""


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


def _marks(page: Slice) -> list[int]:
    """64 bits each that tell records apart, by their keys where they are known (random in each process)."""
    items = page.items
    if page.keys is not None:
        return list(map(hash, page.keys))
    if items and hasattr(items[0], "key"):
        return list(map(hash, keys_of(items)))
    return [hash(msgspec.json.encode(item, order="deterministic")) for item in items]


def by_offset(
    fetch: Callable[[int, int], Slice], size: int, what: str, *, numbered: bool = False
) -> Iterator[Sequence[Any]]:
    """Pages of `fetch(skip, limit)` until all of the total are there, or, without a total, until one is not full.

    Each page is asked for from the last record of the one before, and must begin with it: what leaves the list before
    it moves the rest up past us, also when another joins at the end, so that the total is as it was. `numbered`: the
    vendor counts pages, and can be asked for whole ones alone; there that is not noticed.

    What came while the list moved is not all of it: TransientError. So is a total that shrinks, a record that came
    twice in another one's place, and a page that comes again when the list grew before it.
    Paging that does not work is a ContractError: a page that comes twice, an empty one before the total is reached,
    more than the total.
    """
    watch, came = _Watch(what), _Came()
    skip, most, grown = 0, 0, False
    last: int | None = None
    while True:
        again = 0 if last is None else 1
        page = fetch(skip - again, size)
        grown = grown or 0 < most < (page.total or 0)
        if page.total is not None and page.total < most:
            raise TransientError(f"{what}: the list grew shorter while it was read; reading it again will tell")
        most = max(most, page.total or 0)
        if not page.items and page.total is not None and skip < page.total:
            raise ContractError(f"{what}: pages ended after {skip} of {page.total}")
        marks = _marks(page)
        try:
            watch.see(hash(tuple(marks)))
        except ContractError:
            if not grown:
                raise
            raise TransientError(f"{what}: the list grew while it was read; reading it again will tell") from None
        if again and marks[:1] != [last]:
            raise TransientError(
                f"{what}: the list moved while it was read; reading it again will tell. If it always does, ask the "
                "vendor for an order that stays"
            )
        skip += len(marks) - again
        came.add(marks[again:])
        if len(marks) > again:
            yield page.items[again:] if again else page.items
        if page.total is not None and skip > page.total:
            raise ContractError(f"{what}: {skip} came where the vendor says that there are {page.total}")
        if page.total is not None and skip >= page.total > came.count():
            raise TransientError(
                f"{what}: a record came twice, so another may not have come; reading it again will tell"
            )
        if skip >= page.total if page.total is not None else len(marks) < size:
            return
        last = marks[-1] if len(marks) > 1 and not numbered else None


def by_link(fetch: Callable[[str], Slice], first: str, what: str) -> Iterator[Sequence[Any]]:
    """Pages of `fetch(link)` for as long as a page names the next. A link or a page that comes twice: ContractError."""
    links, pages = _Watch(what), _Watch(what)
    link: str | None = first
    while link is not None:
        links.see(hash(link))
        page = fetch(link)
        if page.items:
            pages.see(hash(tuple(_marks(page))))
            yield page.items
        link = page.next


def by_page(fetch: Callable[[int], Slice], what: str) -> Iterator[Sequence[Any]]:
    """Pages of `fetch(number)` from number 0 on, while a page says in `next` that there is another.

    A page that comes twice, or an empty one that promises another: ContractError. Records that come twice: another may
    have moved past us, so TransientError.
    """
    watch, came, number = _Watch(what), set[int](), 0
    while True:
        page = fetch(number)
        if page.next and not page.items:
            raise ContractError(f"{what}: an empty page says that there is another")
        if marks := _marks(page):
            watch.see(hash(tuple(marks)))
            if len(set(marks)) < len(marks) or not came.isdisjoint(marks):
                raise TransientError(
                    f"{what}: a record came twice, so another may not have come; reading it again will tell"
                )
            came.update(marks)
            yield page.items
        if not page.next:
            return
        number += 1


def parts(wanted: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """What is to be asked for, so many at a time."""
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]
