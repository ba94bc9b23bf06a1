"""WS-Trust as JSON: the client is who its TLS certificate says."""

import base64
import json
from pathlib import Path
from typing import Any

from lxml import etree

from korsbaek import tokens
from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.sts.issue import issue
from korsbaek.systems.wss.trust import trusted
from korsbaek.systems.wss.words import NS, SAML_TOKEN

_REFUSED = "403 Forbidden"


def by_json(folder: Path, raw: bytes, environ: dict[str, Any]) -> tuple[str, str, bytes]:
    """A token in base64, or why there is none."""
    now = tokens.clock(folder)
    try:
        asked = json.loads(raw)
        key = base64.b64decode(asked["UseKey"], validate=True)
        service, cvr = str(asked["AppliesTo"]["EndpointReference"]["Address"]), str(asked["AnvenderKontekst"]["Cvr"])
        kinds = [asked[word] for word in ("TokenType", "RequestType", "KeyType")]
    except (ValueError, KeyError, TypeError):
        return _refused("400 Bad Request", "the request cannot be read")
    if kinds != [SAML_TOKEN, f"{NS['wst']}/Issue", f"{NS['wst']}/PublicKey"]:
        return _refused("400 Bad Request", "no such token is issued")
    if key != environ.get("korsbaek.certificate"):
        return _refused(_REFUSED, "UseKey is not the certificate of the connection")
    try:
        issued = issue(folder, service, cvr, trusted(folder / "pki", key, now, "wst:FailedAuthentication"), now)
    except Fault as problem:
        return _refused(_REFUSED, problem.text)
    token = base64.b64encode(etree.tostring(issued.assertion)).decode()
    return "200 OK", "application/json", json.dumps({"RequestedSecurityToken": {"Assertion": token}}).encode()


def _refused(status: str, text: str) -> tuple[str, str, bytes]:
    return status, "application/json", json.dumps({"error": text}).encode()
