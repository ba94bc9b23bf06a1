"""Where Digital Post's PostForespoerg stands (SF1601), and what opens it."""

from typing import Any

from korsbaek.landscape.place import Keys, Place
from korsbaek.landscape.rest import client

PATH = "/service/PostForespoerg_1"
TOKEN = "/token"


def auth(keys: Keys) -> dict[str, Any]:
    """The client certificate of the connection, and a client that fetches access tokens."""
    certificate = {name: value for name, value in keys.certificate().items() if name != "type"}
    return {**client(keys, TOKEN), **certificate}


PLACE = Place(auth, path=PATH, tls=True)
