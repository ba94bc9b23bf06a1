"""OAuth 2.0 client_credentials (kombit/org-graphql): a JWT for a service and an authority, by TLS certificate."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.serialization import Encoding

from korsbaek import tokens
from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.sts.issue import agreed
from korsbaek.systems.wss.bearer import thumbprint, token
from korsbaek.systems.wss.making import signer
from korsbaek.systems.wss.trust import trusted

_SCOPE = re.compile(r"entityid:(\S+),anvenderkontekst:(\d{8})")


def by_oauth(folder: Path, raw: bytes, environ: dict[str, Any]) -> tuple[str, str, bytes]:
    """A token, or why there is none (RFC 6749, 5.2)."""
    now, setting, pki = tokens.clock(folder), tokens.read(folder), folder / "pki"
    asked = {name: values[-1] for name, values in parse_qs(raw.decode("latin-1")).items()}
    scope = _SCOPE.fullmatch(asked.get("scope", ""))
    if asked.get("grant_type") != "client_credentials" or not asked.get("client_id"):
        return _refused("400 Bad Request", "unsupported_grant_type")
    if scope is None:
        return _refused("400 Bad Request", "invalid_scope")
    try:
        holder = trusted(pki, environ.get("korsbaek.certificate") or b"", now, "wst:FailedAuthentication")
        agreed(setting, scope[1], scope[2])
    except Fault as problem:
        return _refused("401 Unauthorized", "invalid_client", problem.text)
    seconds = float(setting["access_seconds"])
    claims = {"iss": tokens.ISSUER, "aud": scope[1], "cvr": scope[2], "scheme": "Bearer"}
    claims |= {"exp": now.timestamp() + seconds, "cnf": {"x5t#S256": thumbprint(holder.public_bytes(Encoding.DER))}}
    made = {"access_token": token(signer(pki, "sts"), claims), "token_type": "Bearer", "expires_in": int(seconds)}
    return "200 OK", "application/json", json.dumps(made).encode()


def _refused(status: str, error: str, text: str = "") -> tuple[str, str, bytes]:
    return status, "application/json", json.dumps({"error": error, "error_description": text}).encode()
