"""AccessTokenService: a SAML token is changed for an access token, bound to the certificate of the connection."""

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from korsbaek import tokens
from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.wss.bearer import thumbprint, token
from korsbaek.systems.wss.checking import Document
from korsbaek.systems.wss.making import signer
from korsbaek.systems.wss.ticket import read


def access_token(folder: Path, raw: bytes, environ: dict[str, Any]) -> tuple[str, str, bytes]:
    """An access token, or 401 and why there is none."""
    setting, now, pki = tokens.read(folder), tokens.clock(folder), folder / "pki"
    try:
        given = base64.b64decode(parse_qs(raw.decode())["saml-token"][0], validate=True)
        root = etree.fromstring(given, etree.XMLParser(resolve_entities=False, no_network=True))
        ticket = read(root, Document(root), pki, now)
    except (Fault, ValueError, KeyError, etree.XMLSyntaxError) as problem:
        return _refused(problem.text if isinstance(problem, Fault) else "saml-token cannot be read")
    holder = ticket.holder.public_bytes(Encoding.DER)
    if holder != environ.get("korsbaek.certificate"):
        return _refused("the token is made out to another certificate")
    seconds = min(float(setting["access_seconds"]), (ticket.until - now).total_seconds())
    claims = {"iss": tokens.ISSUER, "aud": ticket.audience, "cvr": ticket.cvr, "scheme": setting["scheme"]}
    claims |= {"exp": now.timestamp() + seconds, "cnf": {"x5t#S256": thumbprint(holder)}}
    made = token(signer(pki, "sts"), claims)
    said = {"access_token": made, "token_type": setting["scheme"], "expires_in": seconds}
    return "200 OK", "application/json", json.dumps(said).encode()


def _refused(text: str) -> tuple[str, str, bytes]:
    said = {"error": "invalid_grant", "error_description": text}
    return "401 Unauthorized", "application/json", json.dumps(said).encode()
