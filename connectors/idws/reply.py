"""A service's signed reply: what is read of it must be what was signed, fresh, and an answer to what we asked."""

from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from lxml import etree

from connectors.idws.assertion import SKEW, TokenError, instant
from connectors.idws.names import DS, WSA, WSSE, WSU, q
from connectors.idws.signature import SignatureError, covered


def signature_of(envelope: etree._Element) -> etree._Element | None:
    """The message's own signature: the one in the only Security header; None when there is none."""
    headers = envelope.findall(q(str(etree.QName(envelope).namespace), "Header"))
    holders = headers[0].findall(q(WSSE, "Security")) if len(headers) == 1 else []
    found = holders[0].findall(q(DS, "Signature")) if len(holders) == 1 else []
    return found[0] if len(found) == 1 else None


def check(envelope: etree._Element, keys: Sequence[RSAPublicKey], message_id: str, now: datetime) -> None:
    """SignatureError unless the one Body, the Timestamp and RelatesTo where they belong are signed by one of the keys,
    the message is fresh and answers `message_id`."""
    signature = signature_of(envelope)
    if signature is None:
        raise SignatureError("it is not signed")
    parts = covered(signature, keys)
    namespace = str(etree.QName(envelope).namespace)
    body = _only(envelope, q(namespace, "Body"), parts)
    holder = signature.getparent()
    assert holder is not None
    stamp = _only(holder, q(WSU, "Timestamp"), parts)
    relates = _only(envelope, f"{q(namespace, 'Header')}/{q(WSA, 'RelatesTo')}", parts)
    if body is None or (relates.text or "").strip() != message_id:
        raise SignatureError("it answers another message")
    try:
        created, expires = (instant(stamp.findtext(q(WSU, name))) for name in ("Created", "Expires"))
    except TokenError:
        raise SignatureError("its Timestamp cannot be read") from None
    if created is None or created - SKEW > now or expires is None or expires + SKEW <= now:
        raise SignatureError("it is not of now; is this machine's clock right?")


def _only(parent: etree._Element, path: str, parts: Sequence[etree._Element]) -> etree._Element:
    found = parent.findall(path)
    if len(found) != 1 or not any(part is found[0] for part in parts):
        raise SignatureError(f"{path.rpartition('}')[2]} is not signed")
    return found[0]
