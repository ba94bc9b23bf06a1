"""SBSYS (SBSIP web API): cases of the municipality's ESDH, then documents, notes and reminders case by case."""

from collections.abc import Iterator, Sequence
from typing import Any

from connectors.auth import by_grant
from connectors.contract import Access, Ask, Connector, Page, Record, keyed, listed
from connectors.errors import ContractError
from connectors.minimise import parse, record
from connectors.paging import Slice, by_offset
from connectors.rest import RestApi
from connectors.rest_lists import Listing
from connectors.rest_replies import key, objects
from connectors.sbsys import sheets, translate

SEARCH = "api/sag/search"
SAGER = Listing("Results", sheets.SAG, ("Id", "SagIdentity"), ("SagIdentity",), total="TotalNumberOfResults")
MOST_REMEMBERED = 100_000
"""Cases whose UUID is remembered for their documents and notes; those of others are asked for once more."""


class Sbsys:
    """The API, and what it has told of which case has which UUID."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi(access, by_grant(access, "password"))
        self._identities: dict[str, Any] = {}

    def search(self, skip: int, limit: int) -> Slice:
        """One page of all cases with their parties."""
        asked = {"Limit": limit, "Skip": skip}
        reply = self.rest.post(SEARCH, asked, {"InkluderParterIResultat": "true"}, as_sent=True)
        found = SAGER.read(reply, f"POST {SEARCH}")
        if len(self._identities) < MOST_REMEMBERED:
            self._identities.update((sag, uuid) for sag, (uuid,) in zip(found.keys, found.named, strict=True))
        return Slice(found, found.total)

    def of_sag(self, sag: str, path: str) -> list[dict[str, Any]]:
        """What hangs on a case, each with the case's SagIdentity put in; none when the case is gone."""
        found = self.rest.find(path.format(id=sag))
        if found is not None and not isinstance(found, list):
            raise ContractError(f"GET {path}: the reply is not a list")
        if found == []:
            return []
        if found is None or sag not in self._identities:
            whole = self.rest.find(f"api/sag/{sag}")
            if whole is None:
                return []
            self._identities[sag] = objects([whole], "api/sag/{id}")[0].get("SagIdentity")
        if found is None:
            raise ContractError(f"GET {path}: 404 for a case that is there")
        return [o | {"SagIdentity": self._identities[sag]} for o in objects(found, path)]


def read_sager(api: Sbsys, ask: Ask) -> Iterator[Page]:
    """Every case, always: SBSYS has no way to ask for what changed."""
    yield from map(Page, by_offset(api.search, api.rest.page_size, f"POST {SEARCH}"))


def read_dokumenter(api: Sbsys, sag: str) -> Sequence[Record]:
    """The documents of one case."""
    found = api.of_sag(sag, "api/sag/{id}/dokumenter")
    return [record(key(d, "DokumentID", "DokumentIdentity"), d, sheets.DOKUMENT) for d in found]


def read_journalarknotater(api: Sbsys, sag: str) -> Sequence[Record]:
    """The notes of one case."""
    found = api.of_sag(sag, "api/sag/{id}/journalarknotes")
    return [record(key(n, "Id", "Uuid"), n, sheets.NOTAT) for n in found]


def read_erindringer(api: Sbsys, sag: str) -> Sequence[Record]:
    """The reminders of one case, also those that are done."""
    return [record(key(e, "Id"), e, sheets.ERINDRING) for e in api.of_sag(sag, "api/erindring/sag/{id}")]


def check(api: Sbsys) -> None:
    """Asks for one case: the token, the address and the right to read cases are all in order when it comes."""
    api.search(0, 1)


CONNECTOR = Connector(
    name="sbsys",
    system="SBSYS",
    open=Sbsys,
    check=check,
    streams=(
        listed("sager", read_sager, parse, translate.sag),
        keyed("dokumenter", "sager", read_dokumenter, parse, translate.dokument),
        keyed("journalarknotater", "sager", read_journalarknotater, parse, translate.journalarknotat),
        keyed("erindringer", "sager", read_erindringer, parse, translate.erindring),
    ),
)
