"""Where Faelleskommunalt Klassifikationssystem stands."""

from korsbaek.landscape.place import Keys, Place

PLACE = Place(auth=Keys.certificate, path="/klassifikation", soap=True, tls=True)
