"""Where the parking vendor's service stands, and what opens it."""

from korsbaek.landscape.place import Place
from korsbaek.landscape.rest import client

TOKEN = "/oauth/token"
PLACE = Place(lambda keys: client(keys, TOKEN))
