"""A further system alone over a tiny town, asked by a plain client."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import requests

from korsbaek import pki
from korsbaek.generate import generate
from korsbaek.server import Server, tls
from korsbaek.setting import base_url, config, uses_tls
from korsbaek.town import Town

CITIZENS, SEED, DAY = 40, 7, date(2026, 3, 2)


@contextmanager
def wire(folder: Path, *systems: str) -> Iterator[tuple[Town, dict[str, dict[str, Any]]]]:
    """The town, and what each system's module was told (url, auth, ...)."""
    town = generate(folder / "town.db", CITIZENS, SEED, DAY, systems)
    pki.make(folder / "pki")
    servers: list[Server] = []
    told: dict[str, dict[str, Any]] = {}
    for system in systems:
        context = partial(tls, folder / "pki") if uses_tls(system) else None
        server = Server(lambda environ, start: [b""], 0, context)
        told[system] = config(folder, system, base_url(system, server.server_port))
        server.app = import_module(f"korsbaek.systems.{system}").app(town, told[system])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        servers.append(server)
    try:
        yield town, told
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        town.close()


def session(told: dict[str, Any]) -> requests.Session:
    """A client with the system's certificate and a bearer token, where it wants them."""
    made, auth = requests.Session(), told["auth"]
    made.trust_env = False
    if "cert" in auth:
        made.cert, made.verify = (auth["cert"], auth["key"]), auth["ca"]
    if "token_url" in auth:
        form = {"grant_type": auth["type"], "client_id": auth["client_id"], "client_secret": auth["client_secret"]}
        token = made.post(auth["token_url"], data=form, timeout=10).json()["access_token"]
        made.headers["Authorization"] = f"Bearer {token}"
    return made


def said(reply: requests.Response) -> Any:
    """The JSON of a reply that must be 200."""
    assert reply.status_code == 200, reply.text
    return json.loads(reply.content)
