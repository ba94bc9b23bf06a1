"""How airflow's tasks try again: soon after a killed worker, later when a vendor fails or another run is first."""

from datetime import timedelta
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowException

A_VENDOR_NEEDS = timedelta(minutes=20)
"""How long a vendor that fails is left alone."""
ANOTHER_RUN_NEEDS = timedelta(minutes=2)
"""How long a task stays away when another run holds its source; it may do so as often as it takes."""


class VendorFailsError(AirflowException):
    """The run is partial or failed for now; the text is the reason in one line, without personal data."""


RETRIES: dict[str, Any] = {
    "retries": 3,
    # What nobody raised: a worker that was killed, a store that was restarted.
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": 4.0,
    "max_retry_delay": A_VENDOR_NEEDS,
    "retry_policy": ExceptionRetryPolicy(
        [RetryRule(VendorFailsError, RetryAction.RETRY, A_VENDOR_NEEDS, "The vendor is left alone for a while")]
    ),
}
"""default_args of every task that asks a vendor."""
