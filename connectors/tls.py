"""What a session shows at the door, a client certificate (PEM files, locked or not, or PKCS#12), and whom it trusts."""

import secrets
import ssl
import tempfile
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from connectors.contract import Access


def dress(session: requests.Session, access: Access) -> None:
    """Gives the session extra.{cert, key, ca}. AccessError when a locked certificate cannot be opened."""
    session.trust_env = False
    extra = access.extra
    cert, key = str(extra.get("cert") or ""), str(extra.get("key") or "")
    if _locked(cert, key):
        session.mount("https://", _Certificate(access))
    elif cert:
        session.cert = (cert, key) if key else cert
    if extra.get("ca"):
        session.verify = str(extra["ca"])


def _locked(cert: str, key: str) -> bool:
    """Whether requests cannot open it by itself (it would ask the terminal for a passphrase)."""
    if cert.lower().endswith((".p12", ".pfx")):
        return True
    try:
        return bool(cert) and b"ENCRYPTED" in Path(key or cert).read_bytes()
    except OSError:
        return False


class _Certificate(HTTPAdapter):
    """Connections that show a certificate kept in memory."""

    def __init__(self, access: Access) -> None:
        self._context = _context(access)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As requests does, with our certificate."""
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)


def _context(access: Access) -> ssl.SSLContext:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
    from urllib3.util.ssl_ import create_urllib3_context

    from connectors.idws.certificate import load

    found = load(access)
    word = secrets.token_hex(32)
    pem = Encoding.PEM
    key = found.key.private_bytes(pem, PrivateFormat.PKCS8, BestAvailableEncryption(word.encode()))
    certificates = b"".join(c.public_bytes(pem) for c in (found.certificate, *found.chain))
    context: ssl.SSLContext = create_urllib3_context()
    # OpenSSL through ssl reads files only: this one is ours alone, locked with a word nobody else knows, and gone next.
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(certificates + key)
        file.flush()
        context.load_cert_chain(file.name, password=word)
    return context


__all__ = ["dress"]
