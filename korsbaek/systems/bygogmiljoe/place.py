"""Where Byg og Miljoe's services stand: TLS with the client certificate of the municipality."""

from korsbaek.landscape.place import Keys, Place

PLACE = Place(auth=Keys.certificate, path="", soap=False, tls=True)
BESKEDFORDELER, SAGSBEHANDLING = "/BeskedfordelerV2.svc", "/SagsbehandlingV5.svc"
