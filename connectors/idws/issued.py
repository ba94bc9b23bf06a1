"""What the security token service answered: the token, taken from the one place where it belongs and checked."""

from datetime import datetime

from lxml import etree

from connectors.idws import assertion, reply
from connectors.idws.assertion import Expected, Token, TokenError, instant, lasting
from connectors.idws.names import SAML, SOAP12, WSA, WSSE, WST, WSU, q
from connectors.idws.signature import SignatureError, covered
from connectors.soap_xml import tree

_ONE = q(WST, "RequestSecurityTokenResponse")
_ANSWER = f"{q(SOAP12, 'Body')}/{_ONE}Collection/{_ONE}"


def of_envelope(envelope: etree._Element, expected: Expected, message_id: str, now: datetime) -> Token:
    """The token of a RequestSecurityTokenResponseCollection. Raises SignatureError and TokenError.

    sts.wsdl asks for a signature on the request only, so an unsigned reply is taken when the token is signed itself.
    An encrypted one says nothing that we could check: then the reply must be signed.
    """
    relates = envelope.findtext(f"{q(SOAP12, 'Header')}/{q(WSA, 'RelatesTo')}")
    if relates is not None and relates.strip() != message_id:
        raise SignatureError("it answers another message")
    signature = reply.signature_of(envelope)
    if signature is not None and not any(
        part is body for part in covered(signature, expected.keys) for body in envelope.findall(q(SOAP12, "Body"))
    ):
        raise SignatureError("Body is not signed")
    answers = envelope.findall(_ANSWER)
    held = [e for a in answers for e in a.iterfind(f"{q(WST, 'RequestedSecurityToken')}/*")]
    if len(answers) != 1 or len(held) != 1:
        raise TokenError("it holds not exactly one token")
    if held[0].tag == q(SAML, "EncryptedAssertion"):
        if signature is None:
            raise SignatureError("it holds an encrypted token and is not signed")
        return _opaque(answers[0], held[0], now)
    return of_element(held[0], expected, now)


def of_element(element: etree._Element, expected: Expected, now: datetime) -> Token:
    """The token of an Assertion, with the namespaces around it."""
    element.tail = None
    return of_bytes(etree.tostring(element), expected, now)


def of_bytes(xml: bytes, expected: Expected, now: datetime) -> Token:
    """The token of an Assertion's own document."""
    try:
        root = tree(xml)
    except (etree.XMLSyntaxError, ValueError):
        raise TokenError("the token is not XML") from None
    if root.tag != q(SAML, "Assertion"):
        raise TokenError("it holds something else than a SAML 2.0 assertion")
    return assertion.token(xml if not xml.startswith(b"<?xml") else etree.tostring(root), root, expected, now)


def _opaque(answer: etree._Element, element: etree._Element, now: datetime) -> Token:
    """An EncryptedAssertion, which only the service can read: passed on untouched, known by the reference that came
    with it (WS-Trust 1.3, 4.4). That the service finds it by that id is inferred; KOMBIT does not encrypt."""
    named = f"{q(WST, 'RequestedAttachedReference')}/{q(WSSE, 'SecurityTokenReference')}/{q(WSSE, 'KeyIdentifier')}"
    name = (answer.findtext(named) or "").strip()
    until = instant(answer.findtext(f"{q(WST, 'Lifetime')}/{q(WSU, 'Expires')}"))
    begins = instant(answer.findtext(f"{q(WST, 'Lifetime')}/{q(WSU, 'Created')}")) or now
    if not name or until is None:
        raise TokenError("it holds an encrypted token without a reference and a lifetime")
    element.tail = None
    return Token(etree.tostring(element), name, lasting(begins, until, now), until)
