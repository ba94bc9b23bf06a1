"""A SAML token as a service reads it: by the town's own token service, of now, for it, and whose key it names."""

import base64
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from lxml import etree

from korsbaek.systems.wss.checking import Document
from korsbaek.systems.wss.making import signer
from korsbaek.systems.wss.trust import moment, trusted
from korsbaek.systems.wss.words import CVR_CLAIM, name, path, refusal

HOLDER_OF_KEY = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"


@dataclass(frozen=True)
class Ticket:
    """What a checked token says."""

    id: str
    cvr: str
    audience: str
    until: datetime
    holder: x509.Certificate


def read(token: etree._Element, document: Document, pki: Path, now: datetime) -> Ticket:
    """The token's content; a fault says what is wrong with it. `document` has its ids."""
    signatures = token.findall(name("ds:Signature"))
    if token.tag != name("saml:Assertion") or len(signatures) != 1:
        raise refusal("wsse:InvalidSecurityToken", "a signed SAML 2.0 assertion is wanted")
    try:
        covered = document.covered(signatures[0], signer(pki, "sts").certificate)
    except Exception as problem:
        raise refusal("wsse:FailedAuthentication", "the token is not by our token service") from problem
    if len(covered) != 1 or covered[0] is not token:
        raise refusal("wsse:FailedAuthentication", "the token is not signed as a whole")
    conditions = token.find(name("saml:Conditions"))
    data = token.find(path("saml:Subject", "saml:SubjectConfirmation", "saml:SubjectConfirmationData"))
    if conditions is None or data is None:
        raise refusal("wsse:InvalidSecurityToken", "the token names no conditions or no holder")
    until = moment(conditions.get("NotOnOrAfter"))
    if not moment(conditions.get("NotBefore")) <= now < until or now >= moment(data.get("NotOnOrAfter")):
        raise refusal("wsse:InvalidSecurityToken", "the token has expired")
    confirmation = data.getparent()
    if confirmation is None or confirmation.get("Method") != HOLDER_OF_KEY:
        raise refusal("wsse:InvalidSecurityToken", "a holder-of-key token is wanted")
    try:
        der = base64.b64decode(data.findtext(f".//{name('ds:X509Certificate')}") or "")
    except NotBase64:
        raise refusal("wsse:InvalidSecurityToken", "the holder's certificate cannot be read") from None
    audience = conditions.findtext(path("saml:AudienceRestriction", "saml:Audience")) or ""
    claims = token.iterfind(path("saml:AttributeStatement", "saml:Attribute"))
    cvr = next((c.findtext(name("saml:AttributeValue")) for c in claims if c.get("Name") == CVR_CLAIM), None)
    holder = trusted(pki, der, now, "wsse:InvalidSecurityToken")
    return Ticket(token.get("ID") or "", cvr or "", audience, until, holder)
