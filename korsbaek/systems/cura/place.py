"""Where Columna Cura stands."""

from typing import Any

from korsbaek.landscape.place import Keys, Place

LOGIN = "/login/"
"""Below which a user's own token endpoint is told."""
TOKEN = "/auth/realms/cura/token"


def _auth(keys: Keys) -> dict[str, Any]:
    """A user's password for a token, the key of the API, and what a session token is made for."""
    home = keys.url.removesuffix(PLACE.path)
    return {
        "type": "password",
        "token_url": home + TOKEN,
        "login_url": home + LOGIN,
        "client_id": "fhir-server",
        "client_secret": "",
        "username": "helhed-service",
        "password": keys.word(),
        "api_key": keys.word("api_key"),
    }


PLACE = Place(auth=_auth, path="/fhir")
