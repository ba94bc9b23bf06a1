"""One vendor system as a process: `python -m korsbaek.serve SYSTEM --folder F --port P [--faults FILE]`."""

import argparse
import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from korsbaek.hostile.door import Door
from korsbaek.hostile.gone import Poorer
from korsbaek.hostile.plan import Plan
from korsbaek.hostile.system import hostile
from korsbaek.landscape.place import names
from korsbaek.server import Server
from korsbaek.setting import SYSTEMS, base_url, config, uses_tls
from korsbaek.tokens import STS
from korsbaek.town import Town


def serve(system: str, folder: Path, port: int, faults: Path | None) -> None:
    """Answers until it is told to stop; tells its port in folder/run/SYSTEM.json once it listens."""
    town = Town.open(folder / "town.db")
    plan = Plan(faults or folder / "faults" / f"{system}.json", system, lambda: town.day)
    server = Server(_unready, port, Door(folder / "pki", plan).context if uses_tls(system) else None)
    module = importlib.import_module(f"korsbaek.systems.{system}")
    told_of = config(folder, system, base_url(system, server.server_port))
    server.app = hostile(module.app(town, told_of), plan, system, Poorer(town, system, folder))
    told = folder / "run" / f"{system}.json"
    told.parent.mkdir(parents=True, exist_ok=True)
    draft = told.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"pid": os.getpid(), "port": server.server_port}))
    draft.rename(told)
    server.serve_forever(poll_interval=5)


def _unready(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b""]


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser(description="Serve one vendor system of Korsbaek Kommune")
    words.add_argument("system", choices=(*SYSTEMS, *names(), STS))
    words.add_argument("--folder", type=Path, required=True)
    words.add_argument("--port", type=int, default=0)
    words.add_argument("--faults", type=Path)
    asked = words.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    serve(asked.system, asked.folder, asked.port, asked.faults)


if __name__ == "__main__":
    main()
