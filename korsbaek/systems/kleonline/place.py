"""Where KLE-online stands; it is open to everybody."""

from korsbaek.landscape.place import Place

PLACE = Place(lambda keys: {"type": "open"}, path="/resources/kle")
