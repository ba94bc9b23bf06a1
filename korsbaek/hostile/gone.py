"""A town of which most is gone: what a system answers from while it has lost its records."""

import sqlite3
import threading
from contextlib import AbstractContextManager
from hashlib import blake2b
from pathlib import Path

from korsbaek.town import Town

TABLES = {
    "person": "nr",
    "sag": "uuid",
    "dokument": "uuid",
    "bevilling": "uuid",
    "effektuering": "uuid",
    "nexus": "id",
    "record": "seq",
}
"""What can vanish, and what tells one from another."""


class Poorer:
    """Towns of which a share is gone, made when first asked for after each night."""

    def __init__(self, town: Town, system: str, folder: Path) -> None:
        """`folder` is the town's."""
        self._town, self._system, self._folder = town, system, folder
        self._made: dict[float, tuple[str, Path]] = {}
        self._lock = threading.Lock()

    def instead(self, share: float) -> AbstractContextManager[None]:
        """What this thread asks of the town meanwhile is answered as if that share were gone: always the same one."""
        version = f"{self._town.meta('nights')}-{self._town.meta('day')}"
        with self._lock:
            if self._made.get(share, ("",))[0] != version:
                path = self._folder / "run" / f"poorer-{self._system}-{version}-{share}.db"
                path.unlink(missing_ok=True)
                _copy(self._town, path, share)
                self._made[share] = version, path
            return self._town.instead(self._made[share][1])


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
