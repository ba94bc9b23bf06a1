"""What goes out fits the real schemas, in each version of the envelope."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from connectors.contract import Access, Ask, Connector
from connectors.cpr import CONNECTOR as CPR
from connectors.errors import AccessError, ContractError
from connectors.sags_dokumentindeks import CONNECTOR as SDI
from connectors.soap import SoapApi
from connectors.ydelsesindeks import CONNECTOR as YDI
from tests.connectors.soap import build
from tests.connectors.soap.index import reply
from tests.connectors.soap.schemas import SF1470, SF1490, SF1520, schema
from tests.connectors.soap.server import ENV11, ENV12, Answer, envelope, serve

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HEADER = "{http://kombit.dk/xml/schemas/RequestHeader/1/}"
VERSIONS = [
    ("1.1", ENV11, "text/xml"),
    ("1.2", ENV12, "application/soap+xml"),
    ("hybrid", ENV11, "application/soap+xml"),
]


@pytest.mark.parametrize(("soap", "ns", "kind"), VERSIONS)
@pytest.mark.parametrize(
    ("connector", "wsdl", "action"), [(SDI, SF1470, "sagdokumentindeks"), (YDI, SF1490, "ydelseindeks")]
)
def test_every_search_fits_the_real_schema(
    contracts: Path, connector: Connector[Any], wsdl: str, action: str, soap: str, ns: str, kind: str
) -> None:
    with serve(lambda sent: reply(ns=ns)) as server:
        # The connection's word goes before the source's.
        said = (
            {"extra": {"soap": soap}, "options": {"soap": "1.1"}} if connector is SDI else {"options": {"soap": soap}}
        )
        api = connector.open(Access(url=server.url, **said))
        connector.check(api)
        for stream in connector.streams:
            assert stream.read and stream.read_keys and stream.read_one
            list(stream.read(api, Ask(now=NOW, cursor="2026-01-01T00:00:00.5+00:00")))
            list(stream.read_keys(api, Ask(now=NOW)))
            stream.read_one(api, build.SAG)
    assert len(server.sent) == 7
    for sent in server.sent:
        schema(contracts, wsdl).assertValid(etree.fromstring(etree.tostring(sent.body)))
        assert sent.envelope.tag == f"{{{ns}}}Envelope"
        assert sent.headers["Content-Type"].startswith(kind)
        assert UUID(str(sent.envelope.findtext(f".//{HEADER}TransactionUUID")))
        asked = sent.headers.get("SOAPAction", "") + sent.headers["Content-Type"]
        assert f"http://kombit.dk/sts/{action}/fremsoeg" in asked


@pytest.mark.parametrize("options", [{}, {"invocation": dict.fromkeys(
    ("ServiceAgreementUUID", "UserSystemUUID", "UserUUID", "ServiceUUID"), "e6be2436-bf35-4df2-83fe-925142825dc2"
)}])  # fmt: skip
def test_a_lookup_fits_the_real_schema(contracts: Path, options: dict[str, Any]) -> None:
    with serve(lambda sent: Answer((contracts / "samples/sf1520_personlookup_fault.xml").read_bytes(), 500)) as server:
        api = CPR.open(Access(url=server.url, myndighed="11111111", options=options))
        assert CPR.streams[0].read_one is not None
        assert CPR.streams[0].read_one(api, build.CPR) == ()
        CPR.check(api)
    for sent in server.sent:
        schema(contracts, SF1520).assertValid(etree.fromstring(etree.tostring(sent.body)))
        assert sent.headers["SOAPAction"].strip('"').endswith("/PersonBaseDataExtended/4/PersonLookup")
        assert sent.envelope.tag == f"{{{ENV11}}}Envelope"


def test_the_municipality_must_be_named() -> None:
    with pytest.raises(AccessError, match="myndighed"):
        CPR.check(CPR.open(Access(url="http://127.0.0.1:9/")))


def test_a_wrong_version_or_agreement_is_said_at_once() -> None:
    with pytest.raises(ContractError, match=r"1\.1, 1\.2, hybrid"):
        SDI.open(Access(url="http://127.0.0.1:9/", extra={"soap": "2.0"}))
    with pytest.raises(ContractError, match="ServiceAgreementUUID"):
        CPR.open(Access(url="http://127.0.0.1:9/", options={"invocation": {"UserUUID": "x"}}))


def test_a_token_has_its_place() -> None:
    def secure(sent: etree._Element, headers: dict[str, str]) -> tuple[etree._Element, dict[str, str]]:
        header = next(e for e in sent if str(e.tag).endswith("}Header"))
        etree.SubElement(header, "{urn:test}Security")
        return sent, {**headers, "X-Signed": "yes"}

    wsdl = Path(SDI.open.__code__.co_filename).with_name("fremsoeg.wsdl")
    with serve(lambda sent: reply(ns=ENV12)) as server:
        api = SoapApi(Access(url=server.url), wsdl, "1.2", secure)
        api.ask("fremsoeg", transaction=True)
    assert server.sent[0].envelope.find(".//{urn:test}Security") is not None
    assert server.sent[0].headers["X-Signed"] == "yes"


def test_two_thousand_lookups_are_a_matter_of_seconds() -> None:
    found = envelope(
        '<p:PersonLookupResponse xmlns:p="http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/4/">'
        f"<p:persondata><p:personnummer>{build.CPR}</p:personnummer></p:persondata></p:PersonLookupResponse>"
    )
    with serve(lambda sent: Answer(found)) as server:
        api = CPR.open(Access(url=server.url, myndighed="11111111"))
        began = time.process_time()
        for _ in range(100):
            api.person(build.CPR)
        assert (time.process_time() - began) / 100 < 0.03, "seconds of computing a lookup, the server's share included"
