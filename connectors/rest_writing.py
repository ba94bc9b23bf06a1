"""One message that writes, by REST: sent once, on a connection of its own, and every outcome told apart."""

from typing import Any

import msgspec
import requests

from connectors import faults
from connectors.auth import TokenAuth
from connectors.contract import Access
from connectors.errors import ConnectorError, TransientError
from connectors.reply import Reply, read
from connectors.rest import RestApi, decode
from connectors.writing import NotSentError

TIMEOUT = (10.0, 30.0)
"""Seconds to connect, and between two bytes of the reply; extra.timeout replaces the second."""
DECLINED = frozenset({425, 429})
"""Statuses that say that nothing was looked at."""


class RestWriter:
    """A vendor's REST door for writing, and for asking what was written."""

    def __init__(self, access: Access, auth: TokenAuth | None = None) -> None:
        self.read = RestApi(access, auth)
        """The same door for reads, which may be tried again."""
        self._auth = auth
        self._timeout = (TIMEOUT[0], float(access.extra.get("timeout") or TIMEOUT[1]))

    def post(self, path: str, body: Any, key: str) -> Any:
        """The decoded reply to one POST with an Idempotency-Key (RFC draft ietf-httpapi-idempotency-key-header).

        NotSentError: no connection, or declined unseen. AccessError, ContractError: refused. TransientError: anything
        may have happened (no answer, a broken one, 5xx, a reply that says nothing).
        """
        url = self.read.base + path
        where = faults.place("POST", url)
        # A kept connection may have died unseen, which looks like a message that was lost: this one is new.
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Connection": "close"}
        reply = self._send(url, where, data=msgspec.json.encode(body), headers=headers)
        if reply.status_code in DECLINED:
            raise NotSentError(f"{where}: {reply.status_code}, declined", faults.retry_after(reply.headers))
        if fault := faults.of_reply(reply, where):
            raise fault
        try:
            return decode(reply, where)
        except ConnectorError:
            pass
        raise TransientError(f"{where}: {reply.status_code} with a reply that cannot be read")

    def _send(self, url: str, where: str, **request: Any) -> Reply:
        session = self.read.session
        try:
            return read(
                session.post(url, auth=self._auth, timeout=self._timeout, allow_redirects=False, stream=True, **request)
            )
        except requests.ConnectTimeout:
            fault: ConnectorError = NotSentError(f"{where}: no connection in time")
        except requests.ConnectionError as error:
            fault = faults.of_exception(error, where, session.cert, session.verify)
            if _refused(error) and isinstance(fault, TransientError):
                fault = NotSentError(f"{where}: no connection; is the address right and the system up?")
        except (requests.RequestException, OSError, ConnectorError) as error:
            fault = faults.of_exception(error, where, session.cert, session.verify)
        raise fault


def _refused(error: BaseException) -> bool:
    """Whether no connection came about, so that nothing can have been sent."""
    from urllib3.exceptions import NewConnectionError

    waiting: list[object] = [error]
    while waiting:
        e = waiting.pop()
        if isinstance(e, NewConnectionError):
            return True
        if isinstance(e, BaseException):
            waiting += [getattr(e, "reason", None), *e.args]
    return False


__all__ = ["RestWriter"]
