"""Byg og Miljoe on the wire: zeep from its WSDL by mutual TLS, its schema, and what messages after a watermark tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
from lxml import etree
from zeep.transports import Transport
from zeep.wsa import WsAddressingPlugin

from connectors.bygogmiljoe import CONNECTOR
from connectors.contract import Access, Ask, Page
from korsbaek import municipality
from korsbaek.landscape.records import shelf
from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.bygogmiljoe.watermark import stamp
from korsbaek.systems.soap.service import schema
from korsbaek.town import CVR, Town

NOW = datetime(2026, 3, 3, 3, tzinfo=UTC)
KIND = "ansoegninger"


@dataclass
class Door:
    """The services, and the town behind."""

    url: str
    auth: dict[str, Any]
    shelf: Shelf

    def session(self) -> requests.Session:
        """With the municipality's certificate."""
        session = requests.Session()
        session.trust_env = False
        session.cert, session.verify = (self.auth["cert"], self.auth["key"]), self.auth["ca"]
        return session

    def read(self, cursor: str | None) -> list[Page]:
        """What the connector reads from a cursor on."""
        access = Access(url=self.url, extra=self.auth, myndighed=CVR)
        (stream,) = CONNECTOR.streams
        assert stream.read is not None
        return list(stream.read(CONNECTOR.open(access), Ask(now=NOW, cursor=cursor)))

    def changed(self, key: str, kind: str, days: int, **change: Any) -> None:
        """The vendor changes an application, and tells so by a message of a kind."""
        body = self.shelf.one(KIND, key)
        assert body is not None
        at = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(days=days)
        said = body | change | {"besked": kind, "tid": at.isoformat()}
        owner, named = self.shelf.owner(KIND, key), self.shelf.named(KIND, key)
        self.shelf.put(KIND, key, said, owner=owner, parts=named, changed=stamp(at))


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("bom")
    municipality.up(folder, 60, 7, 0, date(2026, 3, 2), only=("bygogmiljoe",), further=("bygogmiljoe",))
    town = Town.open(folder / "town.db")
    try:
        told = municipality.status(folder)["systems"]["bygogmiljoe"]
        yield Door(told["url"], told["auth"], shelf(town, "bygogmiljoe"))
    finally:
        town.close()
        municipality.down(folder)


def test_a_zeep_client_gets_answers_that_keep_the_schema(door: Door, tmp_path: Path) -> None:
    transport = Transport(session=door.session())  # type: ignore[no-untyped-call]
    client = zeep.Client(f"{door.url}/SagsbehandlingV5.svc?wsdl", transport=transport, plugins=[WsAddressingPlugin()])  # type: ignore[no-untyped-call]
    (binding,) = client.wsdl.bindings
    service = client.create_service(binding, f"{door.url}/SagsbehandlingV5.svc")  # type: ignore[no-untyped-call]
    everything = {"fraDatoTid": datetime(2000, 1, 1), "tilDatoTid": datetime(2099, 1, 1), "myndighedCvr": CVR}
    ids = service.LaesAnsoegningOversigt(**everything, sagOmraader={}, sagTyper={})
    assert sorted(ids) == sorted(key for key, _ in door.shelf.rows(KIND))
    kinds = set()
    with client.settings(raw_response=True):
        for key in ids:
            reply = etree.parse(BytesIO(service.LaesAnsoegning(indsendelseID=key).content))
            body = reply.getroot()[-1][0]
            schema("BygOgMiljoe").assertValid(body)
            kinds.add(len(body.findtext(".//{*}Indsender/{*}Identifikation") or ""))
    assert kinds == {8, 10}, "companies and citizens apply"
    early = service.LaesAnsoegningOversigt(
        **everything | {"fraDatoTid": datetime(2098, 1, 1)}, sagOmraader={}, sagTyper={}
    )
    assert not early


def test_no_certificate_no_answer_and_no_action_a_fault(door: Door) -> None:
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(f"{door.url}/health", verify=door.auth["ca"], timeout=30)
    plain = f"""<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>
      <b:HentBeskeder xmlns:b="urn:korsbaek:bygogmiljoe:5"><b:request><b:MyndighedCvr>{CVR}</b:MyndighedCvr></b:request>
      </b:HentBeskeder></s:Body></s:Envelope>"""
    headers = {"Content-Type": "application/soap+xml"}
    said = door.session().post(f"{door.url}/BeskedfordelerV2.svc", data=plain, headers=headers, timeout=30)
    assert said.status_code == 500 and "wsa:ActionNotSupported" in said.text


def test_only_what_messages_name_is_read_again(door: Door) -> None:
    everything = door.read(None)
    keys = [r.key for page in everything for r in page.records]
    assert sorted(keys) == sorted(key for key, _ in door.shelf.rows(KIND)) and len(keys) > 8
    cursor = everything[-1].cursor
    assert [r for page in door.read(cursor) for r in page.records] == []
    rows = door.shelf.rows(KIND, "body not like '%\"Afgjort\"%' order by seq limit 3")
    for n, (key, _) in enumerate(rows):
        kind = ("SagStatusSkiftBesked", "FristOverskridelseBesked", "AnsoegningIndsendtBesked")[n]
        door.changed(key, kind, n, initiativ="Ansoeger")
    named = door.read(cursor)
    assert [r.key for page in named for r in page.records] == [key for key, _ in rows], "oldest message first"
    assert door.read(named[-1].cursor)[-1].records == []


def test_a_case_that_is_not_remembered_makes_the_night_read_all(door: Door) -> None:
    before = door.read(None)
    closed = door.shelf.rows(KIND, 'body like \'%"status": "Afgjort"%\' order by seq limit 1')[0][0]
    door.changed(closed, "SagStatusSkiftBesked", 10, status="UnderBehandling")
    read = [r.key for page in door.read(before[-1].cursor) for r in page.records]
    assert sorted(read) == sorted(key for key, _ in door.shelf.rows(KIND))
