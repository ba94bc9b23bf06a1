"""The OAuth 2.0 door of KOMBIT's token service: a JWT for one service on behalf of one authority, by TLS certificate.

As kombit/org-graphql says for OrganisationHent (SF1514): client_credentials, scope entityid:...,anvenderkontekst:<CVR>.
"""

from uuid import uuid4

import requests

from connectors.auth import TokenAuth
from connectors.contract import Access
from connectors.errors import AccessError
from connectors.idws.security import zulu
from helhed import settings


def transaction(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The request with x-TransaktionsId and x-TransaktionsTid, which the shared REST services want."""
    request.headers["x-TransaktionsId"] = str(uuid4())
    request.headers["x-TransaktionsTid"] = zulu(settings.now())
    return request


class JsonWebTokens(TokenAuth):
    """Puts a JWT and the two headers of a transaction on each request.

    Reads of `Access`: extra.{token_url, entity_id, client_id (else as entity_id)}, myndighed.
    """

    remedy = "check entity_id, the certificate and that the authority has approved the service agreement"

    def __init__(self, access: Access) -> None:
        service = str(access.extra.get("entity_id") or "")
        if not service or not access.myndighed:
            raise AccessError(
                "entity_id in the extra of this source's Connection, or its myndighed, is missing; see them"
            )
        scope = f"entityid:{service},anvenderkontekst:{access.myndighed}"
        client = str(access.extra.get("client_id") or service)
        form = {"grant_type": "client_credentials", "client_id": client, "scope": scope}
        super().__init__(str(access.extra["token_url"]), form)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with a token that is still good."""
        return super().__call__(transaction(request))
