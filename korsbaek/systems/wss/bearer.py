"""The guard of a REST service: an access token by the town's token service, for it, of now, and of this certificate."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from korsbaek import tokens
from korsbaek.systems.wss.making import Signer, signer
from korsbaek.town import CVR

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def token(who: Signer, claims: dict[str, Any]) -> str:
    """A signed access token (JWT, RS256)."""
    said = ".".join(_text(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "at+jwt"}, claims))
    return f"{said}.{_text(who.key.sign(said.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def thumbprint(certificate: bytes) -> str:
    """x5t#S256 of a certificate (RFC 8705)."""
    return _text(hashlib.sha256(certificate).digest())


def with_access_token(app: App, folder: Path, entity: str) -> App:
    """The service behind its guard; wants the transaction's id and time too."""

    def guarded(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not good(environ, folder, entity):
            start("401 Unauthorized", [("Content-Type", "application/json"), ("WWW-Authenticate", "Holder-of-key")])
            return [b'{"error": "invalid_token"}']
        if not environ.get("HTTP_X_TRANSAKTIONSID") or not environ.get("HTTP_X_TRANSAKTIONSTID"):
            start("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "x-TransaktionsId and x-TransaktionsTid are wanted"}']
        return app(environ, start)

    return guarded


def good(environ: dict[str, Any], folder: Path, entity: str) -> bool:
    """Whether a call has an access token that opens this service, over the connection whose certificate it names."""
    scheme, _, given = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    said, _, signature = given.rpartition(".")
    public = signer(folder / "pki", "sts").certificate.public_key()
    try:
        if not isinstance(public, rsa.RSAPublicKey):
            return False
        public.verify(_data(signature), said.encode(), padding.PKCS1v15(), hashes.SHA256())
        claims = json.loads(_data(said.partition(".")[2]))
    except (InvalidSignature, ValueError):
        return False
    now: datetime = tokens.clock(folder)
    held: bool = claims["cnf"]["x5t#S256"] == thumbprint(environ.get("korsbaek.certificate", b""))
    right: bool = claims["aud"] == entity and claims["cvr"] == CVR and scheme == claims["scheme"]
    return right and held and now.timestamp() < float(claims["exp"])


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _data(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
