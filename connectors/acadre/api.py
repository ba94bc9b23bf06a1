"""PWS asked so that its cap on rows hides nothing: a period whose answer is full is halved and asked again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from lxml import etree

from connectors.contract import Access
from connectors.errors import ContractError
from connectors.ntlm import ntlm
from connectors.soap import SoapApi
from connectors.soap_node import Node
from connectors.soap_xml import held, local

CAP = 100
"""Rows that a search gives at most; options.cap in the source's file replaces it."""
FIRST, LAST = date(1970, 1, 1), date(2099, 12, 31)
"""No case is older or younger."""
T = TypeVar("T")


class Acadre:
    """The service, and the contacts, users and units that it has told of."""

    def __init__(self, access: Access) -> None:
        self.soap = SoapApi(access, Path(__file__).with_name("pws.wsdl"), "1.1")
        self.soap.session.auth = ntlm(access)
        self.cap = int(access.options.get("cap") or CAP)
        self._contacts: dict[str, bytes] = {}
        self._users: dict[str, bytes] | None = None
        self._units: dict[str, bytes] | None = None

    def identities(self, first: date, last: date) -> list[str]:
        """Numbers of citizens with cases of a period, at most so many as the cap."""
        reply = self.soap.ask("GetIdentityNumbersFromCases", startDate=_start(first), endDate=_start(last))
        return [e.text or "" for e in self._rows(reply, "GetIdentityNumbersFromCases", "string")]

    def containers(self, whole: bool) -> Iterator[list[etree._Element]]:
        """CaseContainers, a list for each citizen; `whole` with documents and memos."""
        asked: set[str] = set()
        for found in self._halved(self.identities, FIRST, LAST, "citizens"):
            for number in found:
                if number and number not in asked:
                    asked.add(number)
                    cases = self._halved(self._of(number, whole), FIRST, LAST, "cases of one citizen")
                    yield [case for some in cases for case in some]

    def case_ids(self) -> Iterator[str]:
        """The key of every case, once, though several of its parties are citizens."""
        seen: set[str] = set()
        for cases in self.containers(False):
            for case in cases:
                key = self.key_of(Node(held(case)).one("Case"), "CaseFileIdentifier")
                if key not in seen:
                    seen.add(key)
                    yield key

    def whole(self, key: str) -> etree._Element:
        """The case as GetCase gives it; ContactObject, User and AdminUnit that it refers to put in at its end."""
        case = self.soap.ask("GetCase", _value_1=int(key))
        node = Node(held(case))
        for party in node.many("Party"):
            if reference := party.value("ContactReference"):
                case.append(self._contact(reference))
        users, units = self._lists()
        for found, at in ((users, node), *((units, unit) for unit in node.many("AdministrativeUnit"))):
            name = "CaseFileManagerReference" if found is users else "AdministrativeUnitReference"
            if (referred := found.get(at.value(name) or "")) is not None:
                case.append(etree.fromstring(referred))
        return case

    @staticmethod
    def inside(container: etree._Element, name: str, item: str) -> list[etree._Element]:
        """What a CaseContainer holds of Documents or Notes."""
        return [e for part in container if local(str(part.tag)) == name for e in part if local(str(e.tag)) == item]

    def _rows(self, reply: etree._Element, operation: str, item: str) -> list[etree._Element]:
        if local(str(reply.tag)) != f"{operation}Response":
            raise ContractError(f"{self.soap.where}: {operation} is answered with something else")
        return self.inside(reply, f"{operation}Result", item)

    @staticmethod
    def key_of(node: Node | None, name: str) -> str:
        """A key that is there; ContractError else, since a record must have one."""
        found = node.value(name) if node is not None else None
        if not found:
            raise ContractError(f"Acadre: a record without {name} cannot be kept")
        return found

    def _of(self, number: str, whole: bool) -> Callable[[date, date], list[etree._Element]]:
        def ask(first: date, last: date) -> list[etree._Element]:
            reply = self.soap.ask(
                "GetCasesForIdentity",
                identityNumber=number,
                startDate=_start(first),
                endDate=_start(last),
                withMemoAndDocument=whole,
            )
            return self._rows(reply, "GetCasesForIdentity", "CaseContainer")

        return ask

    def _halved(self, ask: Callable[[date, date], list[T]], first: date, last: date, what: str) -> Iterator[list[T]]:
        """The answers of periods that are short enough not to be cut off."""
        found = ask(first, last)
        if len(found) < self.cap:
            yield found
            return
        if first >= last:
            raise ContractError(
                f"{self.soap.where}: {len(found)} {what} on one day fill the answer, so some may be missing; "
                "ask the vendor for a higher cap and set cap in [options]"
            )
        middle = first + (last - first) // 2
        yield from self._halved(ask, first, middle, what)
        yield from self._halved(ask, middle + timedelta(days=1), last, what)

    def _contact(self, reference: str) -> etree._Element:
        if reference not in self._contacts:
            self._contacts[reference] = etree.tostring(self.soap.ask("GetContact", _value_1=reference))
        return etree.fromstring(self._contacts[reference])

    def _lists(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        if self._users is None or self._units is None:
            self._users = _by_id(self.soap.ask("GetUserList"), "User")
            self._units = _by_id(self.soap.ask("GetAdminUnitList"), "AdminUnit")
        return self._users, self._units


def check(api: Acadre) -> None:
    """Asks for the users: the address, the user and the right to read are in order when they come."""
    api.soap.ask("GetUserList")


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _by_id(reply: etree._Element, name: str) -> dict[str, bytes]:
    """Each element of that name, also of those inside others, by its Id."""
    found = {}
    for element in reply.iter():
        if local(str(element.tag)) == name:
            found[Node(held(element)).value("Id") or ""] = etree.tostring(element, with_tail=False)
    return found
