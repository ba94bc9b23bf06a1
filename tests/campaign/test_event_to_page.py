"""From a message to the citizen's page: the listener and the view as processes of their own, over real HTTP."""

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from korsbaek import municipality
from korsbaek.beskedfordeler import message
from korsbaek.town import Town
from korsbaek.write import put_people
from tests import rabbitmq
from tests.rabbitmq import free_port
from tests.way.hub import ROOT, Hub, opened

QUEUE = "9d3f6c1e-9f0b-4a55-8a53-5ad1ab0b6a01"
EVENTS = int(os.environ.get("CAMPAIGN_EVENTS", "200"))


@dataclass
class Running:
    """A town, its hub, and the two servers beside it."""

    hub: Hub
    town: Town
    view: str
    door: str
    people: list[tuple[str, str]]
    """CPR number and UUID of citizens."""
    told: int = 0
    session: requests.Session = field(default_factory=requests.Session)

    def name(self, person: str) -> str:
        """The name on the citizen's page, over HTTP, as a caseworker sees it."""
        answer = self.session.get(f"{self.view}/api/v1/borgere/{person}", timeout=30)
        assert answer.status_code == 200, answer.text[:300]
        return str(answer.json()["hvem"]["navn"]["vaerdi"])

    def change(self) -> tuple[str, str, bytes]:
        """Somebody gets a new middle name: whom it shows on, the name, and the message about it."""
        self.told += 1
        cpr, person = self.people[self.told % len(self.people)]
        found = self.town.person(cpr)
        assert found
        word = "Besked" + "".join(chr(ord("a") + int(digit)) for digit in str(self.told))
        found.navne[-1] = replace(found.navn, mellemnavn=word)
        put_people(self.town, [found])
        return person, word, message(cpr, date(2026, 3, 2) + timedelta(days=self.told))

    def shown(self, person: str, word: str, seconds: float) -> None:
        """Return when the page shows it."""
        deadline, pause = time.monotonic() + seconds, threading.Event()
        while word not in self.name(person):
            assert time.monotonic() < deadline, "the page never showed it"
            pause.wait(0.05)


def running(folder: Path, patch: pytest.MonkeyPatch, citizens: int) -> Iterator[Running]:
    """A town that has had its first night, with `helhed listen` and `helhed serve` beside it."""
    municipality.up(folder / "town", citizens, 7, 0)
    servers: list[subprocess.Popen[bytes]] = []
    try:
        hub = opened(folder / "town", folder / "config", patch)
        assert {result.state for result in hub.sync().values()} == {"succeeded"}
        view, door = free_port(), free_port()
        for words in (("serve", "--port", str(view)), ("listen", "--port", str(door))):
            servers.append(subprocess.Popen([sys.executable, "-m", "helhed.cli", *words], cwd=ROOT))
        rows = hub.rows(
            "select i.nummer, i.objekt::text from identitet i join landed l on l.owner = i.objekt and l.source = 'cpr'"
            " where i.art = 'cpr' and i.kendt_til is null order by 1"
        )
        town = Town.open(folder / "town" / "town.db")
        people = [(cpr, person) for cpr, person in rows if (p := town.person(cpr)) and p.cpr == cpr and p.status == 1]
        made = Running(hub, town, f"http://127.0.0.1:{view}", f"http://127.0.0.1:{door}", people)
        for url in (f"{made.view}/readyz", f"{made.door}/healthz"):
            await_answer(url)
        token = made.session.post(f"{made.view}/api/v1/login", json={"bruger": "vibeke"}, timeout=30).json()["token"]
        made.session.headers.update({"Authorization": f"Bearer {token}", "X-Formaal": "tilsyn"})
        yield made
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(60)
        municipality.down(folder / "town")


def await_answer(url: str) -> None:
    """Return when it answers."""
    deadline, pause = time.monotonic() + 120, threading.Event()
    while time.monotonic() < deadline:
        try:
            if requests.get(url, timeout=5).status_code == 200:
                return
        except requests.RequestException:
            pass
        pause.wait(0.1)
    raise AssertionError(f"{url} does not answer")


def test_a_pushed_message_arrives_at_the_page(
    store: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for town in running(tmp_path, monkeypatch, 60):
        person, word, body = town.change()
        assert word not in town.name(person)
        answer = requests.post(town.door, data=body, timeout=30)
        assert "<sd:StatusKode>20</sd:StatusKode>" in answer.text
        town.shown(person, word, 120)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_how_long_it_takes_with_a_night_under_way(
    store: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Half by REST push, half by queue, one after the other, while whole nights run without a pause."""
    for rabbit in rabbitmq.fresh():
        rabbit.declare(QUEUE)
        monkeypatch.setenv("AIRFLOW_CONN_BESKEDFORDELER", queue(rabbit))
        for town in running(tmp_path, monkeypatch, 400):
            stop, passed = threading.Event(), list[int]()
            beside = threading.Thread(target=nights, args=(stop, passed))
            beside.start()
            took = []
            try:
                for n in range(EVENTS):
                    person, word, body = town.change()
                    began = time.monotonic()
                    if n % 2:
                        requests.post(town.door, data=body, timeout=60)
                    else:
                        rabbit.publish(QUEUE, body)
                    town.shown(person, word, 300)
                    took.append(time.monotonic() - began)
            finally:
                stop.set()
                beside.join()
            figures = {"events": len(took), "median": statistics.median(took), "worst": max(took)}
            record_property("campaign", told({**figures, "nights": len(passed)}))
            assert len(took) == EVENTS and passed


def nights(stop: threading.Event, passed: list[int]) -> None:
    """Whole nights of all sources, one after the other; what each of them ended with."""
    command = [sys.executable, "-m", "helhed.cli", "sync", "--full", "--json"]
    while not stop.is_set():
        passed.append(subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode)


def told(figures: dict[str, Any]) -> str:
    """The figures as a line."""
    return (
        "Event to page, nights running: {events} messages, median {median:.2f} s, worst {worst:.2f} s"
        " (aim 5 s); {nights} whole nights meanwhile".format(**figures)
    )


def queue(rabbit: rabbitmq.RabbitMq) -> str:
    """The queue as Airflow's JSON form of a connection."""
    return (
        f'{{"conn_type": "amqp", "host": "amqp://127.0.0.1:{rabbit.port}", "login": "guest", "password": "guest",'
        f' "extra": {{"queue": "{QUEUE}"}}}}'
    )
