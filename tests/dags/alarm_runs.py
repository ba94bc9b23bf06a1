"""Run the alarm DAG by Airflow itself, once for each line on stdin; prints the state of each run. A process of its own,
since Airflow takes its home when it is imported.
"""

import sys
from pathlib import Path


def main() -> None:
    """Until stdin ends."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils import db

    db.initdb()
    found = DagBag(dag_folder=str(Path(__file__).parents[2] / "dags")).dags["alarm"]
    for task in found.tasks:
        task.retries = 0
    print("ready", file=sys.__stdout__, flush=True)
    for _ in sys.stdin:
        run = found.test()
        print(f"state {run.state}", file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
