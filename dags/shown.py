"""What an operator sees of a run in airflow, also of one that is partial or failed: XCom `run`, and the task's log."""

import logging
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context

if TYPE_CHECKING:
    from sync.runs import RunResult

log = logging.getLogger(__name__)
KEY = "run"


def show(result: "RunResult") -> None:
    """Push the run's state and the counts of its streams before the task can fail; one that fails says them in the log.

    A task that raises has no return value, so that without this only a run that succeeded would show its counts.
    """
    streams = {name: _counts(counts) for name, counts in result.counts().items()}
    for name, counts in streams.items() if result.state != "succeeded" else ():
        log.info("%s %s: %s", result.source, name, ", ".join(f"{value} {what}" for what, value in counts.items()))
    try:
        context = get_current_context()
    except RuntimeError:
        return  # called outside a task
    seen = {"run": result.run_id, "state": result.state, "error": result.error, "streams": streams}
    context["ti"].xcom_push(key=KEY, value=seen)


def _counts(counts: dict[str, Any]) -> dict[str, Any]:
    """State, every count (also those that are nothing), and why."""
    told = {name: value for name, value in counts.items() if isinstance(value, int) and not isinstance(value, bool)}
    return {"state": counts["state"], **told, **({"error": counts["error"]} if counts["error"] else {})}
