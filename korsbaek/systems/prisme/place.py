"""Where Prisme 365 stands."""

from typing import Any

from korsbaek.landscape.place import Keys, Place

TOKEN = "/adfs/oauth2/token"
"""ADFS's token endpoint; here it stands on the system's own server."""
RESOURCE = "https://prisme.korsbaek.invalid"


def _auth(keys: Keys) -> dict[str, Any]:
    """ADFS client credentials for a resource."""
    return {
        "type": "client_credentials",
        "token_url": keys.url.removesuffix(PLACE.path) + TOKEN,
        "client_id": "helhed",
        "client_secret": keys.word(),
        "resource": RESOURCE,
    }


PLACE = Place(auth=_auth, path="/data")
