"""Run DAGs by Airflow itself: for each DAG id on stdin one run; prints its state and the XComs it left, as JSON.

A process of its own, since Airflow takes its home when it is imported.
"""

import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Until stdin ends."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils import db

    db.initdb()
    found = DagBag(dag_folder=str(Path(__file__).parents[2] / "dags")).dags
    for dag in found.values():
        for task in dag.tasks:
            task.retries = 0
    _say({"ready": sorted(found)})
    for line in sys.stdin:
        run = found[line.strip()].test()
        _say({"state": str(run.state), "xcom": _xcom(run.run_id)})


def _xcom(run_id: str) -> dict[str, Any]:
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        rows = session.execute(select(XComModel.key, XComModel.value).where(XComModel.run_id == run_id)).all()
    return {key: json.loads(value) if isinstance(value, str) else value for key, value in rows}


def _say(what: dict[str, Any]) -> None:
    print(f"said {json.dumps(what)}", file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
