"""WS-Addressing as WCF's WSHttpBinding wants it: each request says its Action and To (WS-Addressing 1.0)."""

from lxml import etree

from korsbaek.systems.soap.envelope import CODES, SOAP12, Fault

WSA = CODES["wsa"]


class Addressed:
    """Refuses a request without the headers, or with another operation's Action."""

    def admit(self, envelope: etree._Element, path: str) -> None:
        """Returns when the message may be answered; else a `Fault`."""
        header = envelope.find(f"{{{SOAP12}}}Header")
        said = {} if header is None else {str(e.tag): (e.text or "").strip() for e in header}
        body = etree.QName(envelope[-1][0])
        if said.get(f"{{{WSA}}}Action") != f"{body.namespace}/{body.localname}":
            raise Fault("Client", "The Action cannot be processed at the receiver.", subcode="wsa:ActionNotSupported")
        if not said.get(f"{{{WSA}}}To"):
            raise Fault("Client", "A required header is missing: To.", subcode="wsa:MessageAddressingHeaderRequired")

    def seal(self, reply: bytes, request: etree._Element) -> bytes:
        """The reply as it is: clients know it by their connection."""
        return reply
