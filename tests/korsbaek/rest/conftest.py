"""The two REST vendors on real sockets, over a small town that is made once."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
import requests

from korsbaek.systems import nexus, sbsys
from korsbaek.town import Town

AUTH = {"client_id": "helhed", "client_secret": "hemmelig-nok", "username": "svc-helhed", "password": "kodeord-nok"}
Start = Callable[..., "Vendor"]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the line would hold the path."""


class Vendor:
    """A running server, and a session that holds a token."""

    def __init__(self, url: str, token_path: str) -> None:
        self.url = url
        self.token_url = url + token_path
        self.session = requests.Session()

    def token(self, **form: str) -> requests.Response:
        """Ask for a token; with no form, by client_credentials."""
        asked = {"grant_type": "client_credentials", **{k: AUTH[k] for k in ("client_id", "client_secret")}, **form}
        return self.session.post(self.token_url, data=asked, timeout=10)

    def log_in(self) -> "Vendor":
        """Put a fresh token on the session."""
        self.session.headers["Authorization"] = f"Bearer {self.token().json()['access_token']}"
        return self

    def get(self, path: str) -> Any:
        """The JSON of a path or an absolute link; raises for anything but 200."""
        answer = self.session.get(path if path.startswith("http") else self.url + path, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> requests.Response:
        """The answer of a POST with a JSON body."""
        return self.session.post(path if path.startswith("http") else self.url + path, json=body, timeout=10)


@pytest.fixture(scope="session")
def rest_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town of 80 citizens, generated once, that nobody changes."""
    folder = tmp_path_factory.mktemp("korsbaek")
    command = [sys.executable, "-m", "korsbaek.generate", "--folder", str(folder), "--citizens", "80", "--seed", "7"]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[3], capture_output=True, timeout=120)
    return Town.open(folder / "town.db")


@contextmanager
def _serve(system: str, town: Town, config: dict[str, Any]) -> Iterator[Vendor]:
    module = {"nexus": nexus, "sbsys": sbsys}[system]
    with make_server("127.0.0.1", 0, module.app(town, {"auth": AUTH, **config}), _Server, _Silent) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield Vendor(f"http://127.0.0.1:{server.server_port}", module.TOKEN)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def start(rest_town: Town) -> Iterator[Start]:
    """A vendor with settings of one's own, as rate_per_second for SBSYS."""
    with ExitStack() as running:
        yield lambda system, **config: running.enter_context(_serve(system, rest_town, config))


@pytest.fixture(scope="session")
def nexus_server(rest_town: Town) -> Iterator[Vendor]:
    """Nexus, logged in."""
    with _serve("nexus", rest_town, {}) as vendor:
        yield vendor.log_in()


@pytest.fixture(scope="session")
def sbsys_server(rest_town: Town) -> Iterator[Vendor]:
    """SBSYS, logged in."""
    with _serve("sbsys", rest_town, {}) as vendor:
        yield vendor.log_in()
