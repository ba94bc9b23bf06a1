"""NTLM before a WSGI application, as IIS does it: challenge and response, once a connection (MS-NTHT).

The messages are made and checked by pyspnego, which reads users from the file that NTLM_USER_FILE names.
"""

import base64
import binascii
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spnego
from spnego.exceptions import SpnegoError

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_WORDS = b"401 - Unauthorized: Access is denied due to invalid credentials."


class Ntlm:
    """Lets in who knows the password."""

    def __init__(self, app: App, users: Path, domain: str, user: str, password: str) -> None:
        """`users` is the file to write domain, user and password to."""
        users.parent.mkdir(mode=0o700, exist_ok=True)
        users.touch(mode=0o600)
        users.write_text(f"{domain}:{user}:{password}\n")
        os.environ["NTLM_USER_FILE"] = str(users)
        self._app = app
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI. What a connection has shown stands in environ["korsbaek.connection"]."""
        kept: dict[str, Any] = environ["korsbaek.connection"]
        said = str(environ.get("HTTP_AUTHORIZATION") or "")
        if said.startswith("NTLM "):
            kept.pop("admitted", None)
            answer = self._step(kept, said.removeprefix("NTLM "))
            if answer is not None:
                return _refuse(start_response, f"NTLM {answer}" if answer else "NTLM")
        if not kept.get("admitted"):
            return _refuse(start_response, "NTLM")
        return self._app(environ, start_response)

    def _step(self, kept: dict[str, Any], token: str) -> str | None:
        """The challenge; empty for a refusal; None when the connection is let in."""
        try:
            message = base64.b64decode(token, validate=True)
            with self._lock:
                if message[8:12] == b"\x01\x00\x00\x00":
                    kept["context"] = spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
                context = kept["context"] if message[8:12] == b"\x01\x00\x00\x00" else kept.pop("context")
                answer = context.step(message)
        except (SpnegoError, binascii.Error, KeyError, ValueError, IndexError):
            kept.pop("context", None)
            return ""
        if not context.complete:
            return base64.b64encode(answer or b"").decode()
        kept["admitted"] = True
        return None


def _refuse(start_response: Callable[..., Any], challenge: str) -> Iterable[bytes]:
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(_WORDS))), ("WWW-Authenticate", challenge)]
    start_response("401 Unauthorized", headers)
    return [_WORDS]
