"""The REST door of OIO-IDWS: a SAML token is exchanged for an access token, which each call carries beside mutual TLS.

As itk-dev/serviceplatformen does it against Serviceplatformen's AccessTokenService (rammearkitektur 5.5).
"""

from base64 import b64encode

import msgspec
import requests

from connectors import faults, given
from connectors.auth import TokenAuth
from connectors.contract import Access
from connectors.errors import AccessError, ContractError
from connectors.idws.assertion import Token
from connectors.idws.door import Tokens
from connectors.idws.oauth import transaction
from connectors.reply import Reply
from helhed import settings

TIMEOUT = (10.0, 60.0)
"""Seconds for the security token service, as RestApi has them for the vendor."""
EARLY = 60.0
"""Seconds before its expiry at which an access token is renewed."""
SCHEMES = ("Bearer", "Holder-of-key")
"""Kinds of token that AccessTokenService may give; Holder-of-key is bound to the certificate of the TLS connection."""


class AccessTokens(TokenAuth):
    """Puts an access token and the two headers of a transaction on each request."""

    early = EARLY

    def __init__(self, access: Access) -> None:
        super().__init__(given.extra(access, "access_token_url", "it is AccessTokenService"), {})
        self._tokens = Tokens(access, TIMEOUT)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with a token that is still good, x-TransaktionsId and x-TransaktionsTid."""
        return super().__call__(transaction(request))

    def _fetch(self) -> tuple[str, float]:
        token = self._tokens.current(settings.now())
        reply = self._exchange(token)
        if reply.status_code in (400, 401, 403) and self._tokens.refused(token):
            token = self._tokens.current(settings.now())
            reply = self._exchange(token)
        where = faults.place("POST", self._url)
        if reply.status_code in (400, 401, 403):
            raise AccessError(
                f"{where}: {reply.status_code}, no access token; check access_token_url, the certificate and its "
                "service agreement"
            )
        if fault := faults.of_reply(reply, where):
            raise fault
        try:
            found = msgspec.json.decode(reply.content)
            made, seconds = str(found["access_token"]), float(found["expires_in"])
            scheme = str(found.get("token_type") or SCHEMES[0])
        except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
            raise ContractError(f"{where}: the reply holds no access_token; check access_token_url") from None
        if scheme.lower() not in (s.lower() for s in SCHEMES):
            raise ContractError(f"{where}: a kind of access token that we do not know")
        self._tokens.served(token)
        self.scheme = scheme
        return made, seconds

    def _exchange(self, token: Token) -> Reply:
        return self._post({"saml-token": b64encode(token.xml).decode()})
