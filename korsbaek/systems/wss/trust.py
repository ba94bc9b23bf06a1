"""Whether a certificate is one that the town trusts now, and what is too old or comes twice."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from lxml import etree

from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.wss.words import name, refusal

TOLERANCE = timedelta(minutes=5)
"""How far a sender's clock may be from ours."""


def trusted(pki: Path, der: bytes, now: datetime, code: str) -> x509.Certificate:
    """The certificate, issued by the town's authority and valid now; else a fault with `code`."""
    try:
        found = x509.load_der_x509_certificate(der)
        authority = x509.load_pem_x509_certificate((pki / "ca.crt").read_bytes())
        found.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        raise refusal(code, "the certificate is not of a known authority") from None
    if not found.not_valid_before_utc <= now < found.not_valid_after_utc:
        raise refusal(code, "the certificate has expired, or is not valid yet")
    return found


def fresh(holder: etree._Element, now: datetime) -> etree._Element:
    """The Timestamp of a Security header, when the message is of now."""
    stamps = holder.findall(name("wsu:Timestamp"))
    if len(stamps) != 1:
        raise refusal("wsse:InvalidSecurity", "one Timestamp is wanted")
    created, expires = moment(stamps[0].findtext(name("wsu:Created"))), moment(stamps[0].findtext(name("wsu:Expires")))
    if created > now + TOLERANCE or now > min(expires, created + TOLERANCE) + TOLERANCE:
        raise refusal("wsu:MessageExpired", "the message is not of now")
    return stamps[0]


def moment(text: str | None) -> datetime:
    """An instant with its zone; a fault when it is none."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise refusal("wsse:InvalidSecurity", "an instant cannot be read")
    return found


class Seen:
    """Message ids of the last minutes; the same one again is a replay."""

    def __init__(self) -> None:
        self._ids: dict[str, datetime] = {}
        """The oldest first."""
        self._lock = Lock()

    def once(self, message_id: str, now: datetime) -> None:
        """A fault when the id has been here."""
        with self._lock:
            if message_id in self._ids:
                raise Fault("Client", "this message has been here before", subcode="wsa:DuplicateMessageID")
            while self._ids and next(iter(self._ids.values())) + 3 * TOLERANCE < now:
                del self._ids[next(iter(self._ids))]
            self._ids[message_id] = now
