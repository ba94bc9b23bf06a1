"""EncryptedAssertion (XML Encryption 1.1: AES-256-GCM, the key by RSA-OAEP): a token that only the service can read."""

import base64
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from lxml import etree

from korsbaek.systems.wss.making import Signer, add
from korsbaek.systems.wss.words import NS, name, path, refusal

GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
_PADDING = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
"""What rsa-oaep-mgf1p means when it names nothing else."""


def closed(token: etree._Element, service: Signer) -> etree._Element:
    """The token for that service's eyes only."""
    key, start = os.urandom(32), os.urandom(12)
    public = service.key.public_key()
    made = etree.Element(name("saml:EncryptedAssertion"), nsmap={"saml": NS["saml"]})
    data = add(made, "xenc:EncryptedData", Type=f"{NS['xenc']}Element")
    add(data, "xenc:EncryptionMethod", Algorithm=GCM)
    locked = add(add(data, "ds:KeyInfo"), "xenc:EncryptedKey")
    add(locked, "xenc:EncryptionMethod", Algorithm=OAEP)
    _value(locked, public.encrypt(key, _PADDING))
    _value(data, start + AESGCM(key).encrypt(start, etree.tostring(token), None))
    return made


def opened(sealed: etree._Element, service: Signer) -> etree._Element:
    """The token inside; a fault when it is not for this service."""
    key = _bytes(sealed, "xenc:EncryptedData", "ds:KeyInfo", "xenc:EncryptedKey")
    data = _bytes(sealed, "xenc:EncryptedData")
    try:
        private: rsa.RSAPrivateKey = service.key
        plain = AESGCM(private.decrypt(key, _PADDING)).decrypt(data[:12], data[12:], None)
        return etree.fromstring(plain, etree.XMLParser(resolve_entities=False, no_network=True))
    except Exception as problem:
        raise refusal("wsse:InvalidSecurityToken", "the token cannot be opened") from problem


def _value(parent: etree._Element, data: bytes) -> None:
    add(add(parent, "xenc:CipherData"), "xenc:CipherValue", base64.b64encode(data).decode())


def _bytes(sealed: etree._Element, *short: str) -> bytes:
    found = sealed.findtext(path(*short, "xenc:CipherData", "xenc:CipherValue"))
    return base64.b64decode(found or "")
