"""The usual ways in which a REST vendor gives its lists, so that a connector says which and no more."""

from collections.abc import Callable, Iterator

from connectors import minimise
from connectors.contract import Page, Record
from connectors.paging import Slice, by_link, by_offset
from connectors.rest import RestApi
from connectors.rest_lists import Listing
from connectors.rest_replies import listed, records


def knock(path: str, params: dict[str, str | int] | None = None, *, root: str = "") -> Callable[[RestApi], None]:
    """A connector's check: asks for what `params` say, the least there is; token, address and the right to read are in
    order when it comes.
    `root`: of the XML that it comes in, at a vendor that does not speak JSON."""

    def check(api: RestApi) -> None:
        if root:
            api.get_xml(path, root, params)
        else:
            api.get(path, params)

    return check


def whole(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet) -> Iterator[Page]:
    """A list that comes at once."""
    yield Page(Listing(items, sheet, (key,)).read(api.get(path, as_sent=True), f"GET {path}"))


def windows(
    api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet,
    *, limit: str, skip: str = "", page: str = "", count: str = "",
) -> Iterator[Page]:  # fmt: skip
    """A list asked for by `skip` (or by `page`, counted from 1) and `limit`; `count` is the field that says how many
    there are in all, without which a page that is not full is the last."""
    what, listing = f"GET {path}", Listing(items, sheet, (key,), total=count)

    def fetch(first: int, size: int) -> Slice:
        at: dict[str, str | int] = {skip: first} if skip else {page: first // size + 1}
        found = listing.read(api.get(path, {**at, limit: size}, as_sent=True), what)
        return Slice(found, found.total)

    yield from map(Page, by_offset(fetch, api.page_size, what, numbered=not skip))


def linked(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet, *, following: str) -> Iterator[Page]:
    """A list whose pages name the next one in the field `following`."""
    what, listing = f"GET {path}", Listing(items, sheet, (key,), following=following)

    def fetch(link: str) -> Slice:
        found = listing.read(api.get(link, as_sent=True), what)
        return Slice(found, next=found.following)

    yield from map(Page, by_link(fetch, path, what))


def below(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet, **put_in: str) -> list[Record]:
    """What hangs on one object; nothing when the object is gone. `put_in`: what each is told of where it hangs."""
    reply = api.find(path)
    return [] if reply is None else records(listed(reply, items, "what hangs on an object"), key, sheet, **put_in)


__all__ = ["below", "knock", "linked", "whole", "windows"]
