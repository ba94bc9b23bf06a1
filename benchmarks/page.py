"""Rows 7 to 9: the citizen's page, the same as JSON, and search, by the real server before 16 clients."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any

import psycopg
import requests

from benchmarks import clients, process
from benchmarks.citizens import NOW, Citizen
from benchmarks.filling import fill
from benchmarks.results import Figure
from benchmarks.store import ROLES, Server, plain

CLIENTS = 16
CITIZENS, WHOLE = 30_000, 300_000
"""In the short run, and at the targets' size."""
SAMPLE = 320
"""Citizens whose pages are asked for."""
SECONDS = 8.0
READERS = ("vibeke", "ali")
"""Of Korsbaek's caseworkers: one who may see nearly everything, and one to whom much is hidden."""
FORMAAL = "tilsyn"


def figures(server: Server, folder: Path, citizens: int, rounds: int) -> list[Figure]:
    """Fills a store and asks both servers in turn; medians of the rounds' ratios."""
    where = server.fresh(migrated=True)
    sample, facts = fill(where, citizens, SAMPLE)
    server.settle()
    config = str(process.ROOT / "korsbaek" / "kommune")
    environment = where | {"HELHED_CONFIG": config, "HELHED_NOW": NOW.isoformat(), "HELHED_HOME": str(folder)}
    people, statements = folder / "people.json", folder / "statements"
    people.write_text(json.dumps([str(c.person) for c in sample]), encoding="utf-8")
    number = process.measured("benchmarks.statements", str(people), str(statements), *READERS, environment=environment)
    turns = []
    with (
        serving(environment, "-m", "helhed.cli", "serve", "--port") as ours,
        serving(environment, "-m", "benchmarks.bare", str(statements)) as bare,
    ):
        asked = workloads(ours, bare, sample)
        for _ in range(rounds):
            turns.append({kind: _clients(port, requests) for kind, (port, requests) in asked.items()})
            with psycopg.connect(plain(where[ROLES["owner"]])) as store:
                store.execute("delete from opslag where tid >= %s", (NOW,))
    server.drop(where)
    size = f"{citizens:,} citizens, {facts:,} rows, {CLIENTS} clients, median of {rounds}"
    return _rows(turns, size, citizens >= WHOLE, number)


def workloads(ours: int, bare: int, sample: list[Citizen]) -> dict[str, tuple[int, list[list[dict[str, Any]]]]]:
    """Port and requests of each client by what is asked for."""
    people = list(enumerate(sample))
    readers = [login(ours, name) for name in READERS]

    def each(port: int, request: Any) -> tuple[int, list[list[dict[str, Any]]]]:
        shifted = [people[k * len(people) // CLIENTS :] + people[: k * len(people) // CLIENTS] for k in range(CLIENTS)]
        return port, [[request(n, citizen) for n, citizen in own] for own in shifted]

    def search(word: str) -> Any:
        def one(n: int, citizen: Citizen) -> dict[str, Any]:
            body = json.dumps({"q": getattr(citizen, word), "formaal": FORMAAL})
            path = "/api/v1/sager/search" if word == "sagsnummer" else "/api/v1/borgere/search"
            return {"method": "POST", "path": path, "body": body, "headers": readers[n % 2]["api"]
                    | {"Content-Type": "application/json"}}  # fmt: skip

        return each(ours, one)

    return {
        "page": each(ours, lambda n, c: _get(f"/borgere/{c.person}", readers[n % 2]["web"])),
        "bare page": each(bare, lambda n, _: _get(f"/page/{n}", {})),
        "json": each(ours, lambda n, c: _get(f"/api/v1/borgere/{c.person}", readers[n % 2]["api"])),
        "bare json": each(bare, lambda n, _: _get(f"/json/{n}", {})),
        **{word: search(word) for word in ("navn", "adresse", "sagsnummer")},
    }


def _get(path: str, headers: dict[str, str]) -> dict[str, Any]:
    return {"method": "GET", "path": path, "headers": headers}


def login(port: int, name: str) -> dict[str, dict[str, str]]:
    """The headers of a caseworker who has said why, in the browser and by the API."""
    address, web = f"http://127.0.0.1:{port}", requests.Session()
    web.post(f"{address}/login", data={"bruger": name}, timeout=60)
    token = re.search(r'name="csrf" value="([^"]+)"', web.get(f"{address}/", timeout=60).text)
    assert token
    web.post(f"{address}/soeg", data={"csrf": token[1], "q": "S-0-1", "formaal": FORMAAL}, timeout=60)
    bearer = requests.post(f"{address}/api/v1/login", json={"bruger": name}, timeout=60).json()["token"]
    cookie = "; ".join(f"{c.name}={c.value}" for c in web.cookies)
    return {"web": {"Cookie": cookie}, "api": {"Authorization": f"Bearer {bearer}", "X-Formaal": FORMAAL}}


@contextmanager
def serving(environment: dict[str, str], *command: str) -> Iterator[int]:
    """The port of a server, when it answers."""
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        port = knock.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *command, str(port)], cwd=process.ROOT, env=os.environ | {"PYTHONPATH": str(process.ROOT)}
        | environment,
    )  # fmt: skip
    try:
        for _ in range(600):
            try:
                requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10)
                break
            except requests.ConnectionError:
                sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _clients(port: int, asked: list[list[dict[str, Any]]]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.clients"], cwd=process.ROOT, capture_output=True, text=True,
        input=json.dumps({"port": port, "seconds": SECONDS, "clients": asked}),
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _rows(turns: list[dict[str, dict[str, float]]], size: str, whole: bool, number: dict[str, Any]) -> list[Figure]:
    def told(*kinds: str) -> dict[str, Any]:
        return {
            f"{kind}: p50 and p95 in ms, answers/s": [
                *(round(median(t[kind][p] for t in turns), 1) for p in ("p50", "p95")),
                round(median(t[kind]["answers"] for t in turns) / SECONDS / (1 - clients.WARM)),
            ]
            for kind in kinds
        }

    def ratio(kind: str, to: str) -> float:
        return median(t[kind]["p95"] / t[to]["p95"] for t in turns)

    searches = {word: ratio(word, "page") for word in ("navn", "adresse", "sagsnummer")}
    return [
        Figure(7, ratio("page", "bare page"), size, whole, told("page", "bare page") | number),
        Figure(8, ratio("json", "bare json"), size, whole, told("json", "bare json")),
        Figure(9, max(searches.values()), f"{size}; the slowest of the three counts", whole,
               told(*searches) | {f"{word} against the page": round(r, 2) for word, r in searches.items()}),
    ]  # fmt: skip
