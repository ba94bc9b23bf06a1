"""Where WorkZone stands: plain HTTP on loopback, opened by a token of its own Entra ID."""

from typing import Any

from korsbaek.landscape.place import Keys, Place

TOKEN = "/korsbaek.onmicrosoft.com/oauth2/v2.0/token"
SCOPE = "api://workzone.korsbaek.invalid/.default"


def _auth(keys: Keys) -> dict[str, Any]:
    return {
        "type": "client_credentials",
        "token_url": keys.url.removesuffix("/OData4") + TOKEN,
        "client_id": "helhed",
        "client_secret": keys.word(),
        "scope": SCOPE,
    }


PLACE = Place(auth=_auth, path="/OData4")
