"""Child processes that are not left behind: each has a session of its own, and ends with everything that it started."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 15.0
"""How long a child may take to end when it is asked to."""
Child = subprocess.Popen[bytes]


def start(command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> Child:
    """A child that writes to `log`. Ctrl-C in our terminal does not reach it: it ends when `stop` says so."""
    with log.open("ab") as out:
        return subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)


def stop(*children: Child, seconds: float = SECONDS) -> None:
    """Asks all of them to end, waits for each, and ends by force what is left of it and of what it has started."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        while not _has_ended(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _has_ended(child: Child) -> bool:
    """Leaves it unreaped, so that its number stays that of its group."""
    if child.returncode is not None:
        return True
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Within it SIGTERM (kill, a machine that goes down) and SIGHUP (a terminal that is closed) leave by SystemExit, as
    Ctrl-C does by KeyboardInterrupt, so that whatever stops children on the way out does so. After the first of them
    no other is heard, so that nothing comes between."""

    def leave(number: int, _: object) -> None:
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)

    ends = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    wanted = [one for one in ends if signal.getsignal(one) is not signal.SIG_IGN]
    before = {one: signal.getsignal(one) for one in wanted}
    for one in wanted:
        signal.signal(one, leave)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


__all__ = ["Child", "ended_in_order", "start", "stop"]
