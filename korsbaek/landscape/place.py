"""Where a further system stands, and what opens its door."""

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

SYSTEMS = Path(__file__).resolve().parents[1] / "systems"


@dataclass(frozen=True)
class Keys:
    """What a system's `auth` is made from."""

    folder: Path
    """The town's."""
    system: str
    url: str

    def word(self, name: str = "secret") -> str:
        """A secret of the system, made once a town and kept 0600."""
        kept = self.folder / "secrets" / f"{self.system}.json"
        found: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
        if name not in found:
            found[name] = secrets.token_urlsafe(24)
            kept.parent.mkdir(mode=0o700, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(json.dumps(found))
        return found[name]

    def certificate(self) -> dict[str, Any]:
        """The client certificate of the town's own authority."""
        pki = self.folder.resolve() / "pki"
        files = {"cert": pki / "client.crt", "key": pki / "client.key", "ca": pki / "ca.crt"}
        return {"type": "mtls", **{name: str(path) for name, path in files.items()}}


@dataclass(frozen=True)
class Place:
    """Where a system stands: `PLACE` in its `place.py`."""

    auth: Callable[[Keys], dict[str, Any]]
    """What a client is told: `type` (mtls, client_credentials, password, basic, ...), and what goes with it."""
    path: str = ""
    """Below which path it answers, as in production."""
    soap: bool = False
    """It shows a WSDL at ?wsdl."""
    tls: bool = False
    """It asks for a client certificate."""


def names() -> tuple[str, ...]:
    """All further systems, sorted."""
    return tuple(sorted(path.parent.name for path in SYSTEMS.glob("*/place.py")))


def known(asked: Iterable[str]) -> tuple[str, ...]:
    """Those asked for, sorted; ValueError when there is no such system."""
    wanted = set(asked)
    if unknown := wanted - set(names()):
        raise ValueError(f"no further system {', '.join(sorted(unknown))}; there are: {', '.join(names())}")
    return tuple(sorted(wanted))


def place(system: str) -> Place:
    """Where a further system stands."""
    found = import_module(f"korsbaek.systems.{system}.place").PLACE
    if not isinstance(found, Place):
        raise TypeError(f"korsbaek/systems/{system}/place.py has no PLACE")
    return found
