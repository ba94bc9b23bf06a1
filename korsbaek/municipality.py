"""Korsbaek Kommune as a whole: its town file and one server process a vendor system."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from korsbaek import pki, tokens
from korsbaek.beskedfordeler import sent
from korsbaek.generate import generate
from korsbaek.hostile.plan import read
from korsbaek.landscape import records
from korsbaek.landscape.place import names
from korsbaek.ledger import ledger as read_ledger
from korsbaek.night import pass_night
from korsbaek.setting import SYSTEMS, auth, base_url, secret, shows_wsdl
from korsbaek.town import Town

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds that a server may take to start."""


class TownError(RuntimeError):
    """The municipality cannot do what was asked; one line for people."""


def up(
    folder: Path,
    citizens: int = 2000,
    seed: int = 7,
    port: int | None = None,
    day: date | None = None,
    only: Sequence[str] | None = None,
    faults: Path | None = None,
    token: Sequence[str] | None = None,
    further: Sequence[str] = (),
) -> None:
    """Makes the town if there is none, starts what does not run, and waits until each system answers.

    `further`: the systems that a new town has beside the first five (korsbaek.landscape). `port`: the first of
    several; 0 for free ones; None for those of last time, else free ones. `token`: the SOAP services that want a token
    of the town's token service; None for those of last time, at first none. `faults`: the file that says how they
    misbehave (docs/hostile.md); FaultsError when it cannot be read.
    """
    if faults:
        read(faults)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "town.db"
    if not path.exists():
        generate(path, citizens, seed, day or date.today(), further).close()
    pki.make(folder / "pki")
    secret(folder, "nexus")
    if token is not None:
        down(folder, tokens.demand(folder, token))
    started = []
    for place, system in enumerate(_servers(folder)):
        if (only is not None and system not in only) or _alive(folder, system):
            continue
        last = _told(folder, system).get("port", 0) if port is None else 0
        started.append((system, _start(folder, system, port + place if port else last, faults)))
    try:
        for system, process in started:
            _await(folder, system, process)
    except BaseException:
        for _, process in started:
            process.terminate()
        raise


def further() -> tuple[str, ...]:
    """The systems that a town can have beside the first five."""
    return names()


def _servers(folder: Path) -> tuple[str, ...]:
    """The vendor systems, and the token service when any of them wants a token."""
    return (*_systems(folder), tokens.STS) if tokens.read(folder)["systems"] else _systems(folder)


def _systems(folder: Path) -> tuple[str, ...]:
    town = _open(folder)
    try:
        return (*SYSTEMS, *records.further(town))
    finally:
        town.close()


def _start(folder: Path, system: str, port: int, faults: Path | None) -> "subprocess.Popen[bytes]":
    (folder / "run").mkdir(exist_ok=True)
    (folder / "run" / f"{system}.json").unlink(missing_ok=True)
    words = [sys.executable, "-m", "korsbaek.serve", system, "--folder", str(folder.resolve()), "--port", str(port)]
    if faults:
        words += ["--faults", str(faults.resolve())]
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    with (folder / "run" / f"{system}.log").open("ab") as log:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )


def _await(folder: Path, system: str, process: "subprocess.Popen[bytes]") -> None:
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while not _alive(folder, system):
        if process.poll() is not None or time.monotonic() > deadline:
            raise TownError(f"{system} did not start; see run/{system}.log in the town's folder")
        pause.wait(0.05)


def down(folder: Path, only: Sequence[str] | None = None) -> None:
    """Stops the servers; the town file stays."""
    ran = sorted(path.stem for path in (folder / "run").glob("*.json"))
    told = {system: _told(folder, system).get("pid", 0) for system in ran if only is None or system in only}
    waiting = {system: pid for system, pid in told.items() if pid and _is_ours(pid)}
    for pid in waiting.values():
        os.kill(pid, signal.SIGTERM)
    deadline, pause = time.monotonic() + 10, threading.Event()
    while any(_is_ours(pid) for pid in waiting.values()):
        if time.monotonic() > deadline:
            for pid in waiting.values():
                if _is_ours(pid):
                    os.kill(pid, signal.SIGKILL)
        pause.wait(0.02)


def status(folder: Path) -> dict[str, Any]:
    """Each system's address and what opens it; the town's day."""
    town = _open(folder)
    systems = {}
    sts = _told(folder, tokens.STS) if tokens.STS in _servers(folder) else {}
    at = base_url(tokens.STS, sts["port"]) if sts else None
    for system in _systems(folder):
        told = _told(folder, system)
        url = base_url(system, told["port"]) if told else None
        systems[system] = {
            "id": system,
            "url": url,
            "wsdl": f"{url}?wsdl" if url and shows_wsdl(system) else None,
            "pid": told.get("pid"),
            "alive": _alive(folder, system),
            "auth": auth(folder, system, url, at) if url else None,
        }
    nights = int(town.meta("nights"))
    service = {"url": at, "alive": _alive(folder, tokens.STS)} if at else None
    found = {
        "systems": systems,
        "sts": service,
        "beskedfordeler": sent(folder),
        "day": town.meta("day"),
        "nights": nights,
    }
    town.close()
    return found


def night(folder: Path, mend: bool = False, push: str | None = None, gone: float | None = None) -> dict[str, Any]:
    """Lets a night pass; gives what it changed. `push`: where to POST CPR change messages.

    `gone`: instead of a few, remove this share of the SBSYS cases and grants (a vendor's mishap).
    """
    town = _open(folder)
    try:
        return pass_night(town, folder, mend=mend, push=push, gone=gone)
    finally:
        town.close()


def ledger(folder: Path) -> dict[str, Any]:
    """What the town truly holds, what each night changed, and what of it each contract can reveal."""
    town = _open(folder)
    try:
        return read_ledger(town)
    finally:
        town.close()


def _open(folder: Path) -> Town:
    if not (folder / "town.db").exists():
        raise TownError("there is no town here; start it with: helhed korsbaek up")
    return Town.open(folder / "town.db")


def _told(folder: Path, system: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / "run" / f"{system}.json").read_text())
    except (OSError, ValueError):
        return {}
    return found


def _alive(folder: Path, system: str) -> bool:
    told = _told(folder, system)
    if not told or not _is_ours(told["pid"]):
        return False
    try:
        socket.create_connection(("127.0.0.1", told["port"]), timeout=2).close()
    except OSError:
        return False
    return True


def _is_ours(pid: int) -> bool:
    try:
        os.waitpid(pid, os.WNOHANG)  # our own child that has ended would else look alive
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    words = Path(f"/proc/{pid}/cmdline")
    return not words.exists() or b"korsbaek.serve" in words.read_bytes()
