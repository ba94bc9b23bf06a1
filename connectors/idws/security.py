"""The wsse:Security header and the WS-Addressing headers, as both the token request and the signed call carry them."""

from base64 import b64encode
from datetime import datetime, timedelta
from uuid import uuid4

from lxml import etree

from connectors.idws import names
from connectors.idws.names import WSA, WSSE, WSSE11, WSU, q
from connectors.idws.signature import Part

LIFE = timedelta(minutes=5)
"""How long a message is good (rammearkitektur 5.3: +300 s)."""


def header_of(envelope: etree._Element) -> etree._Element:
    """The envelope's Header, made when there is none."""
    name = q(str(etree.QName(envelope).namespace), "Header")
    found = envelope.find(name)
    if found is None:
        found = etree.Element(name)
        envelope.insert(0, found)
    return found


def body_of(envelope: etree._Element) -> etree._Element:
    """The envelope's Body."""
    return next(e for e in envelope if e.tag == q(str(etree.QName(envelope).namespace), "Body"))


def marked(element: etree._Element, prefix: str = "_") -> Part:
    """The element as a part to sign, with a wsu:Id of its own."""
    name = f"{prefix}{uuid4()}"
    element.set(q(WSU, "Id"), name)
    return Part(name, element)


def addressed(header: etree._Element, action: str, to: str) -> tuple[str, list[Part]]:
    """Adds Action, MessageID, To and ReplyTo (anonymous); the message's id, and what to sign."""
    for old in header.findall(q(WSA, "*")):
        header.remove(old)
    message_id = f"urn:uuid:{uuid4()}"
    parts = []
    for name, text in (("Action", action), ("MessageID", message_id), ("To", to), ("ReplyTo", None)):
        element = etree.SubElement(header, q(WSA, name), nsmap={"wsa": WSA, "wsu": WSU})
        element.text = text
        if text is None:
            etree.SubElement(element, q(WSA, "Address")).text = f"{WSA}/anonymous"
        parts.append(marked(element))
    return message_id, parts


def security(header: etree._Element, now: datetime) -> tuple[etree._Element, Part]:
    """Adds wsse:Security with a Timestamp; both."""
    envelope = str(etree.QName(header).namespace)
    element = etree.SubElement(header, q(WSSE, "Security"), nsmap={"wsse": WSSE, "wsu": WSU})
    element.set(q(envelope, "mustUnderstand"), "1")
    stamp = etree.SubElement(element, q(WSU, "Timestamp"))
    etree.SubElement(stamp, q(WSU, "Created")).text = zulu(now)
    etree.SubElement(stamp, q(WSU, "Expires")).text = zulu(now + LIFE)
    return element, marked(stamp, "TS-")


def zulu(instant: datetime) -> str:
    """An instant as messages write it: UTC, to the millisecond."""
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03}Z"


def binary_token(parent: etree._Element, certificate: bytes) -> etree._Element:
    """Adds the certificate as a BinarySecurityToken."""
    element = etree.SubElement(parent, q(WSSE, "BinarySecurityToken"), nsmap={"wsse": WSSE})
    element.set("EncodingType", names.BASE64)
    element.set("ValueType", names.X509)
    element.text = b64encode(certificate).decode()
    return element


def saml_reference(parent: etree._Element, token_id: str) -> etree._Element:
    """Adds a SecurityTokenReference to a SAML token (SAML Token Profile 1.1)."""
    element = etree.SubElement(
        parent, q(WSSE, "SecurityTokenReference"), nsmap={"wsse": WSSE, "wsse11": WSSE11, "wsu": WSU}
    )
    element.set(q(WSSE11, "TokenType"), names.SAML_TOKEN)
    etree.SubElement(element, q(WSSE, "KeyIdentifier"), ValueType=names.SAML_ID).text = token_id
    return element
