"""More than one store in a test: fresh ones, and copies of one that is at rest."""

import secrets
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from canonical_model.store import engine
from tests.conftest import VARIABLES, Postgres


class Stores:
    """Stores made for one test; the environment always names the latest."""

    def __init__(self, postgres: Postgres, migrated: str, patch: pytest.MonkeyPatch) -> None:
        self.postgres, self.migrated, self.patch = postgres, migrated, patch
        self.made: list[str] = []

    def __call__(self, like: str | None = None) -> str:
        """Move to one more store: a fresh one, or a copy of one at which nobody works; its name."""
        for name in self.made:
            self._let_go(name)
        self.made.append(f"kill_{secrets.token_hex(6)}")
        end = time.monotonic() + 30
        while True:
            try:
                self.postgres.create(self.made[-1], like or self.migrated)
                break
            except psycopg.errors.ObjectInUse:
                # Whoever ended a moment ago has not hung up yet.
                assert time.monotonic() < end
        for role, variable in VARIABLES.items():
            self.patch.setenv(variable, self.postgres.url(role, self.made[-1]))
        return self.made[-1]

    def close(self) -> None:
        """Drop them all."""
        for name in self.made:
            self._let_go(name)
            self.postgres.drop(name)

    def _let_go(self, name: str) -> None:
        for role, variable in VARIABLES.items():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(variable, self.postgres.url(role, name))
                engine(role).dispose()  # type: ignore[arg-type]


@pytest.fixture
def another_store(postgres: Postgres, migrated: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Move to one more store."""
    stores = Stores(postgres, migrated, monkeypatch)
    yield stores
    stores.close()
