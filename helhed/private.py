"""The log filter: CPR numbers and secrets never reach a log, whoever writes it (decision 12)."""

import logging
import re
from typing import Any

_DAY, _MONTH = "(?:[0-2][0-9]|3[01]|[67][0-9]|8[0-9]|9[01])", "(?:0[1-9]|1[0-2])"
"""A CPR number begins with a date; 60 is added to the day of a replacement number."""
_NUMBER = re.compile(
    r"(?<![0-9])(?:[0-9]{2}[0-1][0-9][0-9]{2}[- ]?[0-9]{4}"
    rf"|{_DAY}{_MONTH}[0-9]{{2}}\s{{0,2}}[-–\u2011\xa0]\s{{0,2}}[0-9]{{4}}"
    rf"|{_DAY}([ .\-/\xa0]){_MONTH}\1[0-9]{{2}}\s?[-–\u2011 \xa0./]\s?[0-9]{{4}})(?![0-9])"
)
_SECRET = re.compile(
    r"(?i)(authorization|password|client_secret|access_token|saml-token|bearer)"
    r"([\"']?\s*[:=]?\s*[\"']?(?:(?:bearer|basic|holder-of-key)\s+)?)[^\s\"',&}]+"
)
MASK = "[skjult]"

_TALKATIVE = ("zeep", "urllib3", "requests", "requests_oauthlib", "httpx", "httpcore", "multipart", "sqlalchemy.engine")


def mask(text: str) -> str:
    """The text with anything shaped like a CPR number or a secret replaced."""
    return _SECRET.sub(rf"\1\2{MASK}", _NUMBER.sub(MASK, text))


class PrivateFilter(logging.Filter):
    """Masks the finished message, and leaves out the text of an exception that we did not write."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the record, masked."""
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        elif record.exc_text:
            record.exc_text = mask(record.exc_text)
        return True


_FILTER = PrivateFilter()


def install() -> None:
    """Put the filter on every handler there is and will be, and quiet libraries that print whole messages."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    factory = logging.getLogRecordFactory()
    if getattr(factory, "private", False):
        return

    def masked(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = factory(*args, **kwargs)
        _FILTER.filter(record)
        return record

    masked.private = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(masked)
