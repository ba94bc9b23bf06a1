"""What the airflow tasks do: call sync, and turn its outcome into counts or into a red task with one line."""

from typing import Any

from airflow.sdk.exceptions import AirflowException, AirflowFailException


def pull_source(source: str) -> dict[str, Any]:
    """Bring one source up to date; its counts per stream.

    Raises AirflowFailException when a person or a developer must act (trying again would not help), and
    AirflowException when the run is partial or failed for now, so that airflow tries again later.
    """
    from sync.night import sync_source

    from helhed import private

    private.install()
    result = sync_source(source, cause="night")
    if result.state == "succeeded":
        return result.counts()
    line = f"{source}: run {result.run_id} {result.state}: {result.error or 'see helhed runs'}"
    raise (AirflowException if result.may_retry else AirflowFailException)(line)


def consolidate_store() -> dict[str, int]:
    """Consolidate everything that changed since the watermark; what was written, in counts."""
    from sync.consolidate import consolidate

    from helhed import private

    private.install()
    return consolidate()
