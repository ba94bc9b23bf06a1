"""Where the placement system of day care and SFO stands."""

from korsbaek.landscape.place import Place
from korsbaek.landscape.rest import client

TOKEN = "/token"
PLACE = Place(auth=lambda keys: client(keys, TOKEN))
