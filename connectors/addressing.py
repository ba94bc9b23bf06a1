"""WS-Addressing 1.0 on an envelope, as WCF's WSHttpBinding asks for it."""

import re
from uuid import uuid4

from lxml import etree

from connectors.contract import Access
from connectors.errors import ContractError
from connectors.soap_xml import local

WSA = "http://www.w3.org/2005/08/addressing"
_ACTION = re.compile(r'action="([^"]+)"')


class Addressed:
    """Puts Action, MessageID, ReplyTo and To into the header of what is sent to one address."""

    def __init__(self, access: Access) -> None:
        self._to = access.url

    def __call__(self, envelope: etree._Element, headers: dict[str, str]) -> tuple[etree._Element, dict[str, str]]:
        """The envelope with the headers; the action is the one that HTTP is told."""
        said = _ACTION.search(headers.get("Content-Type", "")) or re.search('"(.+)"', headers.get("SOAPAction", ""))
        if said is None:
            raise ContractError("WS-Addressing: the WSDL names no action for this operation")
        header = next((e for e in envelope if local(str(e.tag)) == "Header"), None)
        if header is None:
            header = etree.Element(f"{{{etree.QName(envelope).namespace}}}Header")
            envelope.insert(0, header)
        etree.SubElement(header, f"{{{WSA}}}Action", nsmap={"wsa": WSA}).text = said[1]
        etree.SubElement(header, f"{{{WSA}}}MessageID").text = f"urn:uuid:{uuid4()}"
        reply = etree.SubElement(header, f"{{{WSA}}}ReplyTo")
        etree.SubElement(reply, f"{{{WSA}}}Address").text = f"{WSA}/anonymous"
        etree.SubElement(header, f"{{{WSA}}}To").text = self._to
        return envelope, headers
