"""Object services of SF1500 v6: soeg gives UUIDs a page at a time, list the objects (rammearkitektur 3.4)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from lxml import etree

from connectors.contract import NAMELESS, Access, Record
from connectors.errors import ContractError, RecordError, TransientError
from connectors.oio_registrering import objekt
from connectors.oio_retur import judge
from connectors.paging import parts
from connectors.soap import SoapApi
from connectors.soap_node import Node
from connectors.soap_xml import Sheet, add, body, child, held, local, sift

T = TypeVar("T")
PAGE_SIZE = 500
"""UUIDs asked for at a time (option page_size)."""
LIST_SIZE = 50
"""Objects asked for at a time, as public clients do (option list_size)."""
FRESH_STARTS = 5
"""How often a search is begun anew because the register changed while it was paged."""
BILLEDE = "FiltreretOejebliksbillede"
UNIK: Sheet = {"ObjektType": {"UUIDIdentifikator": None}}
TOMME: dict[str, Any] = {"AttributListe": {}, "TilstandListe": {}, "RelationListe": {}}


class Objekter:
    """One object service: `path` below the address, `prefix` of its operations in the WSDL beside the connector."""

    def __init__(self, access: Access, wsdl: Path, path: str, prefix: str) -> None:
        self.api = SoapApi(replace(access, url=f"{access.url.rstrip('/')}/{path}/"), wsdl, "1.2")
        self.prefix = prefix
        self.page_size = max(2, int(access.options.get("page_size") or PAGE_SIZE))
        self.list_size = max(1, int(access.options.get("list_size") or LIST_SIZE))

    def soeg(self, **relationer: str) -> list[str]:
        """UUIDs of all objects that have these relations, by name the UUID that they point at."""
        wanted = {name: {"ReferenceID": {"UUIDIdentifikator": uuid}} for name, uuid in relationer.items()}

        def fetch(first: int) -> dict[str, None]:
            reply = self.ask("soeg", **_window(first, self.page_size), **{**TOMME, "RelationListe": wanted})
            liste = child(reply, "IdListe")
            return dict.fromkeys(_uuids(liste)) if liste is not None else {}

        return list(sweep(fetch, self.api.where))

    def list(self, uuids: Iterable[str]) -> dict[str, etree._Element]:
        """The objects of these UUIDs, those that there are."""
        wanted, found = list(dict.fromkeys(uuids)), dict[str, etree._Element]()
        for some in parts(wanted, self.list_size):
            found |= billeder(self.ask("list", UUIDIdentifikator=some))
        return found

    def each(self, uuids: Iterable[str]) -> Iterator[dict[str, etree._Element]]:
        """The objects of these UUIDs, a page at a time. TransientError when one of them did not come: soeg named it."""
        for page in parts(list(uuids), self.list_size):
            found = self.list(page)
            if missing := len(set(page) - found.keys()):
                raise TransientError(f"{self.api.where}: {missing} of {len(page)} objects did not come; ask again")
            yield found

    def found(self, **relationer: str) -> Iterator[tuple[str, etree._Element]]:
        """All objects that have these relations, with their UUIDs, asked for a page at a time."""
        for page in self.each(self.soeg(**relationer)):
            yield from page.items()

    def knock(self) -> None:
        """Asks for one object, to see that the door opens."""
        self.ask("soeg", MaksimalAntalKvantitet=1, **TOMME)

    def ask(self, operation: str, **request: Any) -> etree._Element:
        """The output of an operation, which must be that operation's."""
        reply = self.api.ask(f"{self.prefix}_{operation}", transaction=True, **request)
        name = f"{operation.capitalize()}Output"
        if local(str(reply.tag)) != name:
            raise ContractError(f"{self.api.where}: the reply is no {name}; is the address in the Connection right?")
        judge(reply, self.api.where)
        return reply


def sweep(fetch: Callable[[int], Mapping[str, T]], where: str) -> dict[str, T]:
    """All that `fetch(first)` gives, page after page, until nothing new comes.

    Each page begins with the last of the one before; where it does not, the register changed underneath and the search
    begins anew. A page that is not full ends nothing: the next one tells. ContractError when paging stands still.
    """
    for _ in range(FRESH_STARTS):
        found, last = dict[str, T](), list[str]()
        while True:
            page = fetch(max(0, len(found) - 1))
            keys = list(page)
            if last and keys[:1] != last[-1:]:
                if keys and set(keys) <= found.keys():
                    raise ContractError(f"{where}: paging stands still; the same objects came again")
                break
            if not page or (last and len(keys) == 1):
                return found
            found |= page
            last = keys
    raise TransientError(f"{where}: the register changes faster than it can be paged")


def billeder(holder: etree._Element | None) -> dict[str, etree._Element]:
    """The objects that an element holds, by UUID; one that says none stands under a key made up for it."""
    return {_key(e): e for e in (() if holder is None else holder) if local(str(e.tag)) == BILLEDE}


def record(sheets: Mapping[str, Sheet], parts: Sequence[tuple[str, Iterable[etree._Element]]]) -> Record:
    """One record of an object (the first part) and those that it points at, each sifted by the sheet of its name."""
    whole, unknown, key = dict[str, Any](), set[str](), ""
    for name, elements in parts:
        for element in elements:
            key = key or _key(element)
            part, strange = sift(element, sheets[name])
            unknown.update(f"{name}/{BILLEDE}/{field}" for field in strange)
            if name in whole:
                add(whole, name, {BILLEDE: part})
            else:
                whole[name] = {BILLEDE: part}
    return Record(key, body(whole), tuple(sorted(unknown)))


def referred(billede: etree._Element, *names: str) -> list[str]:
    """UUIDs that an object's relations of these names point at."""
    relations = (e for liste in billede.iter() if local(str(liste.tag)) == "RelationListe" for e in liste)
    return [
        u
        for r in relations
        if local(str(r.tag)) in names
        for e in r
        if local(str(e.tag)) == "ReferenceID"
        for u in _uuids(e)
    ]


def _uuids(holder: etree._Element) -> list[str]:
    return [(e.text or "").strip().lower() for e in holder if local(str(e.tag)) == "UUIDIdentifikator" and e.text]


def _window(first: int, size: int) -> dict[str, int]:
    return {"FoersteResultatReference": first, "MaksimalAntalKvantitet": size}


def _key(billede: etree._Element) -> str:
    try:
        return str(objekt(Node(sift(billede, UNIK)[0])))
    except RecordError:
        return NAMELESS + blake2b(body(held(billede)), digest_size=8).hexdigest()
