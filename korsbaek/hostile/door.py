"""TLS that goes wrong: the server's certificate has expired or names another host, or it takes ours for expired."""

import ssl
import threading
from pathlib import Path

from korsbaek import pki
from korsbaek.hostile.plan import Plan
from korsbaek.server import tls


class Door:
    """Chooses the TLS settings of each new connection."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        """`folder` is the town's pki."""
        self._folder, self._plan = folder, plan
        self._contexts: dict[str, ssl.SSLContext] = {"": tls(folder)}
        self._lock = threading.Lock()

    def context(self) -> ssl.SSLContext:
        """The settings that the next connection gets."""
        fault = self._plan.at_the_door()
        kind = fault.kind if fault else ""
        with self._lock:
            if kind not in self._contexts:
                self._contexts[kind] = self._spoilt(kind)
            return self._contexts[kind]

    def _spoilt(self, kind: str) -> ssl.SSLContext:
        pki.spoil(self._folder)
        if kind == "client_refused":
            return tls(self._folder, authority="ca_expired")
        return tls(self._folder, server="server_expired" if kind == "certificate_expired" else "server_elsewhere")
