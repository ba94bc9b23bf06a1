"""A raw client: what comes over the wire, byte by byte, without any of the hub's code."""

import base64
import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.korsbaek.hostile.conftest import Rig

SOEG = (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>'
    '<sdi:FremsoegSagDokumentIndeksInput xmlns:sdi="urn:oio:sts:sagdok:sagdokumentindeks:6"/>'
    "</soap:Body></soap:Envelope>"
)


class Wire:
    """A connection to one system."""

    def __init__(self, rig: Rig, system: str, timeout: float = 10) -> None:
        self.auth = rig.systems[system]["auth"]
        parts = urlsplit(rig.systems[system]["url"])
        self.path = parts.path
        self.door: http.client.HTTPConnection
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=self.auth["ca"])
            context.load_cert_chain(self.auth["cert"], self.auth["key"])
            self.door = http.client.HTTPSConnection(parts.netloc, timeout=timeout, context=context)
        else:
            self.door = http.client.HTTPConnection(parts.netloc, timeout=timeout)

    def token(self) -> str:
        """A bearer token."""
        form = {"grant_type": self.auth["type"]} | {k: self.auth[k] for k in ("username", "password") if k in self.auth}
        basic = base64.b64encode(f"{self.auth['client_id']}:{self.auth['client_secret']}".encode()).decode()
        head = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Basic {basic}"}
        self.door.request("POST", urlsplit(self.auth["token_url"]).path, urlencode(form), head)
        return str(json.loads(self.door.getresponse().read())["access_token"])

    def cases(self, token: str, limit: int = 10, skip: int = 0) -> http.client.HTTPResponse:
        """A page of SBSYS's cases."""
        head = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        body = json.dumps({"Limit": limit, "Skip": skip})
        self.door.request("POST", "/api/sag/search?InkluderParterIResultat=true", body, head)
        return self.door.getresponse()

    def soap(self, body: str = SOEG) -> http.client.HTTPResponse:
        """Whatever a SOAP service says to a message."""
        self.door.request("POST", self.path, body.encode(), {"Content-Type": "application/soap+xml; charset=utf-8"})
        return self.door.getresponse()

    def page(self, token: str, **window: int) -> dict[str, Any]:
        """The same, read."""
        found: dict[str, Any] = json.loads(self.cases(token, **window).read())
        return found
