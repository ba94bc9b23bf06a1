"""Where KMD Momentum stands."""

from korsbaek.landscape.place import Place
from korsbaek.landscape.rest import client

PATH = "/api"
TOKEN = "/momentumb2c.onmicrosoft.com/oauth2/token"
"""The tenant's token endpoint; here it stands on the system's own server."""
RESOURCE = "https://momentumapi.korsbaek.invalid"
PLACE = Place(
    auth=lambda keys: client(keys, TOKEN, PATH, resource=RESOURCE, apikey=keys.word("apikey")),
    path=PATH,
)
"""Opened by Entra client credentials for a resource, and the key of the API's gate beside the token."""
