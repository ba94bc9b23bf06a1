"""A further system's own server over a small town, and what a plain client needs to open its door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import requests

from korsbaek import municipality
from korsbaek.landscape.shelf import Shelf
from korsbaek.town import Town

CITIZENS, SEED, DAY = 40, 7, date(2026, 3, 2)


@dataclass
class Further:
    """A running system, and a plain session at its door."""

    folder: Path
    system: str
    url: str
    auth: dict[str, Any]
    session: requests.Session = field(default_factory=requests.Session)

    def shelf(self) -> Shelf:
        """What the town says that it holds."""
        return Shelf(Town.open(self.folder / "town.db"), self.system, {})

    def token(self, **form: str) -> requests.Response:
        """What the token endpoint answers."""
        asked = {name: self.auth[name] for name in ("client_id", "client_secret") if name in self.auth}
        form = {"grant_type": "client_credentials", **asked, **form}
        return self.session.post(self.auth["token_url"], data=form, timeout=10)

    def get(self, path: str, **query: Any) -> requests.Response:
        """The answer to GET; `path` may be a whole address (a link)."""
        return self.session.get(path if path.startswith("http") else self.url + path, params=query, timeout=10)

    def post(self, path: str, body: Any) -> requests.Response:
        """The answer to POST."""
        return self.session.post(self.url + path, json=body, timeout=10)


@contextmanager
def running(folder: Path, system: str) -> Iterator[Further]:
    """The system of a town that is made for it, and stopped when left."""
    municipality.up(folder, CITIZENS, SEED, 0, day=DAY, only=(system,), further=(system,))
    try:
        found = municipality.status(folder)["systems"][system]
        yield Further(folder, system, found["url"], found["auth"])
    finally:
        municipality.down(folder)
