"""Our own load, as a process of its own: python -m benchmarks.ours; prints what it took as JSON."""

import json
import resource
import time
from pathlib import Path

import connectors
from connectors import registry

DOORS = Path(__file__).with_name("doors")


def main() -> None:
    """Sync the source 'bench' once; seconds by the wall, seconds of CPU of this process, records and peak memory."""
    connectors.__path__.append(str(DOORS))
    registry.FOLDER = DOORS
    from sync.night import sync_source

    wall, cpu = time.perf_counter(), time.process_time()
    result = sync_source("bench")
    counts = result.streams["sager"]
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"state": result.state, "error": result.error, "read": counts.read, "new": counts.new,
            "changed": counts.changed, "quarantined": counts.quarantined}  # fmt: skip
    print(json.dumps({**took, "peak_mb": peak, **told}))  # noqa: T201


if __name__ == "__main__":
    main()
