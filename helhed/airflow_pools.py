"""Airflow's pools, one for each source; `python -m helhed.airflow_pools` writes what `airflow pools import` reads."""

import json
import sys
from typing import Any

from helhed.settings import sources

SLOTS = 1
"""Runs of one source wait for each other here, not inside a worker. How many calls a vendor takes at once is the
`concurrency` of its source file, which a run keeps to by itself."""


def pools() -> dict[str, dict[str, Any]]:
    """Name to settings, in the form that `airflow pools import` reads."""
    return {
        f"kilde_{source.id}": {
            "slots": SLOTS,
            "description": f"Én kørsel ad gangen mod {source.navn}",
            "include_deferred": False,
        }
        for source in sources().good.values()
    }


if __name__ == "__main__":
    json.dump(pools(), sys.stdout, ensure_ascii=False, indent=1)
