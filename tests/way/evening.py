"""Work at the store that dies by kill -9 at a chosen point: each order is done by a process forked for it.

One order a line of stdin, as JSON: `does` (sync, consolidate or erase), `at` (the statement to the store before which,
or `after` so many seconds into which, the process is killed; 0: never) and its `environment`. What stdout tells of
each: where in the code the blow fell, how many statements had been sent, the error it ended with, and how it ended.
"""

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

import psycopg

from connectors import registry
from helhed.settings import sources
from sync.consolidate import consolidate
from sync.erasure import erase
from sync.night import sync_all


def _sync() -> None:
    for result in sync_all():
        if result.state == "failed":
            raise RuntimeError(result.source)
    consolidate()


def _consolidate() -> None:
    consolidate(full=True)


def _erase() -> None:
    erase()


WORK: dict[str, Callable[[], None]] = {"sync": _sync, "consolidate": _consolidate, "erase": _erase}


class Fate:
    """Counts statements sent to the store, and kills this process at one of them."""

    def __init__(self, at: int, after: float) -> None:
        self.at, self.after, self.sent = at, after, 0
        self._lock = threading.Lock()

    def watch(self, owner: type, name: str) -> None:
        """Count the calls of a method as statements."""
        given = getattr(owner, name)

        def counted(this: Any, *args: Any, **kwargs: Any) -> Any:
            with self._lock:
                self.sent += 1
                mine = self.sent == self.at
            if mine:
                self._strike()
            return given(this, *args, **kwargs)

        setattr(owner, name, counted)

    def _strike(self) -> None:
        _say({"killed": True, "where": _where(), "sent": self.sent})
        if self.after:
            threading.Timer(self.after, _die).start()
        else:
            _die()


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _where() -> str:
    """The function of ours that was about to speak with the store."""
    ours = [f for f in traceback.extract_stack() if "/sync/" in f.filename and not f.filename.endswith("/database.py")]
    if not ours:
        return "elsewhere"
    path = ours[-1].filename
    return f"{path[path.rindex('/sync/') + 1 :].removesuffix('.py').replace('/', '.')}.{ours[-1].name}"


def _child(order: dict[str, Any]) -> None:
    os.environ.update(order["environment"])

    fate = Fate(order["at"], order["after"])
    for owner, name in ((psycopg.Cursor, "execute"), (psycopg.Cursor, "copy"), (psycopg.Transaction, "__exit__")):
        fate.watch(owner, name)
    error = ""
    try:
        WORK[order["does"]]()
    except Exception:
        error = traceback.format_exc()[-2000:]
    _say({"killed": False, "where": "", "sent": fate.sent, "error": error})
    os._exit(0)


def _ready(environment: dict[str, str]) -> None:
    """Import everything that a night uses, so that a child need not."""
    os.environ.update(environment)
    for source in sources().good.values():
        registry.load(source.connector)


def main() -> None:
    """Do one order after another."""
    _ready(json.loads(sys.stdin.readline())["environment"])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _child(json.loads(line))
        _, status = os.waitpid(child, 0)
        _say({"ended": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
