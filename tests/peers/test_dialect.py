"""Speaking a dialect of one's own: the simulated services refuse a wrong namespace and a missing certificate."""

from typing import Any

import pytest
import requests
from lxml import etree

from connectors import registry, retry
from connectors.contract import Access
from connectors.errors import AccessError, ConnectorError, TransientError
from connectors.soap_xml import local
from helhed.commands.korsbaek import connection
from tests.connectors.soap.server import Answer, Sent, serve
from tests.korsbaek_town import RunningTown

SOAP = {"cpr": "cpr", "sdi": "sags_dokumentindeks", "ydi": "ydelsesindeks"}
pytestmark = pytest.mark.parametrize("system", list(SOAP))


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)


def knocked(system: str) -> Sent:
    """What our connector sends when it knocks."""
    with serve(lambda sent: Answer(b"", 404)) as server:
        connector = registry.load(SOAP[system])
        with pytest.raises(ConnectorError):
            connector.check(connector.open(Access(url=server.url, myndighed="11111111")))
        return server.sent[0]


def answered(town: RunningTown, system: str, sent: Sent, envelope: bytes) -> str:
    """What the town's own server answers: a reply and its StatusKode, or a Fault and its text."""
    extra: dict[str, Any] = connection(town.systems[system])["extra"]
    headers = {name: value for name, value in sent.headers.items() if name.lower() in ("content-type", "soapaction")}
    reply = requests.post(
        town.systems[system]["url"], envelope, headers=headers, timeout=10,
        cert=(extra["cert"], extra["key"]), verify=extra["ca"],
    )  # fmt: skip
    body = next(e for e in etree.fromstring(reply.content) if local(str(e.tag)) == "Body")[0]
    kode = next((str(e.text) for e in body.iter() if local(str(e.tag)) == "StatusKode"), "")
    said = " ".join(str(text) for text in body.itertext()) if local(str(body.tag)) == "Fault" else kode
    return f"{local(str(body.tag))} {said}"


def well(answer: str) -> bool:
    """Whether the request was understood (CPR's way of saying so is that nobody has the number)."""
    return "PNR not found" in answer or answer.endswith((" 20", " 44"))


def test_every_namespace_of_a_request_must_be_the_contracts(town: RunningTown, system: str) -> None:
    sent = knocked(system)
    whole = etree.tostring(sent.envelope)
    assert well(answered(town, system, sent, whole))
    body = next(e for e in sent.envelope if local(str(e.tag)) == "Body")
    spoken = {etree.QName(e).namespace for e in body[0].iter() if isinstance(e.tag, str)}
    assert spoken
    for namespace in spoken:
        invented = whole.replace(f'"{namespace}"'.encode(), b'"urn:opfundet:1"')
        assert invented != whole
        assert not well(answered(town, system, sent, invented)), namespace


def test_without_our_certificate_nobody_opens(town: RunningTown, system: str) -> None:
    found = connection(town.systems[system])
    extra = {name: value for name, value in found["extra"].items() if name not in ("cert", "key")}
    connector = registry.load(SOAP[system])
    with pytest.raises((AccessError, TransientError)):
        connector.check(connector.open(Access(url=found["host"], extra=extra, myndighed="11111111")))
    connector.check(connector.open(Access(url=found["host"], extra=found["extra"], myndighed="11111111")))
