"""The usual ways in which a REST vendor gives its lists, so that a connector says which and no more."""

from collections.abc import Iterator

from connectors import minimise
from connectors.contract import Page, Record
from connectors.errors import ContractError
from connectors.paging import Slice, by_link, by_offset
from connectors.rest import RestApi
from connectors.rest_replies import listed, records, total


def whole(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet) -> Iterator[Page]:
    """A list that comes at once."""
    yield Page(records(listed(api.get(path), items, f"GET {path}"), key, sheet))


def windows(
    api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet,
    *, limit: str, skip: str = "", page: str = "", count: str = "",
) -> Iterator[Page]:  # fmt: skip
    """A list asked for by `skip` (or by `page`, counted from 1) and `limit`; `count` is the field that says how many
    there are in all, without which a page that is not full is the last."""
    what = f"GET {path}"

    def fetch(first: int, size: int) -> Slice:
        at: dict[str, str | int] = {skip: first} if skip else {page: first // size + 1}
        reply = api.get(path, {**at, limit: size})
        return Slice(listed(reply, items, what), total(reply, count, what) if count else None)

    for found in by_offset(fetch, api.page_size, what):
        yield Page(records(found, key, sheet))


def linked(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet, *, following: str) -> Iterator[Page]:
    """A list whose pages name the next one in the field `following`."""
    what = f"GET {path}"

    def fetch(link: str) -> Slice:
        reply = api.get(link)
        found, after = listed(reply, items, what), reply.get(following)
        if after is not None and not isinstance(after, str):
            raise ContractError(f"{what}: {following} is no link")
        return Slice(found, next=after or None)

    for found in by_link(fetch, path, what):
        yield Page(records(found, key, sheet))


def below(api: RestApi, path: str, items: str, key: str, sheet: minimise.Sheet, **put_in: str) -> list[Record]:
    """What hangs on one object; nothing when the object is gone. `put_in`: what each is told of where it hangs."""
    reply = api.find(path)
    return [] if reply is None else records(listed(reply, items, "what hangs on an object"), key, sheet, **put_in)


__all__ = ["below", "linked", "whole", "windows"]
