"""The caseworker's view as a process of its own, as it runs in production."""

import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import requests

from helhed import children
from helhed.settings import SettingsError, home


@contextmanager
def serving(port: int, say: Callable[[str], None]) -> Iterator[None]:
    """The view on 127.0.0.1:port, ready, and the sealer of its log; stopped again at the end."""
    with socket.socket() as knock:
        if knock.connect_ex(("127.0.0.1", port)) == 0:
            raise SettingsError(f"Port {port} is in use: stop what runs there, or give another --port.")
    log = home() / "view.log"
    helhed = [sys.executable, "-m", "helhed.cli"]
    process = children.start([*helhed, "serve", "--port", str(port)], log)
    sealer = children.start([*helhed, "log", "seal", "--every", "60"], log)
    try:
        deadline = time.monotonic() + 60
        while not _ready(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SettingsError(f"The caseworker's view did not start: the reason stands at the end of {log}.")
            time.sleep(0.2)
        say(f"The caseworker's view is ready on http://127.0.0.1:{port}")
        yield
    finally:
        children.stop(process, sealer)


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
