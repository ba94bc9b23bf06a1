"""Asking PersonLookup (SF1520 v4, SOAP 1.1). The number travels in the envelope only, never in an address."""

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from connectors import soap_xml
from connectors.contract import Access, Record
from connectors.cpr.sheet import PERSON
from connectors.errors import AccessError, ContractError
from connectors.nobody import NO_PERSON
from connectors.serviceaftale import Service
from connectors.soap_faults import NotFoundError

NS = "{http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/4/}"


class PersonLookup:
    """The service, asked on behalf of one municipality."""

    def __init__(self, access: Access) -> None:
        self.service = Service(access, Path(__file__).with_name("personlookup.wsdl"), authority=True)

    def person(self, cpr: str) -> Sequence[Record]:
        """Everything CPR says of one person, as one record; nothing when CPR does not know the number."""
        try:
            reply = self.service.ask("PersonLookup", PNR=cpr)
        except NotFoundError:
            return ()
        if reply.tag != f"{NS}PersonLookupResponse":
            raise ContractError(f"{self.service.where}: the reply is no PersonLookupResponse")
        if not len(reply):
            return ()
        bare = reply.find(f"{NS}persondata") is None
        _identify(reply, cpr, self.service.where)
        held, unknown = soap_xml.sift(reply, PERSON)
        if bare and any("/" not in name for name in unknown):
            raise ContractError(
                f"{self.service.where}: no persondata but {', '.join(unknown)}; has the contract changed?"
            )
        return (Record("person", soap_xml.body(held), unknown),)

    def knock(self) -> None:
        """Asks for nobody. Anything but a refusal or a broken contract means that the door opens."""
        if not self.service.authority:
            raise AccessError(f"{self.service.where}: the source's myndighed (CVR) is missing; PersonLookup needs it")
        self.person(NO_PERSON)


def _identify(reply: etree._Element, cpr: str, where: str) -> None:
    """Makes sure that the reply is about the one asked for; the number is optional in it, and is added when absent."""
    data = reply.find(f"{NS}persondata")
    if data is None:
        data = etree.Element(f"{NS}persondata")
        reply.insert(0, data)
    numbers = [(data.findtext(f"{NS}{name}") or "").strip() for name in ("personnummer", "gaeldendePersonnummer")]
    if not any(numbers):
        for old in data.findall(f"{NS}personnummer"):
            data.remove(old)
        added = etree.Element(f"{NS}personnummer")
        added.text = cpr
        data.insert(0, added)
    elif cpr not in numbers and all(n.isdigit() and len(n) == 10 for n in numbers if n):
        raise ContractError(f"{where}: the reply is about another person than the one asked for")
