"""A signed service call: framework header, addressing, timestamp, token and signature (OIO-IDWS; rammearkitektur 5.4).

Signed as in KOMBIT's own message: Timestamp, the token behind its reference, Body and every header of WS-Addressing.
"""

from datetime import datetime

from lxml import etree

from connectors.idws.assertion import Token
from connectors.idws.certificate import FunctionCertificate
from connectors.idws.names import DS, LIBERTY, PROFILE, WSU, q
from connectors.idws.security import addressed, body_of, header_of, marked, saml_reference, security
from connectors.idws.signature import Part, by_id, sign

_HERE = "token-goes-here"


def secured(
    envelope: etree._Element,
    action: str,
    to: str,
    token: Token,
    certificate: FunctionCertificate,
    now: datetime,
    framework: bool = True,
) -> tuple[etree._Element, str]:
    """The signed envelope, ready to be sent as it is, and its MessageID.

    `framework` adds sbf:Framework, which KOMBIT's sample to SF1470 sends and others leave out.
    """
    header = header_of(envelope)
    parts = [marked(body_of(envelope))]
    if framework:
        parts.append(_framework(header))
    message_id, addresses = addressed(header, action, to)
    holder, stamp = security(header, now)
    etree.SubElement(holder, _HERE)
    reference = saml_reference(holder, token.id)
    pointing = marked(reference, "STR-")
    # Spliced in as text: moved as nodes, the token's namespaces could be renamed, which breaks its signature.
    placed = etree.fromstring(etree.tostring(envelope).replace(f"<{_HERE}/>".encode(), token.xml, 1))
    ids = by_id(placed)
    carried = next(e for e in placed.iter(holder.tag) if e.find(q(WSU, "Timestamp")) is not None)
    signed = [Part(p.id, ids[p.id]) for p in (stamp, *parts, *addresses)]
    signed.append(Part(pointing.id, carried[1], "token"))
    key_info = etree.Element(q(DS, "KeyInfo"), nsmap={"ds": DS})
    saml_reference(key_info, token.id)
    carried.append(sign(signed, certificate.key, key_info))
    return placed, message_id


def _framework(header: etree._Element) -> Part:
    element = etree.SubElement(
        header, q(LIBERTY, "Framework"), nsmap={"sbf": LIBERTY, "sbfprofile": PROFILE, "wsu": WSU}
    )
    element.set("version", "2.0")
    element.set(q(PROFILE, "profile"), f"{PROFILE}:basic")
    return marked(element)
