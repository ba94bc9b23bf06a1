"""What went wrong on the wire, said as one of the four errors; one table for REST and SOAP.

Texts are made of method, host, the path with its ids left out, and the status: never of a body or a query.
"""

import math
import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from connectors.errors import AccessError, ConnectorError, ContractError, TransientError
from connectors.reply import Reply

BUSY = frozenset({408, 425, 429})
"""Statuses below 500 that pass by themselves."""

_NO_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z_.-]*\d{0,4}")


def place(method: str, url: str) -> str:
    """'GET https://host/api/sag/{id}': where we knocked, without query and without ids.

    A segment of the path stays only when it is a word (at most four digits at its end), so that no number of a
    person can follow.
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    path = "/".join(s if not s or _PLAIN.fullmatch(s) else "{id}" for s in parts.path.split("/"))
    return f"{method.upper()} {parts.scheme}://{parts.hostname}{port}{path}"


def retry_after(headers: "requests.structures.CaseInsensitiveDict[str]") -> float | None:
    """Seconds of a Retry-After header (number or HTTP date); empty when absent or nonsense."""
    text = (headers.get("Retry-After") or "").strip()
    if not text:
        return None
    try:
        if text[0].isdigit():
            seconds = float(text)
        else:
            seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def of_status(status: int, where: str, asked: float | None = None) -> ConnectorError | None:
    """The error of an HTTP status; none for 2xx."""
    if 200 <= status < 300:
        return None
    if status in (401, 403, 407):
        return AccessError(f"{where}: {status}, refused; check the user, secret or certificate and its agreement")
    if status in BUSY or status >= 500:
        return TransientError(f"{where}: {status}, busy or away", asked)
    return ContractError(f"{where}: {status}; check the address in the Connection, then the vendor's contract")


def of_reply(response: Reply | requests.Response, where: str) -> ConnectorError | None:
    """The error of a reply by its status and Retry-After; none for 2xx."""
    return of_status(response.status_code, where, retry_after(response.headers))


def of_exception(error: BaseException, where: str, cert: object = None, ca: object = None) -> ConnectorError:
    """The error of what requests raised; `cert` and `ca` are the files to name when TLS refuses.

    Raise it `from None`, or outside the except block: the cause's text holds the address with its query.
    """
    if isinstance(error, ConnectorError):
        return error
    refusal = next((e for e in _causes(error) if isinstance(e, ssl.SSLError)), None)
    if refusal is not None or isinstance(error, requests.exceptions.SSLError):
        return _of_tls(refusal, where, cert, ca)
    if isinstance(error, requests.Timeout):
        return TransientError(f"{where}: no answer in time")
    if isinstance(error, requests.exceptions.ContentDecodingError | requests.exceptions.InvalidHeader):
        return ContractError(f"{where}: the reply cannot be decoded")
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return TransientError(f"{where}: the reply broke off")
    if isinstance(error, requests.ConnectionError):
        return TransientError(f"{where}: no connection; is the address right and the system up?")
    if isinstance(error, _NO_ADDRESS):
        return ContractError(f"{where}: not an address; check the Connection")
    if isinstance(error, OSError) and not isinstance(error, requests.RequestException):
        return AccessError(f"{where}: cannot read {_files(cert, ca)}; put the files there or correct the Connection")
    return ContractError(f"{where}: {type(error).__name__}")


def _of_tls(error: ssl.SSLError | None, where: str, cert: object, ca: object) -> ConnectorError:
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return TransientError(f"{where}: the connection broke off")
    code = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else (error and error.reason) or ""
    said = f" ({code})" if code and re.fullmatch(r"[\w ,.'-]{1,80}", code) else ""
    return AccessError(f"{where}: certificate refused{said}; check {_files(cert, ca)}")


def _files(cert: object, ca: object) -> str:
    ours = cert if isinstance(cert, tuple | list) else (cert,)
    names = [str(f) for f in (*ours, ca) if isinstance(f, str) or (f is not None and not isinstance(f, bool))]
    return " and ".join(names) or "the vendor's certificate and our list of authorities"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        e = waiting.pop()
        if isinstance(e, BaseException) and id(e) not in seen:
            seen.add(id(e))
            yield e
            waiting += [e.__cause__, e.__context__, getattr(e, "reason", None), *e.args]
