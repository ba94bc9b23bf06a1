"""`helhed listen` as a process of its own: change messages, and what caseworkers ask to be fetched again."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from helhed import children
from helhed.settings import home

PATIENCE = 40.0
"""Seconds for what it is at to be finished."""


@contextmanager
def listening(port: int, say: Callable[[str], None]) -> Iterator[None]:
    """The listener on 127.0.0.1:port; stopped again at the end."""
    command = [sys.executable, "-m", "helhed.cli", "listen", "--port", str(port)]
    process = children.start(command, home() / "listen.log")
    try:
        say(f"Change messages are taken on http://127.0.0.1:{port}, and 'Hent igen' is answered")
        yield
    finally:
        children.stop(process, seconds=PATIENCE)
