"""What the airflow tasks do: call sync, and turn its outcome into counts or into a red task with one line."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException, AirflowSkipException

from dags.asking import AskError, asked
from dags.patience import ANOTHER_RUN_NEEDS, VendorFailsError
from dags.shown import show

log = logging.getLogger(__name__)


def pull_source(
    source: str,
    params: Mapping[str, Any] | None = None,
    night: datetime | None = None,
    tidsplan: str = "",
    *,
    backfill: bool = False,
) -> dict[str, Any]:
    """Bring one source up to date, or what the run was asked for; its counts per stream.

    Raises AirflowFailException when a person or a developer must act (trying again would not help), VendorFailsError
    when the run is partial or failed for now, so that airflow tries again later, AirflowRescheduleException when
    another run of the source is under way, and AirflowSkipException when the source cannot tell of a period.
    """
    from helhed import private
    from sync.night import sync_source
    from sync.runs import BusyError

    private.install()
    try:
        ask = asked(params or {}, night, tidsplan, backfill=backfill)
        result = sync_source(source, cause=ask.cause, full=ask.full, since=ask.since, until=ask.until)
    except AskError as error:
        raise AirflowFailException(str(error)) from None
    except BusyError as error:
        log.warning("%s", error)
        raise AirflowRescheduleException(datetime.now(UTC) + ANOTHER_RUN_NEEDS) from None  # type: ignore[no-untyped-call]
    show(result)
    if result.state != "succeeded":
        line = f"{source}: run {result.run_id} {result.state}: {result.error or 'see helhed runs'}"
        raise (VendorFailsError if result.may_retry else AirflowFailException)(line)
    if ask.since and not result.streams:
        raise AirflowSkipException(f"{source}: kilden kan kun svare på, hvad den har nu; natten henter det hele.")
    told = {name: _told(counts) for name, counts in result.counts().items()}
    for name, counts in told.items():
        words = [f"{number} {what}" for what, number in counts.items() if isinstance(number, int)]
        log.info("%s %s: %s", source, name, ", ".join(words) or "nothing")
    return told


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


def erase_store() -> dict[str, int]:
    """Erase what is due; how many rows left each place. TransientError when the store fails, so that it is retried."""
    from helhed import private
    from sync.erasure import erase

    private.install()
    erased: dict[str, int] = {}
    for row in erase().as_rows():
        erased[row["place"]] = erased.get(row["place"], 0) + row["erased"]
    return erased
