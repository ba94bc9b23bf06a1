"""The caseworker's view as a process of its own, as it runs in production."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import requests

from helhed.settings import SettingsError, home


@contextmanager
def serving(port: int, say: Callable[[str], None]) -> Iterator[None]:
    """The view on 127.0.0.1:port, ready, and the sealer of its log; stopped again at the end."""
    with socket.socket() as knock:
        if knock.connect_ex(("127.0.0.1", port)) == 0:
            raise SettingsError(f"Port {port} is in use: stop what runs there, or give another --port.")
    log = home() / "view.log"
    with log.open("ab") as out:
        process = _start(out, "serve", "--port", str(port))
        sealer = _start(out, "log", "seal", "--every", "60")
    try:
        deadline = time.monotonic() + 60
        while not _ready(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SettingsError(f"The caseworker's view did not start: the reason stands at the end of {log}.")
            time.sleep(0.2)
        say(f"The caseworker's view is ready on http://127.0.0.1:{port}")
        yield
    finally:
        for one in (process, sealer):
            one.terminate()
        for one in (process, sealer):
            one.wait(15)


def _start(out: IO[bytes], *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "helhed.cli", *command], stdout=out, stderr=subprocess.STDOUT)


def wait() -> None:
    """Until Ctrl-C."""
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return


def _ready(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200
    except requests.RequestException:
        return False
