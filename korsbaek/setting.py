"""Where each vendor system stands, and what opens its door."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from korsbaek import tokens
from korsbaek.landscape.place import Keys, names, place

SYSTEMS = ("cpr", "sdi", "ydi", "nexus", "sbsys")
"""The first five; every town has them. The further ones say it themselves (korsbaek.landscape)."""
SOAP = ("cpr", "sdi", "ydi")
PATHS = {"cpr": "/service/CPR/PersonBaseDataExtended/4", "sdi": "/sagdokumentindeks/6", "ydi": "/ydelseindeks/6"}
"""Below which path the SOAP services answer, as in production."""
TOKEN = {
    "nexus": "/authx/realms/korsbaek/protocol/openid-connect/token",
    "sbsys": "/auth/realms/sbsip/protocol/openid-connect/token",
}
CLIENT = "helhed"


def uses_tls(system: str) -> bool:
    """The SOAP services and the token service ask for a client certificate; the others are plain HTTP on loopback."""
    if system in names():
        return place(system).tls
    return system in SOAP or system == tokens.STS


def base_url(system: str, port: int) -> str:
    """A system's address."""
    scheme = "https" if uses_tls(system) else "http"
    path = place(system).path if system in names() else PATHS.get(system, "")
    return f"{scheme}://127.0.0.1:{port}{path}"


def shows_wsdl(system: str) -> bool:
    """It answers ?wsdl with its contract."""
    return place(system).soap if system in names() else system in SOAP


def secret(folder: Path, system: str) -> str:
    """The client's secret at a REST system; made once a town, kept 0600."""
    kept = folder / "secrets.json"
    found: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    missing = [name for name in TOKEN if name not in found]
    if missing:
        found.update({name: secrets.token_urlsafe(24) for name in missing})
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(found))
    return found[system]


def auth(folder: Path, system: str, url: str, sts: str | None = None) -> dict[str, Any]:
    """What opens a system's door; `sts` is the token service's address, for those that want a token."""
    if sts and system in tokens.read(folder)["systems"]:
        return dict(tokens.door(folder, system, sts))
    if system in names():
        return place(system).auth(Keys(folder, system, url))
    if uses_tls(system):
        pki = folder.resolve() / "pki"
        files = {"cert": pki / "client.crt", "key": pki / "client.key", "ca": pki / "ca.crt"}
        return {"type": "mtls", **{name: str(path) for name, path in files.items()}}
    word = secret(folder, system)
    shared = {"token_url": url + TOKEN[system], "client_id": CLIENT, "client_secret": word}
    if system == "nexus":
        return {"type": "client_credentials", **shared}
    return {"type": "password", **shared, "username": "helhed-service", "password": word[::-1]}


def config(folder: Path, system: str, url: str) -> dict[str, Any]:
    """What a system's module is told."""
    contracts = os.environ.get("HELHED_CONTRACTS")
    found = Path(contracts) if contracts else Path(__file__).resolve().parents[2] / "shared" / "wsdl"
    told: dict[str, Any] = {
        "system": system,
        "url": url,
        "folder": str(folder),
        "contracts": str(found),
        "auth": {**auth(folder, system, url), "token_seconds": 300},
    }
    if system in tokens.read(folder)["systems"]:
        from korsbaek.systems.wss.guard import Guard

        told["guard"] = Guard(folder, tokens.ENTITIES[system], url)
    return told
