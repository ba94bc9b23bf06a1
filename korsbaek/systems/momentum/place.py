"""Where KMD Momentum stands."""

from typing import Any

from korsbaek.landscape.place import Keys, Place

TOKEN = "/momentumb2c.onmicrosoft.com/oauth2/token"
"""The tenant's token endpoint; here it stands on the system's own server."""
RESOURCE = "https://momentumapi.korsbaek.invalid"


def _auth(keys: Keys) -> dict[str, Any]:
    """Entra client credentials for a resource, and the key of the API's gate beside the token."""
    return {
        "type": "client_credentials",
        "token_url": keys.url.removesuffix(PLACE.path) + TOKEN,
        "client_id": "helhed",
        "client_secret": keys.word(),
        "resource": RESOURCE,
        "apikey": keys.word("apikey"),
    }


PLACE = Place(auth=_auth, path="/api")
