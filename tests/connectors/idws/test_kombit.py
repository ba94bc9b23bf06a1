"""KOMBIT's own signed OIO-IDWS call verifies, by our verifier and by that of the simulator, which share no code."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from lxml import etree

from connectors.idws.names import DS, SAML, SOAP11, WSA, WSSE, WSU, q
from connectors.idws.reply import signature_of
from connectors.idws.signature import SignatureError, covered
from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.wss.checking import Document
from tests.connectors.idws.kombit import message

Verifier = Callable[[etree._Element, x509.Certificate], list[etree._Element]]


def ours(signature: etree._Element, certificate: x509.Certificate) -> list[etree._Element]:
    key = certificate.public_key()
    assert isinstance(key, RSAPublicKey)
    return covered(signature, [key])


def theirs(signature: etree._Element, certificate: x509.Certificate) -> list[etree._Element]:
    return Document(signature.getroottree().getroot()).covered(signature, certificate)


@pytest.fixture
def envelope(contracts: Path) -> etree._Element:
    return message(contracts)


def certificates(envelope: etree._Element) -> list[x509.Certificate]:
    """Of the token service, and of the holder."""
    found = [e.text or "" for e in envelope.iter(q(DS, "X509Certificate"))]
    return [x509.load_der_x509_certificate(base64.b64decode(text)) for text in found]


def signatures(envelope: etree._Element) -> list[etree._Element]:
    """Over the assertion, and over the message."""
    return list(envelope.iter(q(DS, "Signature")))


@pytest.mark.parametrize("verify", [ours, theirs])
def test_ten_digests_and_both_signatures(envelope: etree._Element, verify: Verifier) -> None:
    (by_sts, by_client), (sts, client) = signatures(envelope), certificates(envelope)
    token, parts = verify(by_sts, sts), verify(by_client, client)
    assert len(token) + len(parts) == len(list(envelope.iter(q(DS, "Reference")))) == 10
    assertion = envelope.find(f".//{q(SAML, 'Assertion')}")
    assert token == [assertion]
    names = [etree.QName(part).localname for part in parts]
    wanted = ["Timestamp", "Assertion", "Body", "MessageID", "Action", "To", "ReplyTo", "Framework", "Assertion"]
    assert names == wanted
    assert signature_of(envelope) is by_client
    assert envelope.find(q(SOAP11, "Body")) in parts


@pytest.mark.parametrize("verify", [ours, theirs])
def test_the_signatures_are_not_exchangeable(envelope: etree._Element, verify: Verifier) -> None:
    (by_sts, by_client), (sts, client) = signatures(envelope), certificates(envelope)
    for signature, certificate in ((by_sts, client), (by_client, sts)):
        with pytest.raises((SignatureError, Fault)):
            verify(signature, certificate)


SIGNED = [
    f".//{q(WSA, 'Action')}", f".//{q(WSA, 'MessageID')}", f".//{q(WSA, 'To')}", f".//{q(WSA, 'Address')}",
    f".//{q(WSU, 'Expires')}", f".//{q(SAML, 'Audience')}", f".//{q(SAML, 'AttributeValue')}",
    ".//{urn:oio:sagdok:3.0.0}EnhedNavn", f".//{q(WSSE, 'Security')}/{q(DS, 'Signature')}//{q(DS, 'DigestValue')}",
]  # fmt: skip


@pytest.mark.parametrize("path", SIGNED)
@pytest.mark.parametrize("verify", [ours, theirs])
def test_one_letter_changed_is_seen(envelope: etree._Element, verify: Verifier, path: str) -> None:
    found = envelope.find(path)
    assert found is not None and found.text
    found.text = ("x" if found.text[0] != "x" else "y") + found.text[1:]
    (by_sts, by_client), (sts, client) = signatures(envelope), certificates(envelope)
    with pytest.raises((SignatureError, Fault)):
        verify(by_sts, sts)
        verify(by_client, client)
