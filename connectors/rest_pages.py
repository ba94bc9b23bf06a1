"""The usual ways in which a REST vendor gives its lists, so that a connector says which and no more."""

from collections.abc import Iterator

from connectors import minimise
from connectors.contract import Page, Record
from connectors.paging import Slice, by_link, by_offset
from connectors.rest import RestApi
from connectors.rest_lists import Listing, records
from connectors.rest_replies import listed
from connectors.rest_replies import records as read_records


def whole(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet) -> Iterator[Page]:
    """A list that comes at once."""
    found = Listing(items, (key,)).read(api.get(path, as_sent=True), f"GET {path}")
    yield Page(records(found, sheet))


def windows(
    api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet,
    *, limit: str, skip: str = "", page: str = "", count: str = "",
) -> Iterator[Page]:  # fmt: skip
    """A list asked for by `skip` (or by `page`, counted from 1) and `limit`; `count` is the field that says how many
    there are in all, without which a page that is not full is the last."""
    what, listing = f"GET {path}", Listing(items, (key,), total=count)

    def fetch(first: int, size: int) -> Slice:
        at: dict[str, str | int] = {skip: first} if skip else {page: first // size + 1}
        found = listing.read(api.get(path, {**at, limit: size}, as_sent=True), what)
        return Slice(found, found.total)

    for found in by_offset(fetch, api.page_size, what):
        yield Page(records(found, sheet))


def linked(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet, *, following: str) -> Iterator[Page]:
    """A list whose pages name the next one in the field `following`."""
    what, listing = f"GET {path}", Listing(items, (key,), following=following)

    def fetch(link: str) -> Slice:
        found = listing.read(api.get(link, as_sent=True), what)
        return Slice(found, next=found.following)

    for found in by_link(fetch, path, what):
        yield Page(records(found, sheet))


def below(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet, **put_in: str) -> list[Record]:
    """What hangs on one object; nothing when the object is gone. `put_in`: what each is told of where it hangs."""
    reply = api.find(path)
    return [] if reply is None else read_records(listed(reply, items, "what hangs on an object"), key, sheet, **put_in)


__all__ = ["below", "linked", "whole", "windows"]
