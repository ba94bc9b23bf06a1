"""What is started is ended, with everything below it, however the starter is ended."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from helhed import children

STARTER = """
import signal, sys, time
from pathlib import Path
from helhed import children
# Whoever runs the tests may ignore Ctrl-C, as a shell's "&" does, or the end of the terminal, as nohup does.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
with children.ended_in_order():
    child = children.start([sys.executable, "-c", sys.argv[2]], Path(sys.argv[1]))
    try:
        print("started", flush=True)
        while True:
            time.sleep(3600)
    finally:
        children.stop(child, seconds=0.5)
"""
TREE = """
import signal, subprocess, sys, time
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(3600)"
below = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
below.stdout.readline()
{how}
print("both", flush=True)
time.sleep(3600)
"""
HOW = {"an obedient child": "", "a deaf child": "signal.signal(signal.SIGTERM, signal.SIG_IGN)"}


@pytest.mark.parametrize("how", HOW.values(), ids=HOW.keys())
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda s: s.name)
def test_a_tree_ends_with_its_starter(tmp_path: Path, end: signal.Signals, how: str) -> None:
    """The child has a child of its own that does not listen to SIGTERM; whoever ends the starter is impatient."""
    log, pause = tmp_path / "log", threading.Event()
    words = [sys.executable, "-c", STARTER, str(log), TREE.format(how=how)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as starter:
        assert starter.stdout is not None
        try:
            assert starter.stdout.readline() == b"started\n"
            eventually(lambda: log.is_file() and "both" in log.read_text())
            below = psutil.Process(starter.pid).children(recursive=True)
            assert len(below) == 2
            starter.send_signal(end)
            while starter.poll() is None:
                pause.wait(0.05)
                starter.send_signal(end)
        finally:
            starter.kill()
    eventually(lambda: all(map(is_over, below)))


def test_one_that_ended_by_itself_takes_its_own_along(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = children.start([sys.executable, "-c", TREE.format(how="print(below.pid, flush=True); sys.exit()")], log)
    eventually(lambda: psutil.Process(child.pid).status() == psutil.STATUS_ZOMBIE)
    below = psutil.Process(int(log.read_text()))
    children.stop(child)
    eventually(lambda: is_over(below))


def is_over(process: psutil.Process) -> bool:
    """It runs no more; whether somebody has asked how it ended does not matter."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def eventually(condition: Callable[[], bool]) -> None:
    """Waits until it holds, at most a minute."""
    deadline, pause = time.monotonic() + 60, threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.02)
