"""One night through Airflow's scheduler: first the systems that name the citizens, then those asked about them."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from helhed.airflow_api import AirflowApi
from helhed.airflow_parts import AirflowParts
from helhed.settings import SettingsError, sources
from sync.night import asks_persons

Say = Callable[[str], None]


@contextmanager
def airflow(port: int, say: Say) -> Iterator[AirflowParts]:
    """Airflow's parts, healthy; stopped again at the end."""
    say("Airflow: starting its api-server, scheduler and dag-processor ...")
    with AirflowParts(port, say) as parts:
        say(f"Airflow is healthy on 127.0.0.1:{port}")
        yield parts
        say("Airflow: stopping ...")


def pull(parts: AirflowParts, say: Say) -> None:
    """Run every nightly DAG, then consolidation. Raises SettingsError when one of them does not end."""
    api = AirflowApi(parts.base, parts.password())
    for wave in waves():
        runs = {}
        for source in wave:
            api.wait_for_dag(f"nightly_{source}")
            api.unpause(f"nightly_{source}")
            runs[f"nightly_{source}"] = api.trigger(f"nightly_{source}")
            say(f"Airflow: nightly_{source} is queued")
        _follow(api, runs, "pull", say)
    api.wait_for_dag("consolidate")
    api.unpause("consolidate")
    _follow(api, {"consolidate": api.trigger("consolidate")}, "merge", say)


def waves() -> list[list[str]]:
    """All active sources: those that name persons first, then those that are asked about the persons so named."""
    active = sorted(name for name, source in sources().good.items() if source.aktiv)
    return [[name for name in active if asks_persons(name) is asked] for asked in (False, True)]


def _follow(api: AirflowApi, runs: dict[str, str], task: str, say: Say, seconds: float = 900) -> None:
    deadline, waiting = time.monotonic() + seconds, dict(runs)
    while waiting:
        for dag, run in list(waiting.items()):
            if api.failing(dag, run):
                say(f"[red]Airflow: {dag} fails[/red]; the reason stands in 'helhed runs' and in Airflow's log")
                del waiting[dag]
            elif api.state(dag, run) == "success":
                say(f"Airflow: {dag} {_in_words(api.result(dag, run, task))}")
                del waiting[dag]
        if time.monotonic() > deadline:
            raise SettingsError(f"Airflow did not finish {', '.join(waiting)} in {seconds:.0f} s: see its web page.")
        time.sleep(1)


def _in_words(result: object) -> str:
    """Counts as text: `sager 2104 new, 3 quarantined`."""
    counts = json.loads(result) if isinstance(result, str) else result
    if not isinstance(counts, dict):
        return "succeeded"
    parts = []
    for name, value in counts.items():
        if isinstance(value, dict):
            told = ", ".join(f"{number} {word}" for word, number in value.items() if number)
            parts.append(f"{name}: {told or 'nothing'}")
        else:
            parts.append(f"{name} {value}")
    return "; ".join(parts)
