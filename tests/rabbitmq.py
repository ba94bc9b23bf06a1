"""A RabbitMQ of a test's own: its node name, ports, data and cookie; no service of the machine is touched."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pika
import pytest

MISSING = "No RabbitMQ: these tests need it (Debian: apt-get install rabbitmq-server)."
_SCRIPTS = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        return int(knock.getsockname()[1])


class RabbitMq:
    """One broker on loopback, which can be stopped and started again with what it held."""

    def __init__(self, folder: Path, tls: dict[str, str] | None = None) -> None:
        self.folder, self.tls = folder, tls
        self.port, self.dist, self.epmd = free_port(), free_port(), free_port()
        self.tls_port = free_port() if tls else 0
        self.process: subprocess.Popen[bytes] | None = None
        self.cookie, self.name = secrets.token_hex(16), f"test-{secrets.token_hex(4)}"

    @property
    def url(self) -> str:
        """For pika; guest may enter from loopback."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}/%2F"

    def start(self) -> None:
        """Start, and return when it answers."""
        script = _SCRIPTS[-1]
        for name in ("mnesia", "log"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        config = [f"listeners.tcp.1 = 127.0.0.1:{self.port}", "log.console = true", "log.file = false"]
        plugins = "[]."
        if self.tls:
            config += [f"listeners.ssl.1 = 127.0.0.1:{self.tls_port}", "auth_mechanisms.1 = EXTERNAL"]
            config += [f"ssl_options.{name} = {value}" for name, value in self.tls.items()]
            config += ["auth_mechanisms.2 = PLAIN", "ssl_cert_login_from = common_name"]
            config += ["ssl_options.verify = verify_peer", "ssl_options.fail_if_no_peer_cert = true"]
            plugins = "[rabbitmq_auth_mechanism_ssl]."
        (self.folder / "rabbitmq.conf").write_text("\n".join(config) + "\n")
        (self.folder / "plugins").write_text(plugins)
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": f"{self.name}@localhost", "RABBITMQ_DIST_PORT": str(self.dist),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"), "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"), "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"), "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self.epmd), "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS":
                f"-setcookie {self.cookie} -kernel inet_dist_use_interface {{127,0,0,1}} +S 1:1 +sbwt none",
        }  # fmt: skip
        with (self.folder / "out.log").open("ab") as out:
            self.process = subprocess.Popen(
                [str(script)], env=env, stdout=out, stderr=out, cwd=self.folder, start_new_session=True
            )
        self.env = env
        deadline, pause = time.monotonic() + 120, threading.Event()
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "out.log").read_text()[-2000:])
            pause.wait(0.2)

    def stop(self) -> None:
        """Stop; its durable queues are there when it starts again."""
        if self.process is not None:
            for one in _family(self.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, 15)
            self.process.wait(60)
            self.process = None
        subprocess.run(["epmd", "-port", str(self.epmd), "-kill"], capture_output=True, check=False)

    def declare(self, queue: str) -> None:
        """A durable queue."""
        with pika.BlockingConnection(pika.URLParameters(self.url)) as link:
            link.channel().queue_declare(queue, durable=True)

    def publish(self, queue: str, *bodies: bytes) -> None:
        """Persistent messages, each confirmed by the broker."""
        with pika.BlockingConnection(pika.URLParameters(self.url)) as link:
            channel = link.channel()
            channel.confirm_delivery()
            for body in bodies:
                channel.basic_publish("", queue, body, pika.BasicProperties(delivery_mode=2), mandatory=True)

    def waiting(self, queue: str) -> int:
        """Messages that nobody has taken."""
        with pika.BlockingConnection(pika.URLParameters(self.url)) as link:
            return int(link.channel().queue_declare(queue, durable=True, passive=True).method.message_count)

    def rabbitmqctl(self, *words: str) -> None:
        """A command to this node."""
        script = _SCRIPTS[-1].with_name("rabbitmqctl")
        command = [str(script), "--erlang-cookie", self.cookie, "-n", self.env["RABBITMQ_NODENAME"], *words]
        subprocess.run(command, env=self.env, cwd=self.folder, check=True, capture_output=True, timeout=120)

    def _answers(self) -> bool:
        try:
            pika.BlockingConnection(pika.URLParameters(self.url + "?connection_attempts=1")).close()
        except (pika.exceptions.AMQPError, OSError):
            return False
        return True


def _family(pid: int) -> list[int]:
    """The process and its children, youngest first: the script's shell need not pass a signal on."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    children = path.read_text().split() if path.exists() else []
    return [one for child in children for one in _family(int(child))] + [pid]


def fresh(tls: dict[str, str] | None = None) -> Iterator[RabbitMq]:
    """A running broker; stopped and forgotten at the end."""
    if not _SCRIPTS or shutil.which("epmd") is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="rabbitmq-"))
    broker = RabbitMq(folder, tls)
    try:
        broker.start()
        yield broker
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)
