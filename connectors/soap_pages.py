"""The usual ways in which a SOAP vendor gives its lists, so that a connector says which and no more."""

from collections.abc import Callable, Iterator
from typing import Any

from connectors.contract import Page
from connectors.paging import Slice, by_offset
from connectors.soap import SoapApi
from connectors.soap_records import records, total
from connectors.soap_xml import Sheet


def knock(operation: str, **request: Any) -> Callable[[SoapApi], None]:
    """A connector's check: asks for the least there is; address, certificate and the right to read are in order when
    it comes."""

    def check(api: SoapApi) -> None:
        api.ask(operation, **request)

    return check


def whole(api: SoapApi, operation: str, element: str, sheet: Sheet, key: str) -> Iterator[Page]:
    """A list that comes at once: the elements of that name, each by the value of its `key` element."""
    yield Page(records(api.ask(operation), element, sheet, key))


def windows(
    api: SoapApi, operation: str, element: str, sheet: Sheet, key: str, *, skip: str, limit: str, count: str = ""
) -> Iterator[Page]:  # fmt: skip
    """A list asked for by the elements `skip` and `limit`; `count` is the element that says how many there are in all,
    without which a page that is not full is the last."""

    def fetch(first: int, size: int) -> Slice:
        window: dict[str, Any] = {skip: first, limit: size}
        reply = api.ask(operation, **window)
        return Slice(records(reply, element, sheet, key), total(reply, count, operation) if count else None)

    yield from map(Page, by_offset(fetch, api.page_size, operation))


__all__ = ["knock", "whole", "windows"]
