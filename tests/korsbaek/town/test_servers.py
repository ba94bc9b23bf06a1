"""The municipality as processes: doors, certificates, ports, faults, and messages that it pushes."""

import http.client
import json
import os
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

from korsbaek import municipality, pki
from korsbaek.beskedfordeler import message
from korsbaek.setting import SOAP, SYSTEMS
from tests.korsbaek_town import DAY, RunningTown


def context(town: RunningTown, system: str, certificate: bool = True) -> ssl.SSLContext:
    auth = town.systems[system]["auth"]
    made = ssl.create_default_context(cafile=auth["ca"])
    if certificate:
        made.load_cert_chain(auth["cert"], auth["key"])
    return made


def test_every_system_answers_on_loopback(town: RunningTown) -> None:
    status = town.status
    assert set(status["systems"]) == set(SYSTEMS)
    assert (status["day"], status["nights"]) == (DAY.isoformat(), 0)
    for name, system in status["systems"].items():
        assert system["alive"], name
        assert urlsplit(system["url"]).hostname == "127.0.0.1"
        assert system["url"].startswith("https:" if name in SOAP else "http:")


@pytest.mark.parametrize("system", SOAP)
def test_the_soap_services_ask_for_a_certificate(town: RunningTown, system: str) -> None:
    parts = urlsplit(town.systems[system]["url"])
    with pytest.raises((ssl.SSLError, OSError, http.client.HTTPException)):
        door = http.client.HTTPSConnection(parts.netloc, timeout=10, context=context(town, system, False))
        door.request("GET", f"{parts.path}?wsdl")
        door.getresponse()
    door = http.client.HTTPSConnection(parts.netloc, timeout=10, context=context(town, system))
    door.connect()
    kept = door.sock
    for _ in range(2):
        door.request("GET", f"{parts.path}?wsdl")
        reply = door.getresponse()
        assert reply.read() and reply.status == 200
    assert door.sock is kept, "the connection is kept alive"
    door.close()


def test_a_stranger_certificate_is_refused(town: RunningTown, tmp_path: Path) -> None:
    pki.make(tmp_path)
    parts = urlsplit(town.systems["sdi"]["url"])
    stranger = context(town, "sdi", False)
    stranger.load_cert_chain(tmp_path / "client.crt", tmp_path / "client.key")
    with pytest.raises((ssl.SSLError, OSError, http.client.HTTPException)):
        door = http.client.HTTPSConnection(parts.netloc, timeout=10, context=stranger)
        door.request("GET", "/?wsdl")
        door.getresponse()


def test_keys_and_secrets_are_for_the_owner_only(town: RunningTown) -> None:
    for path in (*(town.folder / "pki").glob("*.key"), town.folder / "secrets.json"):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_systems_go_down_and_come_back_where_they_were(own_town: RunningTown) -> None:
    before = own_town.systems
    own_town.stop("sbsys")
    assert [name for name, system in own_town.systems.items() if not system["alive"]] == ["sbsys"]
    own_town.start("sbsys")
    after = own_town.systems
    assert after["sbsys"]["alive"] and after["sbsys"]["url"] == before["sbsys"]["url"]
    assert after["sbsys"]["pid"] != before["sbsys"]["pid"]
    assert after["cpr"]["pid"] == before["cpr"]["pid"]
    assert after["nexus"]["auth"] == before["nexus"]["auth"]


def test_faults_come_from_a_file(own_town: RunningTown) -> None:
    parts = urlsplit(own_town.systems["nexus"]["url"])
    faults = own_town.folder / "faults" / "nexus.json"
    faults.parent.mkdir()
    faults.write_text(json.dumps([{"path": "/api/", "status": 503, "times": 1}]))
    found = []
    for _ in range(2):
        door = http.client.HTTPConnection(parts.netloc, timeout=10)
        door.request("GET", "/api/core/mobile/korsbaek/v2/")
        found.append(door.getresponse().status)
        door.close()
    assert found == [503, 401]


def test_logs_hold_no_numbers(town: RunningTown) -> None:
    numbers = [cpr for (cpr,) in town.truth().rows("select cpr from person")]
    for log in (town.folder / "run").glob("*.log"):
        text = log.read_text()
        assert not [number for number in numbers if number in text]


def test_there_is_one_line_when_there_is_no_town(tmp_path: Path) -> None:
    with pytest.raises(municipality.TownError, match="helhed korsbaek up"):
        municipality.status(tmp_path)


class Receiver(BaseHTTPRequestHandler):
    """Takes messages as a customer of Beskedfordeler does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        assert isinstance(server, Inbox)
        server.got.append(body)
        code = 20 if len(server.got) > server.refuse else 40
        reply = (
            '<ModtagBeskedOutput xmlns="urn:oio:sts:1.0.0"><sd:StandardRetur xmlns:sd="urn:oio:sagdok:3.0.0">'
            f"<sd:StatusKode>{code}</sd:StatusKode></sd:StandardRetur></ModtagBeskedOutput>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Inbox(ThreadingHTTPServer):
    """Keeps what came."""

    refuse = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.got: list[bytes] = []


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    server = Inbox()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_night_pushes_a_message_for_each_changed_person(own_town: RunningTown, inbox: Inbox) -> None:
    inbox.refuse = 1
    night = own_town.night(push=f"http://127.0.0.1:{inbox.server_port}/beskeder")
    changed = {r["owner"] for r in night["streams"]["cpr/person"]["records"]}
    assert night["messages"] == {"accepted": len(changed) - 1, "refused": 1}
    named = {
        etree.fromstring(body).findtext(".//{*}RelateretObjekt/{*}ObjektId/{*}URNIdentifikator") for body in inbox.got
    }
    assert named == {f"urn:oio:cpr-nr:{cpr}" for cpr in changed}
    assert own_town.status["beskedfordeler"]["refused"] == 1


def test_the_same_change_has_the_same_message_id() -> None:
    assert message("0203991234", DAY) == message("0203991234", DAY)
    assert message("0203991234", DAY) != message("0203991235", DAY)


def test_messages_are_valid_by_the_real_schema(contracts: Path) -> None:
    folder = contracts / "beskedfordeler-restdelivery" / "xsd"
    schema = etree.XMLSchema(etree.parse(os.fspath(folder / "AnvendersystemOperationer.xsd")))
    schema.assertValid(etree.fromstring(message("0203991234", DAY)))
