"""Signing elements (XML-DSig, exclusive c14n, RSA-SHA256), and saying which elements a signature truly covers.

A signature says nothing of what it does not cover, so `covered` gives the very elements whose content was digested;
whoever reads a message reads those and no others with the same name (signature wrapping). Verified against KOMBIT's own
signed message.
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from connectors.idws import names
from connectors.idws.canonical import canonical, without
from connectors.idws.names import DS, EXC_C14N, SAML, WSSE, WSU, q

_IDS = etree.XPath(
    "//@wsu:Id/.. | //saml:*/@ID/.. | //ds:*/@Id/..",
    namespaces={"wsu": WSU, "saml": SAML, "ds": DS},
    smart_strings=False,
)


class SignatureError(ValueError):
    """Why a signature is not good; words of ours, nothing of the message."""


class Part(NamedTuple):
    """An element to sign."""

    id: str
    """What the Reference points at."""
    element: etree._Element
    """What is digested; behind a SecurityTokenReference the token."""
    by: Literal["plain", "enveloped", "token"] = "plain"


def sign(parts: Sequence[Part], key: RSAPrivateKey, key_info: etree._Element) -> etree._Element:
    """A ds:Signature over the parts, which must already stand where they will be sent."""
    signature = etree.Element(q(DS, "Signature"), nsmap={"ds": DS})
    info = etree.SubElement(signature, q(DS, "SignedInfo"))
    etree.SubElement(info, q(DS, "CanonicalizationMethod"), Algorithm=EXC_C14N)
    etree.SubElement(info, q(DS, "SignatureMethod"), Algorithm=names.RSA_SHA256)
    for part in parts:
        reference = etree.SubElement(info, q(DS, "Reference"), URI=f"#{part.id}")
        transforms = etree.SubElement(reference, q(DS, "Transforms"))
        if part.by == "token":
            by = etree.SubElement(transforms, q(DS, "Transform"), Algorithm=names.STR_TRANSFORM)
            how = etree.SubElement(by, q(WSSE, "TransformationParameters"), nsmap={"wsse": WSSE})
            etree.SubElement(how, q(DS, "CanonicalizationMethod"), Algorithm=EXC_C14N)
        else:
            if part.by == "enveloped":
                etree.SubElement(transforms, q(DS, "Transform"), Algorithm=names.ENVELOPED)
            etree.SubElement(transforms, q(DS, "Transform"), Algorithm=EXC_C14N)
        etree.SubElement(reference, q(DS, "DigestMethod"), Algorithm=names.SHA256)
        etree.SubElement(reference, q(DS, "DigestValue")).text = _digest(canonical(part.element))
    value = etree.SubElement(signature, q(DS, "SignatureValue"))
    signature.append(key_info)
    value.text = b64encode(key.sign(canonical(info), PKCS1v15(), SHA256())).decode()
    return signature


def by_id(root: etree._Element) -> dict[str, etree._Element]:
    """The elements that a Reference can point at. SignatureError when two have the same id."""
    ids: dict[str, etree._Element] = {}
    for element in cast("list[etree._Element]", _IDS(root.getroottree())):
        for value in {found for name in (q(WSU, "Id"), "ID", "Id") if (found := element.get(name))}:
            if value in ids:
                raise SignatureError("an id stands on two elements")
            ids[value] = element
    return ids


def covered(signature: etree._Element, keys: Iterable[RSAPublicKey]) -> list[etree._Element]:
    """The elements of its document that a signature by one of these keys covers. Raises SignatureError."""
    info = _one(signature, "SignedInfo")
    method = _one(info, "CanonicalizationMethod")
    if method.get("Algorithm") != EXC_C14N or _one(info, "SignatureMethod").get("Algorithm") != names.RSA_SHA256:
        raise SignatureError("an algorithm other than exclusive c14n with RSA-SHA256")
    value, signed = _decoded(_one(signature, "SignatureValue")), canonical(info, _prefixes(method))
    if not any(_verifies(key, value, signed) for key in keys):
        raise SignatureError("the signature is not by the certificate that we know")
    ids = by_id(signature)
    references = info.findall(q(DS, "Reference"))
    if not references:
        raise SignatureError("the signature covers nothing")
    return [_referenced(reference, signature, ids) for reference in references]


def _referenced(reference: etree._Element, signature: etree._Element, ids: dict[str, etree._Element]) -> etree._Element:
    uri = reference.get("URI") or ""
    element = ids.get(uri[1:]) if uri.startswith("#") else None
    if element is None:
        raise SignatureError("a Reference points at nothing")
    if _one(reference, "DigestMethod").get("Algorithm") != names.SHA256:
        raise SignatureError("a digest other than SHA-256")
    content: etree._Element | None = None
    prefixes: list[str] = []
    for transform in reference.findall(f"{q(DS, 'Transforms')}/{q(DS, 'Transform')}"):
        match transform.get("Algorithm"):
            case names.ENVELOPED if signature.getparent() is element and content is None:
                content = without(element, signature)
            case names.STR_TRANSFORM if content is None:
                element = content = _token(element, ids)
            case names.EXC_C14N:
                prefixes = _prefixes(transform)
            case _:
                raise SignatureError("a transform that does not belong here")
    if _digest(canonical(element if content is None else content, prefixes)) != _text(_one(reference, "DigestValue")):
        raise SignatureError("signed content was changed")
    return element


def _token(reference: etree._Element, ids: dict[str, etree._Element]) -> etree._Element:
    """What a SecurityTokenReference points at (WSS 1.1, 8.3): a SAML assertion by its ID, a certificate by its Id."""
    if reference.tag != q(WSSE, "SecurityTokenReference"):
        raise SignatureError("the STR-Transform stands on something else")
    named = reference.find(q(WSSE, "KeyIdentifier"))
    pointed = reference.find(q(WSSE, "Reference"))
    wanted = _text(named) if named is not None else (pointed.get("URI") or "")[1:] if pointed is not None else ""
    token = ids.get(wanted)
    if token is None:
        raise SignatureError("a SecurityTokenReference points at nothing")
    return token


def _one(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(q(DS, name))
    if len(found) != 1:
        raise SignatureError(f"not exactly one {name}")
    return found[0]


def _prefixes(holder: etree._Element) -> list[str]:
    """InclusiveNamespaces PrefixList, which CXF writes."""
    named = holder.find(q(EXC_C14N, "InclusiveNamespaces"))
    return (named.get("PrefixList") or "").split() if named is not None else []


def _text(element: etree._Element) -> str:
    return "".join((element.text or "").split())


def _decoded(element: etree._Element) -> bytes:
    try:
        return b64decode(_text(element), validate=True)
    except (Base64Error, ValueError):
        raise SignatureError("a value is not base64") from None


def _digest(content: bytes) -> str:
    return b64encode(hashlib.sha256(content).digest()).decode()


def _verifies(key: RSAPublicKey, value: bytes, content: bytes) -> bool:
    try:
        key.verify(value, content, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
