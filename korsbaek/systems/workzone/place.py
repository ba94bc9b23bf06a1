"""Where WorkZone stands: plain HTTP on loopback, opened by a token of its own Entra ID."""

from korsbaek.landscape.place import Place
from korsbaek.landscape.rest import client

PATH = "/OData4"
TOKEN = "/korsbaek.onmicrosoft.com/oauth2/v2.0/token"
SCOPE = "api://workzone.korsbaek.invalid/.default"
PLACE = Place(auth=lambda keys: client(keys, TOKEN, PATH, scope=SCOPE), path=PATH)
