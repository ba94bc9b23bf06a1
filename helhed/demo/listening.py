"""`helhed listen` as a process of its own: change messages, and what caseworkers ask to be fetched again."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from helhed.settings import home


@contextmanager
def listening(port: int, say: Callable[[str], None]) -> Iterator[None]:
    """The listener on 127.0.0.1:port; stopped again at the end."""
    command = [sys.executable, "-m", "helhed.cli", "listen", "--port", str(port)]
    with (home() / "listen.log").open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        say(f"Change messages are taken on http://127.0.0.1:{port}, and 'Hent igen' is answered")
        yield
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
