"""What can go wrong with a vendor on purpose: a file of hitches, read anew at each request.

The file is JSON: a list of {"path": part of the path, "status": 503 or 0 (hang up), "times": how often}; `times` left
out means for as long as the file says so.
"""

import json
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from korsbaek.server import Wsgi


def with_hitches(app: Wsgi, file: Path) -> Wsgi:
    """The application, but for the requests that the file spoils."""
    used: dict[str, int] = {}
    lock = threading.Lock()

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        for hitch in _read(file):
            name = json.dumps(hitch, sort_keys=True)
            if hitch.get("path", "") not in environ["PATH_INFO"]:
                continue
            with lock:
                used[name] = used.get(name, 0) + 1
                spent = used[name] > hitch.get("times", used[name])
            if not spent:
                code = int(hitch.get("status", 503))
                start(f"{code:03d} {HTTPStatus(code).phrase if code else 'Gone'}", [("Content-Type", "text/plain")])
                return [b"hitch"]
        return app(environ, start)

    return answer


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) else []
