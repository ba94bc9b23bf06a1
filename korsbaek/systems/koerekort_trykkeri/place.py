"""Where this leg of the driving licence stands, and what opens it."""

from korsbaek.landscape.place import Place
from korsbaek.landscape.rest import client

PLACE = Place(lambda keys: client(keys, "/oauth/token"))
