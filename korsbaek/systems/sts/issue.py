"""Making a token: who may have one for what, and the assertion itself, in the form of KOMBIT's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography import x509
from lxml import etree

from korsbaek import tokens
from korsbaek.systems.wss.making import Signer, add, shown, sign, signer, zulu
from korsbaek.systems.wss.ticket import HOLDER_OF_KEY
from korsbaek.systems.wss.words import CVR_CLAIM, NS, name, refusal

_FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"


@dataclass(frozen=True)
class Issued:
    """A token and how long it is good."""

    assertion: etree._Element
    begins: datetime
    until: datetime


def issue(folder: Path, service: str, cvr: str, holder: x509.Certificate, now: datetime) -> Issued:
    """A token; a fault when the service is unknown or the authority has no agreement for it."""
    setting = tokens.read(folder)
    agreed(setting, service, cvr)
    until = now + timedelta(seconds=setting["seconds"])
    return Issued(_assertion(signer(folder / "pki", "sts"), service, cvr, holder, now, until), now, until)


def agreed(setting: dict[str, Any], service: str, cvr: str) -> None:
    """Returns when the authority has an agreement for the service; else a fault."""
    if service not in tokens.ENTITIES.values():
        raise refusal("wst:InvalidScope", "no such service")
    if service not in setting["agreements"].get(cvr, ()):
        raise refusal("wst:RequestFailed", "no agreement for this authority and service")


def _assertion(
    who: Signer, service: str, cvr: str, holder: x509.Certificate, now: datetime, until: datetime
) -> etree._Element:
    known = f"_{uuid4()}"
    made = etree.Element(
        name("saml:Assertion"), {"ID": known, "IssueInstant": zulu(now), "Version": "2.0"}, nsmap={"saml": NS["saml"]}
    )
    add(made, "saml:Issuer", tokens.ISSUER, Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity")
    subject = add(made, "saml:Subject")
    form = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
    add(subject, "saml:NameID", holder.subject.rfc4514_string(), Format=form)
    limits = {"NotBefore": zulu(now), "NotOnOrAfter": zulu(until)}
    confirmed = add(subject, "saml:SubjectConfirmation", Method=HOLDER_OF_KEY)
    data = add(confirmed, "saml:SubjectConfirmationData", **limits, Recipient=service)
    data.set(name("xsi:type"), "saml:KeyInfoConfirmationDataType")
    add(add(add(data, "ds:KeyInfo"), "ds:X509Data"), "ds:X509Certificate", shown(holder))
    conditions = add(made, "saml:Conditions", **limits)
    add(add(conditions, "saml:AudienceRestriction"), "saml:Audience", service)
    said = add(made, "saml:AttributeStatement")
    claims = {CVR_CLAIM: cvr, "dk:gov:saml:attribute:AssuranceLevel": "3"}
    claims |= {"dk:gov:saml:attribute:SpecVer": "DK-SAML-2.0", "dk:gov:saml:attribute:KombitSpecVer": "1.0"}
    for claim, value in claims.items():
        add(add(said, "saml:Attribute", Name=claim, NameFormat=_FORMAT), "saml:AttributeValue", value)
    context = add(add(made, "saml:AuthnStatement", AuthnInstant=zulu(now)), "saml:AuthnContext")
    add(context, "saml:AuthnContextClassRef", "urn:oasis:names:tc:SAML:2.0:ac:classes:X509")
    info = etree.Element(name("ds:KeyInfo"), nsmap={"ds": NS["ds"]})
    add(add(info, "ds:X509Data"), "ds:X509Certificate", who.shown)
    made.insert(1, sign(who, [(known, made)], info, enveloped=True))
    return made
