"""What the tasks of the alarm do: review every source, and send what is to be told by Airflow's own SMTP notifier."""

import logging

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowException

log = logging.getLogger(__name__)
CONNECTION = "smtp_default"


def review_sources() -> dict[str, int]:
    """Incidents opened, raised and closed, over all sources."""
    from helhed import private
    from sync.incidents import review_all

    private.install()
    return review_all()._asdict()


def send_mails() -> dict[str, int]:
    """Send every mail that waits; how many were sent, and for how many nobody's address is known.

    Raises AirflowException when the mail server did not take one of them: they wait, and are sent again. The notifier
    is not called as a callback is, since that would swallow such an error and read our texts as templates.
    """
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    from helhed import private
    from sync.incidents import outbox

    private.install()
    letters = outbox.waiting()
    sent, refused = 0, ""
    for letter in letters:
        if letter.to is None:
            continue
        notifier = SmtpNotifier(
            to=letter.to,
            subject=letter.subject,
            html_content=letter.html,
            custom_headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
            smtp_conn_id=CONNECTION,
        )
        try:
            notifier.notify(get_current_context())
        except Exception as error:
            # Whatever a mail server answers; its text may quote the address.
            refused = type(error).__name__
            log.error("incident %s could not be told: %s", letter.incident, refused)
            continue
        outbox.told(letter)
        sent += 1
    silent = sum(1 for letter in letters if letter.to is None)
    if refused:
        raise AirflowException(
            f"{len(letters) - sent - silent} of {len(letters)} mails were not taken ({refused}); they are sent again. "
            f"Check the Connection {CONNECTION} (AIRFLOW_CONN_SMTP_DEFAULT)."
        )
    return {"sent": sent, "without_address": silent}
