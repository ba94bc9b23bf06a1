"""What the airflow tasks do: call sync, and turn its outcome into counts or into a red task with one line."""

from typing import Any

from airflow.sdk.exceptions import AirflowException, AirflowFailException


def pull_source(source: str) -> dict[str, Any]:
    """Bring one source up to date; its counts per stream.

    Raises AirflowFailException when a person or a developer must act (trying again would not help), and
    AirflowException when the run is partial or failed for now, so that airflow tries again later.
    """
    from helhed import private
    from sync.night import sync_source

    private.install()
    result = sync_source(source, cause="night")
    if result.state == "succeeded":
        return {name: _told(counts) for name, counts in result.counts().items()}
    line = f"{source}: run {result.run_id} {result.state}: {result.error or 'see helhed runs'}"
    raise (AirflowException if result.may_retry else AirflowFailException)(line)


def _told(counts: dict[str, Any]) -> dict[str, Any]:
    """Numbers that are not zero, and the names of fields that the sheet does not know."""
    numbers = {name: value for name, value in counts.items() if isinstance(value, int) and value and value is not True}
    return numbers | ({"unknown_fields": counts["unknown_fields"]} if counts.get("unknown_fields") else {})


def consolidate_store() -> dict[str, int]:
    """Consolidate everything that changed since the watermark; what was written, in counts."""
    from helhed import private
    from sync.consolidate import consolidate

    private.install()
    return consolidate()
