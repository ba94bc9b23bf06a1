"""A town of which most is gone: what a system answers from while it has lost its records."""

import sqlite3
import threading
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from korsbaek.server import Wsgi
from korsbaek.town import Town

TABLES = {"person": "nr", "sag": "uuid", "dokument": "uuid", "bevilling": "uuid", "effektuering": "uuid", "nexus": "id"}
"""What can vanish, and what tells one from another."""


class Poorer:
    """The same system over towns of which a share is gone, made when first asked for after each night."""

    def __init__(self, town: Town, system: str, folder: Path, app: Callable[[Town], Wsgi]) -> None:
        """`app` makes the system over a town."""
        self._town, self._system, self._folder, self._app = town, system, folder, app
        self._made: dict[tuple[str, float], Wsgi] = {}
        self._lock = threading.Lock()

    def app(self, share: float) -> Wsgi:
        """The system as if that share of everything were gone: always the same records."""
        version = f"{self._town.meta('nights')}-{self._town.meta('day')}"
        with self._lock:
            if (version, share) not in self._made:
                path = self._folder / "run" / f"poorer-{self._system}-{version}-{share}.db"
                path.unlink(missing_ok=True)
                _copy(self._town, path, share)
                self._made = {(version, share): self._app(Town.open(path))}
            return self._made[version, share]


def _copy(town: Town, path: Path, share: float) -> None:
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        town.db.backup(copy)
        copy.create_function("gone", 1, lambda key: _place(key) < share, deterministic=True)
        for table, key in TABLES.items():
            copy.execute(f"delete from {table} where gone({key})")
    finally:
        copy.close()


def _place(key: object) -> float:
    return int.from_bytes(blake2b(str(key).encode(), digest_size=4).digest(), "big") / 2**32
