"""Elements of the security headers, and signatures over elements that stand where they are sent."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from korsbaek.systems.wss.checking import written
from korsbaek.systems.wss.words import BASE64, ENVELOPED, EXCLUSIVE, NS, RSA_SHA256, SHA256, X509V3, name


@dataclass(frozen=True)
class Signer:
    """Who signs."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def shown(self) -> str:
        """The certificate as it stands in messages."""
        return shown(self.certificate)


@lru_cache
def signer(pki: Path, who: str) -> Signer:
    """The certificate and key of that name."""
    key = serialization.load_pem_private_key((pki / f"{who}.key").read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{who}.key is no RSA key")
    return Signer(x509.load_pem_x509_certificate((pki / f"{who}.crt").read_bytes()), key)


def shown(certificate: x509.Certificate) -> str:
    """A certificate in base64."""
    return base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()


def add(parent: etree._Element, short: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """A child element."""
    made = etree.SubElement(
        parent, name(short), attributes, nsmap={short.partition(":")[0]: NS[short.partition(":")[0]]}
    )
    made.text = text
    return made


def marked(element: etree._Element) -> tuple[str, etree._Element]:
    """The element with a wsu:Id, for signing."""
    element.set(name("wsu:Id"), f"id-{uuid4()}")
    return element.get(name("wsu:Id")) or "", element


def binary(parent: etree._Element, certificate: x509.Certificate) -> etree._Element:
    """A BinarySecurityToken."""
    return add(parent, "wsse:BinarySecurityToken", shown(certificate), EncodingType=BASE64, ValueType=X509V3)


def sign(
    who: Signer, parts: Sequence[tuple[str, etree._Element]], key_info: etree._Element, enveloped: bool = False
) -> etree._Element:
    """A ds:Signature over the parts, (id, element)."""
    made = etree.Element(name("ds:Signature"), nsmap={"ds": NS["ds"]})
    info = add(made, "ds:SignedInfo")
    add(info, "ds:CanonicalizationMethod", Algorithm=EXCLUSIVE)
    add(info, "ds:SignatureMethod", Algorithm=RSA_SHA256)
    for known, element in parts:
        reference = add(info, "ds:Reference", URI=f"#{known}")
        steps = add(reference, "ds:Transforms")
        for algorithm in (ENVELOPED, EXCLUSIVE) if enveloped else (EXCLUSIVE,):
            add(steps, "ds:Transform", Algorithm=algorithm)
        add(reference, "ds:DigestMethod", Algorithm=SHA256)
        digest = hashlib.sha256(written(element, [])).digest()
        add(reference, "ds:DigestValue", base64.b64encode(digest).decode())
    value = who.key.sign(written(info, []), padding.PKCS1v15(), hashes.SHA256())
    add(made, "ds:SignatureValue", base64.b64encode(value).decode())
    made.append(key_info)
    return made


def info_of(reference: str) -> etree._Element:
    """A KeyInfo that points at a BinarySecurityToken."""
    made = etree.Element(name("ds:KeyInfo"), nsmap={"ds": NS["ds"]})
    add(add(made, "wsse:SecurityTokenReference"), "wsse:Reference", URI=f"#{reference}", ValueType=X509V3)
    return made


def zulu(moment: datetime) -> str:
    """An instant, UTC and milliseconds."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def closed(
    root: etree._Element,
    header: etree._Element,
    body: etree._Element,
    who: Signer,
    action: str,
    relates_to: str,
    now: datetime,
) -> bytes:
    """A reply's bytes, with its addressing headers, and signed over all of them, Timestamp, Body and certificate."""
    parts = [marked(body)]
    for short, text in (("Action", action), ("MessageID", f"urn:uuid:{uuid4()}"), ("RelatesTo", relates_to)):
        parts.append(marked(add(header, f"wsa:{short}", text)))
    holder = add(header, "wsse:Security")
    stamp = add(holder, "wsu:Timestamp")
    add(stamp, "wsu:Created", zulu(now))
    add(stamp, "wsu:Expires", zulu(now + timedelta(minutes=5)))
    known, certificate = marked(binary(holder, who.certificate))
    holder.append(sign(who, [*parts, marked(stamp), (known, certificate)], info_of(known)))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
