"""The SAML 2.0 token: what it says, whether the security token service said it, and whether it is ours to use."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from lxml import etree

from connectors.idws.names import CVR, DS, HOLDER_OF_KEY, SAML, q
from connectors.idws.signature import SignatureError, covered

SKEW = timedelta(minutes=5)
"""How far two machines' clocks may be apart."""
EARLY = timedelta(minutes=15)
"""How long before its expiry a token is renewed (as itk-dev/serviceplatformen); not before half its life is over."""


class TokenError(ValueError):
    """Why a token is of no use to us; words of ours."""


@dataclass(frozen=True)
class Token:
    """A token as it came: the bytes are never written anew, since they are signed."""

    xml: bytes = field(repr=False)
    id: str
    """What a KeyIdentifier calls it."""
    fresh_until: datetime
    """From here on a new one is fetched."""
    until: datetime
    """Not on or after."""


@dataclass(frozen=True)
class Expected:
    """What a token must say to be used."""

    keys: Sequence[RSAPublicKey] = field(repr=False)
    """Of the security token service."""
    audience: str
    """The service's entity id."""
    cvr: str
    certificate: bytes = field(repr=False)
    """DER of our own: the holder."""


def lasting(begins: datetime, until: datetime, now: datetime) -> datetime:
    """Until when a token is used."""
    begins = min(max(begins, now - SKEW), until)
    return max(until - EARLY, begins + (until - begins) / 2)


def token(xml: bytes, element: etree._Element, expected: Expected, now: datetime) -> Token:
    """The checked token of an Assertion, alone in its own document. Raises SignatureError and TokenError."""
    signatures = element.findall(q(DS, "Signature"))
    if len(signatures) != 1 or covered(signatures[0], expected.keys) != [element]:
        raise SignatureError("the token is not signed as a whole")
    conditions = element.find(q(SAML, "Conditions"))
    if conditions is None:
        raise TokenError("it has no Conditions")
    begins, until = _instant(conditions, "NotBefore") or now, _instant(conditions, "NotOnOrAfter")
    if until is None or until + SKEW <= now:
        raise TokenError("it has expired already; is this machine's clock right?")
    if begins - SKEW > now:
        raise TokenError("it is not valid yet; is this machine's clock right?")
    if expected.audience not in _texts(conditions, "Audience"):
        raise TokenError("it is for another service; check entity_id")
    said = [_texts(a, "AttributeValue") for a in element.iter(q(SAML, "Attribute")) if a.get("Name") == CVR]
    if said != [[expected.cvr]]:
        raise TokenError("it is for another authority; check myndighed and the service agreement")
    _held(element, expected.certificate)
    return Token(xml, element.get("ID") or "", lasting(begins, until, now), until)


def _held(element: etree._Element, certificate: bytes) -> None:
    """Holder-of-key: the token names our certificate."""
    for how in element.iterfind(f"{q(SAML, 'Subject')}/{q(SAML, 'SubjectConfirmation')}"):
        named = ["".join((c.text or "").split()) for c in how.iter(q(DS, "X509Certificate"))]
        if how.get("Method") == HOLDER_OF_KEY and any(b64decode(n) == certificate for n in named):
            return
    raise TokenError("it is not made out to our certificate; was another one registered?")


def _instant(element: etree._Element, name: str) -> datetime | None:
    return instant(element.get(name))


def instant(text: str | None) -> datetime | None:
    """An xs:dateTime; without zone it is UTC (SAML 2.0 core, 1.3.3). TokenError when it is none."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise TokenError("an instant cannot be read") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _texts(element: etree._Element, name: str) -> list[str]:
    return [(e.text or "").strip() for e in element.iter(q(SAML, name))]
