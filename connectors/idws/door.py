"""OIO-IDWS at one SOAP service: signs what goes out, checks what comes back, and keeps the token fresh."""

import re
import threading
from datetime import datetime

from lxml import etree

from connectors import faults, given
from connectors.contract import Access
from connectors.errors import AccessError, ContractError
from connectors.idws import kept, reply
from connectors.idws.assertion import Expected, Token
from connectors.idws.call import secured
from connectors.idws.certificate import load, trusted
from connectors.idws.kept import Wanted
from connectors.idws.signature import SignatureError
from connectors.idws.sts import SecurityTokenService
from helhed import settings

_ACTION = re.compile(r'action="([^"]*)"')


class Tokens:
    """The tokens to one service on behalf of one authority.

    Reads of `Access`: extra.{sts, sts_door, sts_cert, sts_ca, entity_id, cert, key, ca}, password (the passphrase of
    the certificate), myndighed. Raises AccessError, one line that says what is missing or wrong.
    """

    def __init__(self, access: Access, timeout: tuple[float, float]) -> None:
        service = given.extra(access, "entity_id", "see the service agreement")
        if not access.myndighed:
            raise AccessError("myndighed is missing: a token is asked for on behalf of an authority's CVR number")
        self.sts = SecurityTokenService(access, timeout)
        self.certificate = load(access)
        keys = trusted(str(access.extra.get("sts_cert") or ""), "sts_cert")
        self._expected = Expected(keys, service, access.myndighed, self.certificate.der)
        self._wanted = Wanted(self.sts.url, service, access.myndighed, self.certificate.thumbprint)

    def current(self, now: datetime) -> Token:
        """A token that is good now."""
        self.certificate.check(now)
        return kept.current(self._wanted, now, lambda: self.sts.issue(self.certificate, self._expected, now))

    def served(self, token: Token) -> None:
        """A service accepted the token."""
        kept.served(self._wanted, token)

    def refused(self, token: Token) -> bool:
        """A service refused it; whether another try is worth it."""
        return kept.refused(self._wanted, token)


class _Sent(threading.local):
    """What this thread sent last."""

    message_id = ""
    token: Token | None = None


class SignedDoor:
    """zeep's hook for one service (connectors.soap_zeep.Secure), and the judge of its replies. Shared by threads.

    Reads of `Access.extra`, beside what Tokens reads: service_cert; framework ("no" leaves sbf:Framework out);
    replies ("unsigned" for a service that does not sign them).
    """

    def __init__(self, access: Access, timeout: tuple[float, float]) -> None:
        extra = access.extra
        self._url = access.url
        self._where = faults.place("POST", access.url)
        self._tokens = Tokens(access, timeout)
        self._framework = extra.get("framework") not in ("no", False)
        self._signed = extra.get("replies") != "unsigned"
        self._keys = trusted(str(extra.get("service_cert") or ""), "service_cert") if self._signed else ()
        self._sent = _Sent()

    def secure(self, envelope: etree._Element, headers: dict[str, str]) -> tuple[etree._Element, dict[str, str]]:
        """The envelope with token and signature."""
        now = settings.now()
        token = self._tokens.current(now)
        action = headers.get("SOAPAction") or next(iter(_ACTION.findall(headers.get("Content-Type", ""))), "")
        made, message_id = secured(
            envelope, action.strip('"'), self._url, token, self._tokens.certificate, now, self._framework
        )
        self._sent.message_id, self._sent.token = message_id, token
        return made, headers

    def check(self, envelope: etree._Element) -> None:
        """AccessError unless the reply is signed by the service and answers what this thread sent last."""
        if self._signed:
            try:
                reply.check(envelope, self._keys, self._sent.message_id, settings.now())
            except SignatureError as error:
                raise AccessError(
                    f"{self._where}: the reply is not used: {error}; check service_cert, and that nothing between us "
                    "changes messages"
                ) from None
        if self._sent.token is not None:
            self._tokens.served(self._sent.token)

    def renewable(self) -> bool:
        """After a refusal: whether a fresh token is worth one more try. Forgets the token."""
        return self._sent.token is not None and self._tokens.refused(self._sent.token)


def door(access: Access, timeout: tuple[float, float]) -> SignedDoor | None:
    """The signed door when extra.auth is "idws"; None when it is absent or "mtls", for mutual TLS alone."""
    match access.extra.get("auth"):
        case None | "" | "mtls":
            return None
        case "idws":
            return SignedDoor(access, timeout)
    raise ContractError("extra.auth in this source's Connection must be idws or mtls")
