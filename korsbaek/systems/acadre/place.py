"""Where Acadre's public web service stands: plain HTTP on loopback, opened by NTLM."""

from typing import Any

from korsbaek.landscape.place import Keys, Place

DOMAIN, USER = "KORSBAEK", "helhed-service"


def _auth(keys: Keys) -> dict[str, Any]:
    return {"type": "ntlm", "username": f"{DOMAIN}\\{USER}", "password": keys.word()}


PLACE = Place(auth=_auth, path="/Acadre.CM.PublicServices/SoapAuth/AcadreServiceV7.asmx")
