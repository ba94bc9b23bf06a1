"""Which elements a signature covers, by the letter of XML-DSig and WSS 1.1; a refusal when anything is amiss."""

import base64
import copy
import hashlib
from binascii import Error as NotBase64

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from korsbaek.systems.wss.words import ENVELOPED, EXCLUSIVE, RSA_SHA256, SHA256, STR_TRANSFORM, name, path, refusal


class Document:
    """A message with its ids; no id may stand twice."""

    def __init__(self, root: etree._Element) -> None:
        self.ids: dict[str, etree._Element] = {}
        of_anybody, other = name("wsu:Id"), (name("saml:"), name("ds:"))
        for element in root.iter(etree.Element):
            wanted = [element.get(of_anybody)]
            if str(element.tag).startswith(other):
                wanted += [element.get("ID"), element.get("Id")]
            for known in filter(None, wanted):
                if known in self.ids:
                    raise refusal("wsse:FailedCheck", "an id stands twice")
                self.ids[known] = element

    def covered(self, signature: etree._Element, certificate: x509.Certificate) -> list[etree._Element]:
        """The elements that the signature covers, provided that the certificate's key made it."""
        info = signature.find(name("ds:SignedInfo"))
        key = certificate.public_key()
        if info is None or not isinstance(key, rsa.RSAPublicKey):
            raise refusal("wsse:FailedCheck", "no signature that can be checked")
        method = info.find(name("ds:CanonicalizationMethod"))
        by = info.find(name("ds:SignatureMethod"))
        if method is None or by is None or (method.get("Algorithm"), by.get("Algorithm")) != (EXCLUSIVE, RSA_SHA256):
            raise refusal("wsse:UnsupportedAlgorithm", "exclusive c14n and RSA-SHA256 are wanted")
        try:
            value = base64.b64decode("".join((signature.findtext(name("ds:SignatureValue")) or "").split()))
            key.verify(value, written(info, listed(method)), padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, NotBase64):
            raise refusal("wsse:FailedCheck", "the signature does not verify") from None
        return [self._reference(one, signature) for one in info.iterfind(name("ds:Reference"))]

    def _reference(self, reference: etree._Element, signature: etree._Element) -> etree._Element:
        found = self.ids.get((reference.get("URI") or "").removeprefix("#"))
        if found is None:
            raise refusal("wsse:FailedCheck", "a reference leads nowhere")
        method = reference.find(name("ds:DigestMethod"))
        if method is None or method.get("Algorithm") != SHA256:
            raise refusal("wsse:UnsupportedAlgorithm", "SHA-256 is wanted")
        content, prefixes = found, list[str]()
        for step in reference.iterfind(path("ds:Transforms", "ds:Transform")):
            algorithm = step.get("Algorithm")
            if algorithm == STR_TRANSFORM:
                found = content = self._token(found)
            elif algorithm == ENVELOPED and signature.getparent() is found:
                content = copy.deepcopy(found)
                content.tail = None
                content.remove(content[found.index(signature)])
            elif algorithm == EXCLUSIVE:
                prefixes = listed(step)
            else:
                raise refusal("wsse:UnsupportedAlgorithm", "a transform that is not allowed")
        digest = base64.b64encode(hashlib.sha256(written(content, prefixes)).digest()).decode()
        if digest != "".join((reference.findtext(name("ds:DigestValue")) or "").split()):
            raise refusal("wsse:FailedCheck", "what was signed has been changed")
        return found

    def _token(self, pointing: etree._Element) -> etree._Element:
        if pointing.tag != name("wsse:SecurityTokenReference"):
            raise refusal("wsse:FailedCheck", "the STR-Transform needs a reference")
        wanted = (pointing.findtext(name("wsse:KeyIdentifier")) or "").strip()
        found = self.ids.get(wanted)
        if found is None:
            raise refusal("wsse:SecurityTokenUnavailable", "the token pointed at is not there")
        return found


def written(element: etree._Element, prefixes: list[str]) -> bytes:
    """Exclusive c14n without comments."""
    return etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes or None
    )


def listed(holder: etree._Element) -> list[str]:
    """PrefixList of InclusiveNamespaces."""
    found = holder.find(name("ec:InclusiveNamespaces"))
    return [] if found is None else (found.get("PrefixList") or "").split()
