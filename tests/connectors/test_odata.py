"""OData over HTTP, from a vendor whose next links count records: none is lost when the list moves between two pages."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.contract import Access
from connectors.errors import TransientError
from connectors.minimise import Sheet
from connectors.odata import entities
from connectors.rest import RestApi
from tests.connectors.server import Answer, Asked, serving

SHEET = Sheet.of("ID")


def read(held: list[str], size: int, between: Callable[[list[str], int], None] = lambda held, page: None) -> list[str]:
    """All keys of a set of which the vendor gives so many at once; `between` is told how many pages there were."""

    def answer(request: Asked, before: int) -> Answer:
        between(held, before)
        skip = int(parse_qs(urlsplit(request.path).query).get("$skip", ["0"])[0])
        reply: dict[str, object] = {"value": [{"ID": key} for key in held[skip : skip + size]]}
        if skip + size < len(held):
            # Some write the dollar as it is, some do not.
            reply["@odata.nextLink"] = f"Sager?{'%24' if before % 2 else '$'}skip={skip + size}&$select=ID"
        return Answer(body=json.dumps(reply).encode())

    with serving(answer) as (url, _):
        pages = entities(RestApi(Access(url=url)), "Sager", "ID", SHEET)
        return [record.key for page in pages for record in page.records]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_everything_comes_once(size: int) -> None:
    held = [f"s{n}" for n in range(13)]
    assert read(list(held), size) == held


def test_a_list_in_which_one_took_anothers_place_is_read_another_time() -> None:
    def exchange(held: list[str], page: int) -> None:
        if page == 1:
            held.remove("s1")
            held.append("new")

    with pytest.raises(TransientError, match="moved"):
        read([f"s{n}" for n in range(13)], 5, exchange)


def test_what_leaves_behind_the_reader_moves_nothing() -> None:
    def leave(held: list[str], page: int) -> None:
        if page == 1:
            held.remove("s11")

    assert read([f"s{n}" for n in range(13)], 5, leave) == [f"s{n}" for n in range(13) if n != 11]
