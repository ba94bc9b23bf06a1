"""How KMD Momentum is asked: a token for a resource, a key beside it, and two ways of paging."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from connectors.contract import Access
from connectors.errors import ContractError
from connectors.paging import Slice, by_offset, by_page
from connectors.rest import RestApi

PAGE = 200
"""Rows a page (extra.page_size, or options.page_size in the source's file)."""


class Momentum:
    """The API, and which citizen has which number."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi.with_token(access)
        self.rest.session.headers["apikey"] = str(access.extra.get("apikey") or "")
        self.size = int(access.options.get("page_size") or access.extra.get("page_size") or PAGE)
        self._cpr: dict[str, str] = {}

    def check(self) -> None:
        """Asks for one citizen: token, key and the right to see citizens are all in order when it comes."""
        self._citizensearch(0, 1)

    def sagsbehandlere(self) -> Iterator[Sequence[Any]]:
        """Caseworkers by size and skip, with the number of them all."""

        def fetch(skip: int, size: int) -> Slice:
            asked = {"term": "*", "size": size, "skip": skip, "allowedCategories": ["Caseworker"], "isActive": True}
            reply = self.rest.post("search", asked)
            return _slice(_rows(reply, "results", "search"), _total(reply, "totalCount", "search"))

        return by_offset(fetch, self.size, "POST search")

    def borgere(self) -> Iterator[Sequence[Any]]:
        """Citizens by page number; each page says whether there is another."""
        for found in by_page(lambda number: self._citizensearch(number, self.size), "POST citizensearch"):
            self._cpr.update({key_of(b): str(b["cpr"]) for b in found if b.get("cpr")})
            yield found

    def cpr(self, borger: str) -> str | None:
        """The number that Momentum has of a citizen, "" when it has none; None when it has no such citizen."""
        if borger not in self._cpr:
            found = self.rest.find(f"citizens/{quote(borger, safe='')}")
            if found is None:
                return None
            if not isinstance(found, dict) or found.get("id") != borger:
                raise ContractError("citizens/{id}: the reply is not the citizen that was asked for")
            self._cpr[borger] = str(found.get("cpr") or "")
        return self._cpr[borger]

    def forloeb(self, borger: str) -> list[dict[str, Any]]:
        """The citizen's courses, past ones too."""
        return self._list(f"citizen/{quote(borger, safe='')}/personvisitationstatus")

    def ansvarlige(self, borger: str) -> list[dict[str, Any]]:
        """Who is and was responsible for the citizen."""
        return self._list(f"responsibleCaseworkers/all/byCitizen/{quote(borger, safe='')}")

    def markeringer(self, borger: str) -> list[dict[str, Any]]:
        """The tags on the citizen."""
        return self._list(f"tagassignments?referenceId={quote(borger, safe='')}")

    def noter(self, borger: str) -> list[dict[str, Any]]:
        """The notes in the citizen's journal."""
        return self._list(f"journals/{quote(borger, safe='')}")

    def opgaver(self, borger: str) -> list[dict[str, Any]]:
        """The tasks on the citizen: a third mixture, by page number and with the number of them all."""

        def fetch(skip: int, size: int) -> Slice:
            asked = {
                "columns": [],
                "filters": [{"fieldName": "citizenId", "values": [borger]}],
                "sort": [{"fieldName": "deadline", "ascending": True}],
                "paging": {"pageNumber": skip // size, "pageSize": size},
            }
            reply = self.rest.post("tasks/citizen", asked)
            return _slice(_rows(reply, "data", "tasks/citizen"), _total(reply, "totalSearchCount", "tasks/citizen"))

        pages = by_offset(fetch, self.size, "POST tasks/citizen", numbered=True)
        return [task for page in pages for task in page]

    def _citizensearch(self, number: int, size: int) -> Slice:
        asked = {"filters": [], "term": "*", "paging": {"pageNumber": number, "pageSize": size}}
        reply = self.rest.post("citizensearch", asked)
        found = _rows(reply, "data", "citizensearch")
        if not isinstance(reply.get("hasMore"), bool):
            raise ContractError("citizensearch: the reply does not say hasMore; all or a part cannot be told")
        return _slice(found, next="more" if reply["hasMore"] else None)

    def _list(self, path: str) -> list[dict[str, Any]]:
        found = self.rest.find(path)
        return [] if found is None else _rows(found, None, path.partition("?")[0].partition("/")[0])


def key_of(value: dict[str, Any]) -> str:
    """The id by which a record is kept; a record must have one, also when it ends in quarantine."""
    if isinstance(value.get("id"), str) and value["id"]:
        return str(value["id"])
    raise ContractError("a record without id cannot be kept")


def _slice(rows: list[Any], total: int | None = None, next: str | None = None) -> Slice:
    return Slice(rows, total, next, [key_of(row) for row in rows])


def _rows(reply: Any, name: str | None, what: str) -> list[Any]:
    rows = reply.get(name) if name and isinstance(reply, dict) else reply
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ContractError(f"{what}: the reply holds no list of objects{f' in {name}' if name else ''}")
    return rows


def _total(reply: dict[str, Any], name: str, what: str) -> int:
    total = reply.get(name)
    if not isinstance(total, int) or isinstance(total, bool):
        raise ContractError(f"{what}: the reply does not say {name}; all or a part cannot be told")
    return total
