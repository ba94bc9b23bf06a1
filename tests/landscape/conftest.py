"""One town with every system, one hub beside it, and three nights' work whose outcome the tests of this folder read."""

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from cryptography.fernet import Fernet

from canonical_model.store import engine
from canonical_model.tables import FACT_TABLES
from caseworker.app import create_app
from caseworker.overblik.borger import read_borger
from caseworker.overblik.views import Borgeroverblik
from caseworker.tid import tid
from helhed.settings import contracts as contracts_folder
from helhed.settings import now
from korsbaek import municipality
from korsbaek.town import Town
from sync.ledger import latest_runs
from sync.quarantine import Parked
from tests.caseworker.conftest import Browser
from tests.conftest import VARIABLES, Postgres
from tests.korsbaek.published import Judge
from tests.way.hub import Hub, opened
from tests.way.test_night import ANYTHING, parked_numbers

SEED = 7
COUNTED = ("new", "changed", "gone", "quarantined")


@dataclass
class Reading:
    """How the store stood after every source was read, and what the town held then."""

    ledger: dict[str, Any]
    began: datetime
    ran: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """Counts by source and stream, as `helhed runs` shows them."""
    states: dict[str, str] = field(default_factory=dict)
    landed: dict[str, int] = field(default_factory=dict)
    """Records in the store, by source/stream."""
    facts: dict[str, dict[str, int]] = field(default_factory=dict)
    """What the store holds of each source by table, as it is said now."""
    parked: list[Parked] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """CPR numbers whose turn it was at CPR."""
    unread: set[str] = field(default_factory=set)
    """CPR numbers whose record at CPR is parked."""


@dataclass
class Landscape:
    """A town of so many citizens, before and after a night, and the store beside it."""

    hub: Hub
    judge: Judge | None = None
    first: Reading = field(init=False)
    """Before the night."""
    evening: datetime = field(init=False)
    page: Borgeroverblik = field(init=False)
    """The showcase citizen's, then."""
    html: str = field(init=False)
    """The same as a caseworker of the municipality gets it, who may see every area."""
    book: dict[str, Any] = field(init=False)
    """What the night did, by stream."""
    second: Reading = field(init=False)
    """After it."""
    again: Reading = field(init=False)
    """After the same once more."""
    took: dict[str, float] = field(default_factory=dict)
    """Seconds, by what was done."""

    def live(self) -> None:
        """The night passes, and everything is read before it, after it, and once more."""
        town = self.town()
        with sqlite3.connect(self.hub.town / "before.db") as kept:
            town.db.backup(kept)
        town.close()
        with self.timed("first sync"):
            self.first = self.read()
        self.evening = now()
        with self.timed("page"):
            self.page = read_borger(ANYTHING, self.showcase(), tid())
            self.html = self.looked_up()
        with self.timed("night"):
            self.book = municipality.night(self.hub.town)["streams"]
        with self.timed("second sync"):
            self.second = self.read()
        with self.timed("third sync"):
            self.again = self.read()

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Keeps how long something took."""
        began = time.monotonic()
        yield
        self.took[what] = time.monotonic() - began

    def read(self) -> Reading:
        """Every source in one sync."""
        began = now()
        results = self.hub.sync()
        assert {r.error for r in results.values() if r.state != "succeeded"} == set()
        found = Reading(self.hub.ledger(), began=began)
        for system in self.systems():
            (run,) = latest_runs(system)
            found.states[system] = run["state"]
            found.ran[system] = {n: {what: c[what] for what in COUNTED} for n, c in run["streams"].items()}
        counted = "select source || '/' || stream, count(*) from landed group by 1"
        found.landed = dict(self.hub.rows(counted))
        for table in FACT_TABLES:
            held = (
                f"select source, count(*) from {table} where kendt_til is null and registreret_til is null group by 1"
            )
            for source, number in self.hub.rows(held):
                found.facts.setdefault(source, {})[table] = number
        found.parked = self.hub.quarantine()
        turn = (
            "select i.nummer from asked a join identitet i on i.objekt = a.objekt"
            " where a.source = 'cpr' and a.asked >= %s and i.art = 'cpr'"
        )
        found.asked = {nummer for (nummer,) in self.hub.rows(turn, (began,))}
        found.unread = parked_numbers(self.hub)
        return found

    def looked_up(self) -> str:
        """The showcase citizen's page as a caseworker of the municipality gets it, who may see every area."""
        cpr = self.hub.ledger()["showcase"]["cpr"]
        vibeke = Browser(create_app(), "vibeke")
        found = vibeke.find(cpr)
        page = found if "/borgere/" in str(found.url) else vibeke.get(f"/borgere/{self.showcase()}")
        assert page.status_code == 200
        return str(page.text)

    def systems(self) -> list[str]:
        """The systems that have a door of their own."""
        return sorted(path.stem for path in (self.hub.config / "sources").glob("*.toml"))

    def before(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the town as it was before the night."""
        with sqlite3.connect(self.hub.town / "before.db") as kept:
            return kept.execute(sql).fetchall()

    def town(self) -> Town:
        """The town file, for looking things up."""
        return Town.open(self.hub.town / "town.db")

    def showcase(self) -> UUID:
        """The first citizen, who has something in every system."""
        cpr = self.hub.ledger()["showcase"]["cpr"]
        ((person,),) = self.hub.rows("select objekt from identitet where art = 'cpr' and nummer = %s", (cpr,))
        return UUID(str(person))


@pytest.fixture(scope="module", params=[60, pytest.param(2000, marks=pytest.mark.full)])
def landscape(
    request: pytest.FixtureRequest, postgres: Postgres, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Landscape]:
    """Everything has happened when a test gets it; nothing happens after."""
    folder = tmp_path_factory.mktemp("landscape")
    name = f"landscape_{secrets.token_hex(6)}"
    postgres.create(name, migrated)
    with pytest.MonkeyPatch.context() as patch:
        for role, variable in VARIABLES.items():
            patch.setenv(variable, postgres.url(role, name))
        patch.setenv("HELHED_HOME", str(folder / "home"))
        patch.setenv("HELHED_KEY", Fernet.generate_key().decode())
        began = time.monotonic()
        municipality.up(folder / "town", request.param, SEED, 0, further=municipality.further())
        found = Landscape(opened(folder / "town", folder / "config", patch))
        found.took["town"] = time.monotonic() - began
        if contracts_folder().is_dir():
            found.judge = Judge(contracts_folder())
            found.judge.sit(patch)
        try:
            found.live()
            yield found
        finally:
            municipality.down(folder / "town")
            for role in VARIABLES:
                engine(role).dispose()  # type: ignore[arg-type]
    postgres.drop(name)
