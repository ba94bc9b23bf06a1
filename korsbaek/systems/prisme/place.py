"""Where Prisme 365 stands."""

from korsbaek.landscape.place import Place
from korsbaek.landscape.rest import client

PATH = "/data"
TOKEN = "/adfs/oauth2/token"
"""ADFS's token endpoint; here it stands on the system's own server."""
RESOURCE = "https://prisme.korsbaek.invalid"
PLACE = Place(auth=lambda keys: client(keys, TOKEN, PATH, resource=RESOURCE), path=PATH)
"""Opened by ADFS client credentials for a resource."""
