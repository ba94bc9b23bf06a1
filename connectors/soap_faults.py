"""SOAP Faults said as one of the four errors. Texts carry codes that look like names, never a vendor's free text."""

import re

from lxml import etree

from connectors.errors import AccessError, ConnectorError, ContractError, TransientError
from connectors.soap_xml import local

SECURITY = frozenset({
    "DuplicateMessageID", "FailedAuthentication", "FailedCheck", "InvalidSecurity", "InvalidSecurityToken",
    "MessageExpired", "SecurityError", "SecurityTokenUnavailable", "UnsupportedAlgorithm", "UnsupportedSecurityToken",
})  # fmt: skip
"""Fault codes of WS-Security 1.1 (section 12), wsu:MessageExpired, wsa:DuplicateMessageID (WS-Addressing 1.0, 6.4) and
WSS4J's one code for all of them."""
TOKEN = SECURITY - {"DuplicateMessageID", "MessageExpired", "UnsupportedAlgorithm"}
"""Those that a fresh token may mend."""
ENVELOPE = frozenset({"Client", "Server", "Sender", "Receiver"})
"""Fault codes of SOAP itself."""
_REMEDY = {
    "DuplicateMessageID": "the same message came twice; check that no proxy sends messages again",
    "FailedAuthentication": "the token is not for this authority or not by a known token service; check myndighed, sts "
    "and the service agreement",
    "FailedCheck": "our signature was not accepted; check that nothing between us changes messages",
    "InvalidSecurity": 'the service wants a token and a signature; check that extra.auth is "idws", and extra.soap',
    "InvalidSecurityToken": "the token is refused; check entity_id, and that the certificate is registered and valid",
    "MessageExpired": "the message came too late or too early; set this machine's clock by NTP",
}
"""What a person does about it, by code."""
AGREEMENT = re.compile(r"ServiceAgreement|Usercontext|InvalidCertificate|NotAuthori[sz]ed|AccessDenied", re.I)
"""Serviceplatformen's codes and texts that a person must act upon (rammearkitektur 2.5)."""
_NAME = re.compile(r"[A-Za-z_]{1,60}")
UNKNOWN_PERSON = re.compile(r"\bPNR[ _]NOT[ _]FOUND\b", re.I)


class NotFoundError(ContractError):
    """The vendor knows nothing of the one asked for; the reader turns it into an empty result."""


def fault_of(root: etree._Element) -> etree._Element | None:
    """The Fault of an envelope (SOAP 1.1 or 1.2), whatever status it came with."""
    return next((e for b in root if local(str(b.tag)) == "Body" for e in b if local(str(e.tag)) == "Fault"), None)


def of_fault(fault: etree._Element, where: str) -> ConnectorError:
    """The error that a Fault means."""
    codes = codes_of(fault)
    said = _texts(fault, "ErrorCode", "ErrorText", "faultstring", "Text")
    ours = (*_texts(fault, "ErrorCode"), *sorted(codes & SECURITY), *sorted(codes))
    named = next((c for c in ours if _NAME.fullmatch(c)), "Fault")
    if any(UNKNOWN_PERSON.search(t) for t in said):
        return NotFoundError(f"{where}: nobody there by that number")
    if codes & SECURITY or any(AGREEMENT.search(t) for t in said):
        remedy = _REMEDY.get(named, "check the certificate, the token and the service agreement")
        return AccessError(f"{where}: {named}; {remedy}", token=bool(codes & TOKEN))
    if codes & {"Server", "Receiver"}:
        return TransientError(f"{where}: {named}, the system failed")
    return ContractError(f"{where}: {named}; our request is not what the service expects")


def codes_of(fault: etree._Element) -> frozenset[str]:
    """The fault's codes without prefixes: faultcode of SOAP 1.1, Value and its subcodes of 1.2."""
    return frozenset(t.rpartition(":")[2] for t in _texts(fault, "faultcode", "Value"))


def _texts(fault: etree._Element, *names: str) -> list[str]:
    return [e.text.strip() for e in fault.iter() if local(str(e.tag)) in names and e.text and e.text.strip()]
