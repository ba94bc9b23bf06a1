"""The guard at a service's door: lets only signed messages with a token in, and signs what goes out (OIO-IDWS)."""

from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from korsbaek import tokens
from korsbaek.systems.wss import making, sealed
from korsbaek.systems.wss.checking import Document
from korsbaek.systems.wss.ticket import read
from korsbaek.systems.wss.trust import Seen, fresh
from korsbaek.systems.wss.words import NS, name, refusal
from korsbaek.town import CVR

ONCE = ("Action", "MessageID", "To")
"""Headers that must be there, once, and signed."""


class Guard:
    """One service's guard. `url` is its address; a message must be meant for the path below it that it came to."""

    def __init__(self, folder: Path, entity: str, url: str) -> None:
        self._folder = folder
        self._pki = folder / "pki"
        self._entity = entity
        self._origin = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
        self._seen = Seen()

    def admit(self, envelope: etree._Element, path: str) -> None:
        """Returns when the message, which came to `path`, may be answered; else a fault."""
        now = tokens.clock(self._folder)
        soap = f"{{{etree.QName(envelope).namespace}}}"
        headers, bodies = envelope.findall(f"{soap}Header"), envelope.findall(f"{soap}Body")
        holders = headers[0].findall(name("wsse:Security")) if len(headers) == 1 else []
        if len(holders) != 1 or len(bodies) != 1:
            raise refusal("wsse:InvalidSecurity", "a Security header is wanted")
        header, holder = headers[0], holders[0]
        stamp = fresh(holder, now)
        document = Document(envelope)
        carried = [e for e in holder if e.tag in (name("saml:Assertion"), name("saml:EncryptedAssertion"))]
        if len(carried) != 1:
            raise refusal("wsse:SecurityTokenUnavailable", "one token is wanted")
        if carried[0].tag == name("saml:EncryptedAssertion"):
            inner = sealed.opened(carried[0], making.signer(self._pki, "service"))
            ticket = read(inner, Document(inner), self._pki, now)
            document.ids.setdefault(ticket.id, carried[0])
        else:
            ticket = read(carried[0], document, self._pki, now)
        if ticket.audience != self._entity:
            raise refusal("wsse:InvalidSecurityToken", "the token is for another service")
        if ticket.cvr != CVR:
            raise refusal("wsse:FailedAuthentication", "the token is for another authority")
        signatures = holder.findall(name("ds:Signature"))
        if len(signatures) != 1:
            raise refusal("wsse:InvalidSecurity", "one signature is wanted")
        covered = document.covered(signatures[0], ticket.holder)
        wanted = [bodies[0], stamp, carried[0], *self._addressed(header)]
        if any(all(part is not element for part in covered) for element in wanted):
            raise refusal("wsse:FailedCheck", "a part of the message is not signed")
        if (header.findtext(name("wsa:To")) or "").strip() != self._origin + path:
            raise refusal("wsa:DestinationUnreachable", "the message is for another address")
        self._seen.once((header.findtext(name("wsa:MessageID")) or "").strip(), now)

    def _addressed(self, header: etree._Element) -> list[etree._Element]:
        found = [e for e in header if str(e.tag).startswith((f"{{{NS['wsa']}}}", f"{{{NS['sbf']}}}"))]
        for one in ONCE:
            if sum(e.tag == name(f"wsa:{one}") for e in found) != 1:
                raise refusal("wsse:InvalidSecurity", "the addressing headers are wanted, each once")
        return found

    def seal(self, reply: bytes, request: etree._Element) -> bytes:
        """The reply with addressing headers and a signature by the service."""
        root = etree.fromstring(reply, etree.XMLParser(huge_tree=True))
        soap = f"{{{etree.QName(root).namespace}}}"
        (body,) = root.findall(f"{soap}Body")
        header = root.find(f"{soap}Header")
        if header is None:
            header = etree.Element(f"{soap}Header")
            root.insert(0, header)
        asked = {e: (request.findtext(f".//{name('wsa:' + e)}") or "").strip() for e in ("MessageID", "Action")}
        return making.closed(
            root,
            header,
            body,
            making.signer(self._pki, "service"),
            asked["Action"] + "Response",
            asked["MessageID"],
            tokens.clock(self._folder),
        )
