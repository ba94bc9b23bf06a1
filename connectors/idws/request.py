"""RequestSecurityToken: WS-Trust 1.3 Issue as KOMBIT's security token service takes it (rammearkitektur 5.3; sts.wsdl).

SOAP 1.2, signed with the function certificate over Timestamp, Body, the addressing headers and the certificate itself.
To is the address that is asked; itk-dev/serviceplatformen sends the service's entity id there, and is answered too.
"""

from base64 import b64encode
from datetime import datetime
from typing import Any

from lxml import etree

from connectors.idws import names
from connectors.idws.certificate import FunctionCertificate
from connectors.idws.names import AUTH, DS, SOAP12, WSA, WSP, WSSE, WST, q
from connectors.idws.security import addressed, binary_token, marked, security
from connectors.idws.signature import sign


def envelope(to: str, service: str, cvr: str, certificate: FunctionCertificate, now: datetime) -> tuple[bytes, str]:
    """The request for a token to `service` on behalf of `cvr`, and its MessageID."""
    root = etree.Element(q(SOAP12, "Envelope"), nsmap={"soap": SOAP12})
    header = etree.SubElement(root, q(SOAP12, "Header"))
    body = etree.SubElement(root, q(SOAP12, "Body"))
    message_id, addresses = addressed(header, names.ISSUE, to)
    holder, stamp = security(header, now)
    shown = marked(binary_token(holder, certificate.der), "X509-")
    _ask(body, service, cvr, certificate)
    key_info = etree.Element(q(DS, "KeyInfo"), nsmap={"ds": DS})
    pointing = etree.SubElement(key_info, q(WSSE, "SecurityTokenReference"), nsmap={"wsse": WSSE})
    etree.SubElement(pointing, q(WSSE, "Reference"), URI=f"#{shown.id}", ValueType=names.X509)
    holder.append(sign([stamp, marked(body), *addresses, shown], certificate.key, key_info))
    return etree.tostring(root), message_id


def _ask(body: etree._Element, service: str, cvr: str, certificate: FunctionCertificate) -> None:
    asked = etree.SubElement(body, q(WST, "RequestSecurityToken"), nsmap={"wst": WST})
    etree.SubElement(asked, q(WST, "TokenType")).text = names.SAML_TOKEN
    etree.SubElement(asked, q(WST, "RequestType")).text = f"{WST}/Issue"
    etree.SubElement(asked, q(WST, "KeyType")).text = f"{WST}/PublicKey"
    applies = etree.SubElement(asked, q(WSP, "AppliesTo"), nsmap={"wsp": WSP})
    address = etree.SubElement(applies, q(WSA, "EndpointReference"), nsmap={"wsa": WSA})
    etree.SubElement(address, q(WSA, "Address")).text = service
    claims = etree.SubElement(asked, q(WST, "Claims"), Dialect=f"{AUTH}/authclaims")
    claim = etree.SubElement(claims, q(AUTH, "ClaimType"), nsmap={"auth": AUTH}, Uri=names.CVR)
    etree.SubElement(claim, q(AUTH, "Value")).text = cvr
    binary_token(etree.SubElement(asked, q(WST, "UseKey")), certificate.der)


def as_json(service: str, cvr: str, certificate: FunctionCertificate) -> dict[str, Any]:
    """The same asked at the JSON door (as itk-dev/serviceplatformen asks it); mutual TLS says who asks."""
    return {
        "TokenType": names.SAML_TOKEN,
        "RequestType": f"{WST}/Issue",
        "KeyType": f"{WST}/PublicKey",
        "AnvenderKontekst": {"Cvr": cvr},
        "UseKey": b64encode(certificate.der).decode(),
        "AppliesTo": {"EndpointReference": {"Address": service}},
        "OnBehalfOf": None,
    }
