"""The peer: dlt's rest_api source into PostgreSQL with scd2, as a process of its own; prints what it took as JSON.

python -m benchmarks.peer_dlt URL DATABASE FORMAT FOLDER
"""

import json
import os
import sys
import time
from typing import Any

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"


def main(url: str, database: str, loader_format: str, folder: str) -> None:
    """Load every page; a second time over the same folder is a reload."""
    import dlt
    from dlt.destinations import postgres
    from dlt.sources.rest_api import rest_api_source

    paging: Any = {
        "type": "offset", "limit": 1000, "offset_body_path": "Skip", "limit_body_path": "Limit",
        "total_path": "TotalNumberOfResults",
    }  # fmt: skip
    source = rest_api_source({
        "client": {"base_url": url, "paginator": paging},
        "resources": [{
            "name": "sager",
            "primary_key": "Id",
            "write_disposition": {"disposition": "merge", "strategy": "scd2"},
            "endpoint": {
                "path": "api/sag/search", "method": "POST", "json": {"Limit": 1000, "Skip": 0},
                "params": {"InkluderParterIResultat": "true"}, "data_selector": "Results",
            },
        }],
    })  # fmt: skip
    wall, cpu = time.perf_counter(), time.process_time()
    pipeline = dlt.pipeline("bench", destination=postgres(database), dataset_name="bench", pipelines_dir=folder)
    pipeline.run(source, loader_file_format=loader_format)  # type: ignore[arg-type]
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps(took))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
