"""Where YdelseListeHent stands (SF1491), and what opens it."""

from korsbaek.landscape.place import Keys, Place

PATH = "/ydelselistehent/2"
PLACE = Place(Keys.certificate, path=PATH, soap=True, tls=True)
