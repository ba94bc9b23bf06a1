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


def python(*arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """What a Python process prints; raises RuntimeError with the end of its errors when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {}),
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])}: {done.stderr[-2000:]}")
    return done.stdout


def measured(*arguments: str, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What `python -m` prints on its last line, as JSON."""
    found: dict[str, Any] = json.loads(python("-m", *arguments, environment=environment).splitlines()[-1])
    return found


@contextmanager
def vendor(pages: Path) -> Iterator[str]:
    """Address of a server of these pages."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.vendor", str(pages)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.kill()
        server.wait()
