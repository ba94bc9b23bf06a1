"""RequestSecurityToken, checked as the binding of sts.wsdl says, and its answer (WS-Trust 1.3)."""

import base64
from binascii import Error as NotBase64
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from lxml import etree

from korsbaek import tokens
from korsbaek.systems.soap.envelope import SOAP12, Fault
from korsbaek.systems.sts.issue import Issued, issue
from korsbaek.systems.wss import making, sealed
from korsbaek.systems.wss.checking import Document
from korsbaek.systems.wss.trust import Seen, fresh, trusted
from korsbaek.systems.wss.words import CVR_CLAIM, NS, SAML_ID, SAML_TOKEN, name, path, refusal

WANTED = {"wst:TokenType": SAML_TOKEN, "wst:RequestType": f"{NS['wst']}/Issue", "wst:KeyType": f"{NS['wst']}/PublicKey"}
ACTION = f"{NS['wst']}/RST/Issue"
_S = f"{{{SOAP12}}}"


class SoapDoor:
    """certificatemixed: a request signed with the certificate that the token is to be made out to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pki = folder / "pki"
        self._seen = Seen()

    def answer(self, raw: bytes) -> bytes:
        """The reply's bytes; a fault says why there is no token."""
        now = tokens.clock(self._folder)
        try:
            root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
        except etree.XMLSyntaxError:
            raise Fault("Client", "the request is not well-formed XML") from None
        headers, bodies = root.findall(f"{_S}Header"), root.findall(f"{_S}Body")
        holders = headers[0].findall(name("wsse:Security")) if len(headers) == 1 else []
        if root.tag != f"{_S}Envelope" or len(holders) != 1 or len(bodies) != 1:
            raise refusal("wsse:InvalidSecurity", "SOAP 1.2 with a Security header is wanted")
        holder = self._signed(holders[0], headers[0], bodies[0], fresh(holders[0], now))
        asked = bodies[0].find(name("wst:RequestSecurityToken"))
        if asked is None or headers[0].findtext(name("wsa:Action")) != ACTION:
            raise refusal("wst:InvalidRequest", "RequestSecurityToken is wanted")
        self._seen.once(headers[0].findtext(name("wsa:MessageID")) or "", now)
        certificate = trusted(self._pki, holder, now, "wst:FailedAuthentication")
        service, cvr = _read(asked, certificate)
        issued = issue(self._folder, service, cvr, certificate, now)
        return self._reply(issued, service, headers[0].findtext(name("wsa:MessageID")) or "")

    def _signed(
        self, holder: etree._Element, header: etree._Element, body: etree._Element, stamp: etree._Element
    ) -> bytes:
        """The certificate (DER) that signed everything that must be signed."""
        shown, signatures = holder.findall(name("wsse:BinarySecurityToken")), holder.findall(name("ds:Signature"))
        if len(shown) != 1 or len(signatures) != 1:
            raise refusal("wsse:InvalidSecurity", "one certificate and one signature are wanted")
        try:
            der = base64.b64decode(shown[0].text or "")
            certificate = x509.load_der_x509_certificate(der)
        except (NotBase64, ValueError):
            raise refusal("wst:FailedAuthentication", "the certificate cannot be read") from None
        root = header.getparent()
        assert root is not None
        covered = Document(root).covered(signatures[0], certificate)
        addresses = [e for e in header if str(e.tag).startswith(f"{{{NS['wsa']}}}")]
        for short in ("wsa:Action", "wsa:MessageID", "wsa:To", "wsa:ReplyTo"):
            if sum(e.tag == name(short) for e in addresses) != 1:
                raise refusal("wsse:InvalidSecurity", "the addressing headers are wanted, each once")
        if any(all(part is not one for part in covered) for one in (body, stamp, shown[0], *addresses)):
            raise refusal("wsse:FailedCheck", "a part of the request is not signed")
        return der

    def _reply(self, issued: Issued, service: str, relates_to: str) -> bytes:
        root = etree.Element(f"{_S}Envelope", nsmap={"s": SOAP12})
        header, body = etree.SubElement(root, f"{_S}Header"), etree.SubElement(root, f"{_S}Body")
        answer = making.add(
            making.add(body, "wst:RequestSecurityTokenResponseCollection"), "wst:RequestSecurityTokenResponse"
        )
        making.add(answer, "wst:TokenType", SAML_TOKEN)
        token = issued.assertion
        known = token.get("ID") or ""
        if tokens.read(self._folder)["encrypt"]:
            token = sealed.closed(token, making.signer(self._pki, "service"))
        making.add(answer, "wst:RequestedSecurityToken").append(token)
        pointing = making.add(making.add(answer, "wst:RequestedAttachedReference"), "wsse:SecurityTokenReference")
        pointing.set(name("wsse11:TokenType"), SAML_TOKEN)
        making.add(pointing, "wsse:KeyIdentifier", known, ValueType=SAML_ID)
        address = making.add(making.add(answer, "wsp:AppliesTo"), "wsa:EndpointReference")
        making.add(address, "wsa:Address", service)
        life = making.add(answer, "wst:Lifetime")
        making.add(life, "wsu:Created", making.zulu(issued.begins))
        making.add(life, "wsu:Expires", making.zulu(issued.until))
        who, action = making.signer(self._pki, "sts"), f"{NS['wst']}/RSTRC/IssueFinal"
        return making.closed(root, header, body, who, action, relates_to, issued.begins)


def _read(asked: etree._Element, certificate: x509.Certificate) -> tuple[str, str]:
    """The service and the authority that are asked for."""
    for short, wanted in WANTED.items():
        if (asked.findtext(name(short)) or "").strip() != wanted:
            raise refusal("wst:InvalidRequest", f"{short} is not one that is served")
    held = "".join((asked.findtext(path("wst:UseKey", "wsse:BinarySecurityToken")) or "").split())
    if held != base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode():
        raise refusal("wst:BadRequest", "UseKey is not the key that signed")
    service = asked.findtext(path("wsp:AppliesTo", "wsa:EndpointReference", "wsa:Address")) or ""
    claims = asked.iterfind(path("wst:Claims", "auth:ClaimType"))
    cvr = next((c.findtext(name("auth:Value")) for c in claims if c.get("Uri") == CVR_CLAIM), None)
    return service.strip(), (cvr or "").strip()
