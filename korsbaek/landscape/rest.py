"""What further REST systems have in common at the door: a client with a secret, and a token that ends."""

from typing import Any

from korsbaek.landscape.place import Keys
from korsbaek.systems.keycloak import Realm
from korsbaek.systems.rest import HttpError, Request, Routes

CLIENT = "helhed"
"""The name of the hub's client in every system's realm."""


def client(keys: Keys, token: str, path: str = "", **more: str) -> dict[str, Any]:
    """What opens a door with client_credentials, and `more` that this one wants (resource, scope, apikey).

    `token` is the path of the token endpoint below the address, once `path` at its end is left out.
    """
    return {
        "type": "client_credentials",
        "token_url": keys.url.removesuffix(path) + token,
        "client_id": CLIENT,
        "client_secret": keys.word(),
        **more,
    }


def guarded(config: dict[str, Any], token: str, error: Any = lambda status: {"error": status}) -> Routes:
    """Routes that want a bearer token, given out at the path `token`; `config` is what `korsbaek.setting` makes."""
    auth = config["auth"]
    realm = Realm(auth["client_id"], auth["client_secret"], seconds=float(auth.get("token_seconds", 300)))
    routes = Routes(error, realm.check)
    routes.add("POST", token, realm.token, is_open=True)
    return routes


def page(request: Request, name: str, default: int, most: int) -> int:
    """A whole number of the query, at most `most`; 400 when it is no number or negative."""
    text = request.query.get(name) or str(default)
    if not text.isdigit():
        raise HttpError(400)
    return min(int(text), most)
