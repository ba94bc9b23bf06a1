"""Everything that is measured runs in a process of its own, so that nobody warms anybody up."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def python(*arguments: str, environment: Mapping[str, str] | None = None, most: float | None = None) -> str:
    """What a Python process prints; raises RuntimeError with the end of its errors when it fails, and
    subprocess.TimeoutExpired when it is not over after `most` seconds."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {}),
        capture_output=True, text=True, timeout=most,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])}: {done.stderr[-2000:]}")
    return done.stdout


def measured(
    *arguments: str, environment: Mapping[str, str] | None = None, most: float | None = None
) -> dict[str, Any]:  # fmt: skip
    """What `python -m` prints on its last line, as JSON; the time alone, and that it was stopped, when it is not over
    after `most` seconds."""
    try:
        printed = python("-m", *arguments, environment=environment, most=most)
    except subprocess.TimeoutExpired:
        return {"wall": most, "stopped": True}
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


@contextmanager
def vendor(held: Path) -> Iterator[str]:
    """Address of a server of these records, which are read once before: nobody is to wait for the disk they lie on."""
    for path in held.iterdir():
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.vendor", str(held)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.kill()
        server.wait()
