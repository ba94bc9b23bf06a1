"""What goes wrong on the wire becomes one of four errors; none of them, and no log, carries what was sent."""

import logging
import ssl
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import retry
from connectors.contract import Access
from connectors.cpr import CONNECTOR as CPR
from connectors.errors import AccessError, ConnectorError, ContractError, TransientError
from connectors.sags_dokumentindeks import CONNECTOR as SDI
from tests.connectors.soap import build
from tests.connectors.soap.index import reply
from tests.connectors.soap.server import ENV12, Answer, envelope, serve

FAULT11 = "<e:Fault xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><faultcode>e:{}</faultcode><faultstring>{}</faultstring>{}</e:Fault>"
FAULT12 = (
    f"<e:Fault xmlns:e='{ENV12}'><e:Code><e:Value>e:{{}}</e:Value></e:Code>"
    "<e:Reason><e:Text xml:lang='da'>{}</e:Text></e:Reason></e:Fault>"
)
SP = (
    "<detail><f:ServiceplatformFault xmlns:f='http://serviceplatformen.dk/xml/schemas/ServiceplatformFault/1/'><f:ErrorList>"
    "<f:Error><f:ErrorCode>{}</f:ErrorCode><f:ErrorText>{}</f:ErrorText></f:Error></f:ErrorList></f:ServiceplatformFault></detail>"
)
SECRET = f"Ida Eksempel {build.CPR}"


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)


def ask(answer: Answer, connector: Any = CPR) -> Any:
    """What the connector makes of an answer."""
    with serve(lambda sent: answer) as server:
        api = connector.open(Access(url=server.url, myndighed="11111111"))
        return api.person(build.CPR) if connector is CPR else connector.check(api)


WRONG = [
    (Answer(b"", 401), AccessError),
    (Answer(b"<html>no</html>", 403), AccessError),
    (Answer(b"", 404), ContractError),
    (Answer(b"", 302, {"Location": "http://elsewhere.test/"}), ContractError),
    (Answer(b"", 429), TransientError),
    (Answer(b"<html>down</html>", 503), TransientError),
    (Answer(b"<html>down</html>", 500), TransientError),
    (Answer(b"<html><br></html>", 200), ContractError),
    (Answer(b"", 200), ContractError),
    (Answer(b"<a/>", 200), ContractError),
    (Answer(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", 200), ContractError),
    (Answer(envelope(FAULT11.format("Server", SECRET, "")), 500), TransientError),
    (Answer(envelope(FAULT11.format("Server", SECRET, "")), 200), TransientError),
    (Answer(envelope(FAULT11.format("Client", SECRET, "")), 500), ContractError),
    (Answer(envelope(FAULT11.format("FailedAuthentication", SECRET, "")), 500), AccessError),
    (Answer(envelope(FAULT11.format("Server", "x", SP.format("ServiceAgreementNotFound", SECRET))), 500), AccessError),
    (Answer(envelope(FAULT11.format("Server", "x", SP.format(SECRET, "Usercontext doesn't exist"))), 500), AccessError),
    (Answer(envelope(FAULT12.format("Sender", SECRET), ENV12), 400), ContractError),
    (Answer(envelope(FAULT12.format("Receiver", SECRET), ENV12), 500), TransientError),
    (Answer(envelope(f"<other>{SECRET}</other>"), 200), ContractError),
]


@pytest.mark.parametrize(("answer", "error"), WRONG)
def test_each_wrong_is_named_for_its_remedy(
    answer: Answer, error: type[ConnectorError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ConnectorError) as caught:
        ask(answer)
    assert type(caught.value) is error or (error is ContractError and isinstance(caught.value, ContractError))
    seen = f"{caught.value}{caught.value.__cause__}{caught.value.__context__}{caplog.text}"
    assert build.CPR not in seen and "Eksempel" not in seen and "\n" not in str(caught.value)


def test_somebody_unknown_is_an_empty_result(contracts: Path) -> None:
    fault = (contracts / "samples" / "sf1520_personlookup_fault.xml").read_bytes()
    assert ask(Answer(fault, 500)) == ask(Answer(fault, 200)) == ()


def test_transient_trouble_passes() -> None:
    answers = iter([Answer(b"", 503), Answer(envelope(FAULT11.format("Server", "x", ""))), reply(ns=ENV12)])
    with serve(lambda sent: next(answers)) as server:
        SDI.check(SDI.open(Access(url=server.url)))
        assert len(server.sent) == 3


@pytest.mark.parametrize(
    ("kode", "error"),
    [(40, ContractError), (41, ContractError), (49, ContractError), (53, TransientError), ("x", ContractError)],
)
def test_status_codes_stand_in_the_body(kode: int | str, error: type[ConnectorError]) -> None:
    with pytest.raises(error):
        ask(reply(kode=kode), SDI)


def test_44_is_an_empty_result() -> None:
    ask(reply(kode=44), SDI)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_reply_breaks_the_door(raw: bytes) -> None:
    from connectors import soap_xml

    try:
        soap_xml.read(raw, "there")
    except ConnectorError as error:
        assert type(error) is ContractError


def test_both_sides_show_their_certificates(certificates: dict[str, str]) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificates["server"], certificates["server_key"])
    tls.load_verify_locations(certificates["ca"])
    tls.verify_mode = ssl.CERT_REQUIRED
    extra = {"cert": certificates["client"], "key": certificates["client_key"], "ca": certificates["ca"]}
    with serve(lambda sent: reply(ns=ENV12), tls) as server:
        SDI.check(SDI.open(Access(url=server.url, extra=extra)))
        with pytest.raises(AccessError):
            SDI.check(SDI.open(Access(url=server.url, extra={**extra, "ca": None})))
