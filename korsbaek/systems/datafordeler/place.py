"""Where Datafordeleren stands, and the API key that opens its open registers."""

from korsbaek.landscape.place import Place

PLACE = Place(lambda keys: {"type": "apikey", "apikey": keys.word("apikey")})
