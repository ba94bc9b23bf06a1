"""The server stands, but has no door for other systems."""

from korsbaek.landscape.place import Place

PLACE = Place(lambda keys: {"type": "none"})
