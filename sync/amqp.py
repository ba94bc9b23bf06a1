"""Beskedfordeler by AMQP: messages taken from the subscription's queue, each acknowledged once it is stored."""

import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pika
import psycopg
from pika.adapters.blocking_connection import BlockingChannel
from pika.credentials import ExternalCredentials, PlainCredentials
from pika.exceptions import AMQPError

from canonical_model.store import StoreError
from helhed.settings import SettingsError, connection, has_connection

ID = "beskedfordeler"
"""The connection's name: AIRFLOW_CONN_BESKEDFORDELER."""
AT_ONCE = 100
"""Messages that the broker hands over before it waits for acknowledgements."""
PATIENCE = (1.0, 60.0)
"""Seconds between attempts to reach a broker that is away: the first, and the longest."""
log = logging.getLogger(__name__)


class _Assertion(ExternalCredentials):
    """SASL EXTERNAL with the decoded SAML assertion as its response (rammearkitektur 3.8)."""

    def __init__(self, assertion: bytes) -> None:
        super().__init__()
        self._assertion = assertion

    def response_for(self, start: object) -> tuple[str | None, bytes | None]:
        """The mechanism and its response; nothing when the broker does not offer it."""
        mechanism, _ = super().response_for(start)  # type: ignore[arg-type]
        return (mechanism, self._assertion) if mechanism else (None, None)


@dataclass(frozen=True)
class Broker:
    """Where the queue is and what opens it."""

    host: str
    port: int
    tls: bool
    queue: str
    vhost: str = "/"
    login: str = ""
    password: str = field(default="", repr=False)
    cert: str | None = None
    key: str | None = None
    ca: str | None = None
    token: str | None = None
    """A file that holds the decoded SAML assertion; read anew at each connection, since it ends."""

    def parameters(self) -> pika.ConnectionParameters:
        """For pika. Raises SettingsError when a file that opens the door cannot be read."""
        options: dict[str, object] = {"host": self.host, "port": self.port, "virtual_host": self.vhost}
        try:
            if self.tls:
                context = ssl.create_default_context(cafile=self.ca)
                if self.cert:
                    context.load_cert_chain(self.cert, self.key)
                options["ssl_options"] = pika.SSLOptions(context, self.host)
            if self.login:
                options["credentials"] = PlainCredentials(self.login, self.password)
            elif self.cert:
                options["credentials"] = _Assertion(Path(self.token).read_bytes() if self.token else b"")
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(f"{ID}: a certificate, key or token cannot be read: {type(error).__name__}.") from None
        return pika.ConnectionParameters(heartbeat=30, blocked_connection_timeout=60, **options)  # type: ignore[arg-type]


def broker() -> Broker | None:
    """The queue that the environment names; None when it names none. Raises SettingsError when it cannot be used."""
    if not has_connection(ID):
        return None
    given = connection(ID, schemes=("amqp://", "amqps://"))
    parts = urlsplit(given.url)
    extra = given.extra
    if not extra.get("queue") or not parts.hostname:
        raise SettingsError(f'{ID}: no queue is named: put "extra": {{"queue": "<UUID of the dueslag>"}} beside host.')
    loopback = parts.hostname in ("localhost", "::1") or parts.hostname.startswith("127.")
    if parts.scheme != "amqps" and not loopback:
        raise SettingsError(f"{ID}: beyond this machine messages come by TLS only: write the host as amqps://...")
    return Broker(
        host=parts.hostname, port=parts.port or (5671 if parts.scheme == "amqps" else 5672),
        tls=parts.scheme == "amqps", queue=str(extra["queue"]), vhost=str(extra.get("vhost") or "/"),
        login=given.login, password=given.password, cert=extra.get("cert"), key=extra.get("key"), ca=extra.get("ca"),
        token=extra.get("token"),
    )  # fmt: skip


class Consumer:
    """Takes messages from one queue until it is stopped; a broker or a store that is away is waited for."""

    def __init__(self, broker: Broker, store: Callable[[bytes], object], arrived: Callable[[], None]) -> None:
        self.broker, self.store, self.arrived = broker, store, arrived
        self.connected = False
        """Whether the queue is being read now."""

    def run(self, stop: threading.Event) -> None:
        """Consume, and begin anew with growing patience whenever something breaks."""
        first, longest = PATIENCE
        wait = first
        while not stop.is_set():
            try:
                with pika.BlockingConnection(self.broker.parameters()) as link:
                    channel = link.channel()
                    channel.basic_qos(prefetch_count=AT_ONCE)
                    self._consume(channel, stop, lambda: self._is(True))
                    wait = first
            except (AMQPError, OSError, SettingsError, psycopg.Error, StoreError) as error:
                # Whatever was not acknowledged is delivered again.
                why = str(error) if isinstance(error, SettingsError) else type(error).__name__
                log.warning("messages are not taken from the queue: %s; trying again in %.0f s", why, wait)
                wait = first if self.connected else wait
                self._is(False)
                stop.wait(wait)
                wait = min(wait * 2, longest)
        self._is(False)

    def _is(self, connected: bool) -> None:
        self.connected = connected

    def _consume(self, channel: BlockingChannel, stop: threading.Event, begun: Callable[[], None]) -> None:
        for method, _, body in channel.consume(self.broker.queue, inactivity_timeout=0.5):
            begun()
            if method is not None and body is not None:
                self.store(body)
                channel.basic_ack(method.delivery_tag or 0)
                self.arrived()
            if stop.is_set():
                channel.cancel()
                return
