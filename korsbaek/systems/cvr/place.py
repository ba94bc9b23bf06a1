"""Where CVR Online on Serviceplatformen stands."""

from korsbaek.landscape.place import Keys, Place

PLACE = Place(auth=Keys.certificate, path="/service/CVR/Online/2", soap=True, tls=True)
