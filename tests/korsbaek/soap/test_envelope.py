"""The three envelopes, what echoes, and what is refused."""

import io
from typing import Any

import pytest
from lxml import etree

from korsbaek.systems.soap.names import clark
from tests.korsbaek.soap.conftest import Apps
from tests.korsbaek.soap.messages import SOAP11, SOAP12, TRANSACTION, body, envelope, fremsoeg, lookup, post, soeg

ASK = fremsoeg("sdi", soeg("SoegSag"))


@pytest.mark.parametrize(
    ("soap", "media"),
    [(SOAP11, "text/xml"), (SOAP12, "application/soap+xml"), (SOAP11, "application/soap+xml")],
    ids=["1.1", "1.2", "hybrid"],
)
def test_the_reply_takes_the_requests_form(apps: Apps, soap: str, media: str) -> None:
    code, answered, reply = post(apps["sdi"], envelope(ASK, soap), media)
    assert code == "200 OK" and answered == media
    assert etree.QName(reply).namespace == soap
    assert reply.findtext(f".//{clark('h:TransactionUUID')}") == TRANSACTION


@pytest.mark.parametrize(("system", "soap"), [("cpr", SOAP12), ("ydi", SOAP11)])
def test_another_version_is_a_fault(apps: Apps, system: str, soap: str) -> None:
    code, _, reply = post(apps[system], envelope(lookup("1"), soap))
    assert code.startswith("500")
    assert "VersionMismatch" in etree.tostring(reply).decode()


@pytest.mark.parametrize(
    "message",
    [
        b"<not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        envelope("").replace(b"<s:Body></s:Body>", b""),
        envelope("<x/>"),
        envelope(f"{ASK}{ASK}"),
    ],
    ids=["text", "no envelope", "document type", "no body", "no operation", "two bodies"],
)
def test_what_is_no_request_is_a_fault(apps: Apps, message: bytes) -> None:
    code, _, reply = post(apps["sdi"], message)
    assert code.startswith("500")
    assert str(body(reply).tag) == f"{{{SOAP11}}}Fault"


def test_a_broken_lookup_is_a_fault(apps: Apps) -> None:
    broken = lookup("1").replace("pnr:PNR", "pnr:CPR")
    code, _, reply = post(apps["cpr"], envelope(broken, transaction=None))
    assert code.startswith("500") and body(reply).findtext("faultcode") == "soap:Client"


def test_a_fault_never_quotes_the_request(apps: Apps) -> None:
    _, _, reply = post(apps["cpr"], envelope(lookup("0101010000"), transaction=None))
    assert b"0101010000" not in etree.tostring(reply)


def _get(app: Any, path: str, query: str = "", method: str = "GET") -> tuple[str, bytes]:
    head: list[str] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
    content = b"".join(app(environ, lambda status, headers: head.append(status)))
    return head[0], content


def test_pages(apps: Apps) -> None:
    for app in apps.values():
        path = app.paths[0]
        assert _get(app, "/health") == ("200 OK", b"ok")
        code, wsdl = _get(app, path, "wsdl")
        assert code == "200 OK" and app.url.encode() in wsdl
        folder = path.rpartition("/")[0]
        for imported in etree.fromstring(wsdl).iter("{http://www.w3.org/2001/XMLSchema}import"):
            assert _get(app, f"{folder}/{imported.get('schemaLocation')}")[0] == "200 OK"
        assert _get(app, "/nowhere")[0].startswith("404")
        assert _get(app, f"{folder}/../service.xsd")[0].startswith("404")
        assert _get(app, "/sagdokumentindeks/5", method="POST")[0].startswith("404")
        assert _get(app, path, method="PUT")[0].startswith("405")
