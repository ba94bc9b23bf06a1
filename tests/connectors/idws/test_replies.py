"""A reply that is not the service's own answer to this very call is not used."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from connectors.errors import TransientError
from connectors.idws.names import DS, SOAP12, WSA, WSSE, q
from helhed import settings
from tests.connectors.idws.scene import Scene, between, changed, knock, refused


def without_signature(root: etree._Element) -> None:
    for signature in list(root.iter(q(DS, "Signature"))):
        parent = signature.getparent()
        assert parent is not None
        parent.remove(signature)


def without_security(root: etree._Element) -> None:
    header = root.find(q(SOAP12, "Header"))
    assert header is not None
    for security in header.findall(q(WSSE, "Security")):
        header.remove(security)


def other_count(root: etree._Element) -> None:
    kode = root.find(".//{urn:oio:sagdok:3.0.0}StatusKode")
    assert kode is not None
    kode.text = "44"


def other_relation(root: etree._Element) -> None:
    relates = root.find(f".//{q(WSA, 'RelatesTo')}")
    assert relates is not None
    relates.text = "urn:uuid:another"


@pytest.mark.parametrize("change", [without_signature, without_security, other_count, other_relation])
def test_a_reply_changed_on_the_way(scene: Scene, change: object) -> None:
    api = scene.open()
    between(api.api.session, reply=lambda raw: changed(raw, change))  # type: ignore[arg-type]
    line = refused(lambda: knock(api))
    assert "the reply is not used" in line and "service_cert" in line


def test_the_reply_to_an_earlier_call(scene: Scene) -> None:
    """A whole, rightly signed reply, but to another question."""
    api = scene.open()
    kept: list[bytes] = []

    def earlier(raw: bytes) -> bytes:
        kept.append(raw)
        return kept[0]

    between(api.api.session, reply=earlier)
    knock(api)
    assert "answers another message" in refused(lambda: knock(api))


@pytest.mark.parametrize("minutes", [-11, 11])
def test_a_reply_that_is_not_of_now(scene: Scene, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """Held back on its way: when it comes, our clock is another."""
    api = scene.open()

    def hold(raw: bytes) -> bytes:
        monkeypatch.setattr(settings, "now", lambda: datetime.now(UTC) + timedelta(minutes=minutes))
        return raw

    between(api.api.session, reply=hold)
    assert "not of now" in refused(lambda: knock(api))


def test_a_reply_by_another_service(scene: Scene) -> None:
    line = refused(lambda: knock(scene.open(service_cert=str(scene.pki / "sts.crt"))))
    assert "not by the certificate that we know" in line


def test_replies_may_be_let_off(scene: Scene) -> None:
    api = scene.open(replies="unsigned", service_cert=None)
    between(api.api.session, reply=lambda raw: changed(raw, without_security))
    knock(api)


def test_a_forged_absence_is_no_absence(scene: Scene) -> None:
    """That CPR knows nobody by a number would close what we know: unsigned, it is not believed."""
    api = scene.open("cpr")
    fault = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server'
        b"</faultcode><faultstring>PNR not found</faultstring></s:Fault></s:Body></s:Envelope>"
    )
    assert list(api.person("0101000000")) == [], "a true one is signed and believed"
    between(api.service.api.session, reply=lambda raw: fault)
    assert "not signed" in refused(lambda: api.person("0101000000"))


def test_a_service_that_fails_is_away_not_false(scene: Scene) -> None:
    api = scene.open()
    fault = re.sub(
        rb"\s+",
        b" ",
        b"""<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>
        <s:Code><s:Value>s:Receiver</s:Value></s:Code></s:Fault></s:Body></s:Envelope>""",
    )
    between(api.api.session, reply=lambda raw: fault)
    with pytest.raises(TransientError):
        knock(api)
