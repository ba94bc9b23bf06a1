"""The demo as a user runs it, with Airflow's scheduler: it ends with one citizen, repeats itself without a change, and
nothing that it leaves behind holds a citizen's number or text, but for the town's own truth and the encrypted store."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from korsbaek.landscape.place import names
from korsbaek.setting import SYSTEMS
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
CITIZENS = 60
TABLES = """select table_name from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE' order by 1"""
BOOKKEEPING = {
    "run",
    "run_stream",
    "stream_state",
    "asked",
    "opslag",
    "opslagsblok",
    "vandmaerke",
    "alembic_version",
} | {"field_seen"}
"""Tables that say when the hub looked and what it has looked at, not what it holds."""


def free_ports() -> list[int]:
    """A free block of ports for the town and its token service, one each for messages, the view and Airflow."""
    town = len(SYSTEMS) + len(names()) + 1
    while True:
        first = free_port()
        taken = [p for p in range(first, first + town + 3) if socket.socket().connect_ex(("127.0.0.1", p)) == 0]
        if not taken:
            return [first, first + town, first + town + 1, first + town + 2]


class Demo:
    """One home, demoed as often as asked."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.ports = free_ports()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("HELHED_", "AIRFLOW", "PYTEST"))}
        self.env = kept | {"HELHED_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "240"}

    def run(self) -> str:
        town, listen, view, airflow = self.ports
        command = [
            sys.executable, "-m", "helhed.cli", "demo", "--once", "--citizens", str(CITIZENS), "--seed", "7",
            "--town-port", str(town), "--port", str(view), "--airflow-port", str(airflow),
            "--listen-port", str(listen),
        ]  # fmt: skip
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=540, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout + done.stderr

    def helhed(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "helhed.cli", *command],
            env=self.env, capture_output=True, text=True, cwd=ROOT, check=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    def query(self, role: str, sql: str) -> list[tuple[Any, ...]]:
        url = json.loads((self.home / "db" / "urls.json").read_text())[role]
        with psycopg.connect(re.sub(r"\+\w+", "", url, count=1)) as c:
            return c.execute(sql).fetchall()

    def held(self) -> dict[str, int]:
        """A number for the content of each table that holds what vendors said."""
        names = [n for (n,) in self.query("owner", TABLES) if n not in BOOKKEEPING]
        hashed = "select coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from"
        return {n: int(self.query("owner", f'{hashed} "{n}" t')[0][0]) for n in names}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    made = Demo(tmp_path_factory.mktemp("demo"))
    yield made
    made.helhed("korsbaek", "down")
    made.helhed("db", "down")


@pytest.fixture(scope="module")
def first(demo: Demo) -> str:
    return demo.run()


@pytest.mark.timeout(1200)
def test_it_ends_with_one_citizen_and_the_receipt_of_every_system(first: str) -> None:
    for system in ("CPR-registret", "Sags- og Dokumentindekset", "Ydelsesindekset", "KMD Nexus", "SBSYS"):
        assert system in first
    assert "fails" not in first


@pytest.mark.timeout(1200)
def test_it_leaves_no_trace_of_anyone(demo: Demo, first: str) -> None:
    demo.helhed("db", "up")
    leaves_no_trace(demo, first)
    demo.helhed("db", "down")


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_again_changes_no_row(demo: Demo, first: str) -> None:
    demo.helhed("db", "up")
    before = demo.held()
    demo.helhed("db", "down")

    again = demo.run()

    demo.helhed("db", "up")
    assert demo.held() == before
    leaves_no_trace(demo, again)


def leaves_no_trace(demo: Demo, printed: str) -> None:
    """No number and no text of a citizen in a log, an XCom or an event."""
    numbers, texts = planted(demo), payloads(demo)
    xcom = [str(row) for row in demo.query("airflow", "select * from xcom")]
    assert xcom, "Airflow kept no counts: the canary would prove nothing"
    left = {str(p.relative_to(demo.home)): p.read_text(errors="replace") for p in traces(demo.home)}
    assert any("nightly_sdi" in name for name in left), "no log of Airflow's tasks was found"
    left |= {"printed": printed, "xcom": "\n".join(xcom)}
    left["assets"] = str(demo.query("airflow", "select * from asset_event"))
    leaks = {name: n for name, text in left.items() if (n := sum(number in text for number in numbers))}
    leaks.pop("printed", None)  # the caseworker who asked for a citizen by number may see it
    assert leaks == {}
    spilt = {name: t for name, text in left.items() if name != "printed" for t in texts if t in text}
    assert spilt == {}


def planted(demo: Demo) -> set[str]:
    """Every CPR number that the hub has met, in both spellings."""
    numbers = {n for (n,) in demo.query("sync", "select nummer from identitet where art = 'cpr'")}
    assert len(numbers) >= CITIZENS // 2
    return numbers | {f"{n[:6]}-{n[6:]}" for n in numbers}


def payloads(demo: Demo) -> set[str]:
    """Texts that only a citizen's record holds: names and notes."""
    names = {n for (n,) in demo.query("sync", "select adresseringsnavn from navn where length(adresseringsnavn) > 12")}
    notes = {n[:60] for (n,) in demo.query("sync", "select notat from journalnotat where length(notat) > 40 limit 50")}
    assert names
    assert notes
    return names | notes


def traces(home: Path) -> Iterator[Path]:
    """Every file that the hub and Airflow wrote, but for the databases and the town's own truth."""
    for path in home.rglob("*"):
        inside = path.relative_to(home).parts
        if path.is_file() and inside[0] not in ("korsbaek", "config") and "cluster" not in inside:
            yield path
