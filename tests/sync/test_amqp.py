"""Messages from a real RabbitMQ: each stored before it is acknowledged, none lost, none in the way of the others."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from helhed.settings import SettingsError
from korsbaek import pki
from korsbaek.beskedfordeler import message, publish_changes
from sync import inbox
from sync.amqp import Consumer, broker
from tests import rabbitmq
from tests.rabbitmq import RabbitMq
from tests.sync.conftest import Hub
from tests.sync.test_inbox import URN, UUID, envelope
from tests.sync.test_night import A

QUEUE = "6f3c0b8e-58cd-4d4a-9a3e-3a7a3d0f5b11"


@pytest.fixture(scope="module")
def rabbit() -> Iterator[RabbitMq]:
    """A broker with the subscription's queue."""
    for made in rabbitmq.fresh():
        made.declare(QUEUE)
        yield made


def named(hub: Hub, rabbit: RabbitMq) -> None:
    """The queue as the environment names it."""
    given = {
        "conn_type": "amqp", "host": f"amqp://127.0.0.1:{rabbit.port}", "login": "guest", "password": "guest",
        "extra": {"queue": QUEUE},
    }  # fmt: skip
    hub.patch.setenv("AIRFLOW_CONN_BESKEDFORDELER", json.dumps(given))


@contextmanager
def consuming(hub: Hub, store=inbox.receive) -> Iterator[Consumer]:  # type: ignore[no-untyped-def]
    """A consumer at work."""
    found = broker()
    assert found
    stop, consumer = threading.Event(), Consumer(found, store, lambda: None)
    thread = threading.Thread(target=consumer.run, args=(stop,))
    thread.start()
    try:
        yield consumer
    finally:
        stop.set()
        thread.join(60)
        assert not thread.is_alive()


def until(true, seconds: float = 90) -> None:  # type: ignore[no-untyped-def]
    """Wait for something to become so."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.1)


def stored(hub: Hub) -> int:
    return int(hub.one("select count(*) from inbox"))


@pytest.mark.full
def test_poison_is_parked_and_blocks_nobody(hub: Hub, rabbit: RabbitMq) -> None:
    named(hub, rabbit)
    good = [envelope(URN.format(urn=f"urn:oio:cpr:{A}")) for _ in range(20)]
    poison = [b"", b"<x", b"\xff\x00", envelope(besked="nej"), b"<a>" * 5000]
    rabbit.publish(QUEUE, *good[:10], *poison, *good[10:], good[0])
    with consuming(hub):
        until(lambda: stored(hub) == 25 and rabbit.waiting(QUEUE) == 0)
    assert hub.one("select count(*) from inbox where parked is null") == 20
    assert A.encode() not in b"".join(bytes(body) for (body,) in hub.rows("select body from inbox"))


@pytest.mark.full
def test_a_broker_that_goes_away_and_comes_back_loses_nothing(hub: Hub, rabbit: RabbitMq) -> None:
    named(hub, rabbit)
    sent = [envelope(UUID.format(uuid=uuid4())) for _ in range(120)]
    with consuming(hub) as consumer:
        rabbit.publish(QUEUE, *sent[:60])
        until(lambda: stored(hub) > 0)
        rabbit.stop()
        until(lambda: not consumer.connected)
        rabbit.start()
        rabbit.publish(QUEUE, *sent[60:])
        until(lambda: stored(hub) == 120 and rabbit.waiting(QUEUE) == 0, 150)
    assert stored(hub) == 120


@pytest.mark.full
def test_what_cannot_be_stored_is_not_acknowledged(hub: Hub, rabbit: RabbitMq) -> None:
    """The store is away for a while: the broker keeps every message until it is back."""
    named(hub, rabbit)
    away = threading.Event()
    away.set()
    tried = threading.Event()

    def store(body: bytes) -> None:
        tried.set()
        if away.is_set():
            raise OSError("the store is away")
        inbox.receive(body)

    rabbit.publish(QUEUE, *(envelope(UUID.format(uuid=uuid4())) for _ in range(10)))
    with consuming(hub, store):
        assert tried.wait(60)
        assert stored(hub) == 0
        away.clear()
        until(lambda: stored(hub) == 10 and rabbit.waiting(QUEUE) == 0)


@pytest.mark.full
def test_the_town_tells_of_its_changes_by_queue(hub: Hub, rabbit: RabbitMq, tmp_path: Path) -> None:
    named(hub, rabbit)
    url = f"{rabbit.url}?queue={QUEUE}"
    told = publish_changes(tmp_path, url, date(2026, 3, 2), ["0101010101", "0202020202"])
    assert told == {"accepted": 2, "refused": 0}
    assert "guest" not in (tmp_path / "run" / "beskedfordeler.json").read_text()
    with consuming(hub):
        until(lambda: stored(hub) == 2)
    assert hub.one("select count(*) from inbox where parked is null") == 2
    assert message("0101010101", date(2026, 3, 2)) == message("0101010101", date(2026, 3, 2))


@pytest.mark.full
def test_the_queue_opens_to_a_client_certificate(hub: Hub, tmp_path: Path) -> None:
    """TLS and SASL EXTERNAL, as Beskedfordeler wants; without the certificate the door stays shut."""
    folder = tmp_path / "pki"
    pki.make(folder)
    files = {"cacertfile": folder / "ca.crt", "certfile": folder / "server.crt", "keyfile": folder / "server.key"}
    tls = {name: str(path) for name, path in files.items()}
    for rabbit in rabbitmq.fresh(tls):
        rabbit.declare(QUEUE)
        rabbit.rabbitmqctl("add_user", common_name(folder / "client.crt"), "x")
        rabbit.rabbitmqctl("set_permissions", common_name(folder / "client.crt"), ".*", ".*", ".*")
        extra = {
            "queue": QUEUE, "ca": str(folder / "ca.crt"), "cert": str(folder / "client.crt"),
            "key": str(folder / "client.key"),
        }  # fmt: skip
        given = {"conn_type": "amqp", "host": f"amqps://localhost:{rabbit.tls_port}", "extra": extra}
        hub.patch.setenv("AIRFLOW_CONN_BESKEDFORDELER", json.dumps(given))
        rabbit.publish(QUEUE, envelope(UUID.format(uuid=uuid4())))
        with consuming(hub):
            until(lambda: stored(hub) == 1)


def common_name(path: Path) -> str:
    """The subject's common name."""
    from cryptography import x509

    name = x509.load_pem_x509_certificate(path.read_bytes()).subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(name[0].value)


@pytest.mark.parametrize(
    ("host", "extra", "says"),
    [
        ("amqp://127.0.0.1", {}, "queue"),
        ("amqp://kombit.invalid", {"queue": "q"}, "amqps"),
        ("https://127.0.0.1", {"queue": "q"}, "amqps"),
        ("amqps://127.0.0.1", {"queue": "q", "ca": "/nowhere"}, "cannot be read"),
    ],
    ids=["no queue", "open beyond this machine", "not amqp", "no certificate"],
)
def test_a_wrong_setting_is_said_in_one_line(hub: Hub, host: str, extra: dict[str, str], says: str) -> None:
    hub.patch.setenv("AIRFLOW_CONN_BESKEDFORDELER", json.dumps({"conn_type": "amqp", "host": host, "extra": extra}))
    with pytest.raises(SettingsError, match=says):
        found = broker()
        assert found
        found.parameters()


def test_no_queue_is_no_fault(hub: Hub) -> None:
    assert broker() is None
