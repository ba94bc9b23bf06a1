"""Where the municipality's part of Faelleskommunalt Organisationssystem stands."""

from korsbaek.landscape.place import Keys, Place

PLACE = Place(auth=Keys.certificate, path="/organisation", soap=True, tls=True)
