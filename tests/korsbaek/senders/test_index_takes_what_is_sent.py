"""Sags- og Dokumentindekset takes importer and opdater, and tells again exactly what it was told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import requests
from lxml import etree

from korsbaek.generate import generate
from korsbaek.model import Fremdrift, Sag
from korsbaek.senders.message import WHOLE, body, new_sag, next_step, send
from korsbaek.systems.sdi.sag import registreret
from korsbaek.systems.soap.node import Node, children, render
from korsbaek.town import Town
from tests.korsbaek.soap import real
from tests.korsbaek.soap.conftest import listening

STS = datetime(2026, 3, 2, 12, tzinfo=UTC)
SD = "{urn:oio:sagdok:3.0.0}"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = generate(tmp_path_factory.mktemp("sent") / "town.db", 80, 11, date(2026, 3, 2))
    yield made
    made.close()


def told(sag: Sag) -> list[str]:
    """What fremsoeg says of a case, but for the index's own clock."""
    return [render([_clockless(registreret(sag, r, WHOLE))]) for r in sag.registreringer]


def _clockless(node: Node) -> Node:
    return (node[0], [c for c in children(node) if c[0] != "gd:StsTidspunkt"])


def test_every_case_of_a_town_comes_back_as_it_was_sent(town: Town, tmp_path: Path, contracts: Path) -> None:
    published, empty, count = real.sdi(contracts), Town.create(tmp_path / "empty.db"), 0
    for sag in town.each(Sag, "indeks = 1 order by nr"):
        if sag.fejl or any(n.fejl for n in sag.nu.notater) or not sag.master:
            continue
        message = body("Importer", [new_sag(sag)])
        assert published.validate(etree.fromstring(etree.tostring(message))), published.error_log
        send(empty, "Importer", [new_sag(sag)], STS)
        kept = empty.sag(sag.uuid)
        assert kept is not None and kept.master == sag.master
        assert told(kept) == told(sag)
        count += 1
    assert count > 60
    empty.close()


def test_over_the_wire_statuses_are_those_of_the_contract(town: Town, tmp_path: Path, contracts: Path) -> None:
    sag = next(iter(town.each(Sag, "indeks = 1 and status = 'Oplyst' order by nr")))
    published = real.sdi(contracts)
    own = generate(tmp_path / "town.db", 20, 3, date(2026, 3, 2))
    with listening(own, tmp_path) as urls:
        for node, operation, code in (
            (next_step(sag, Fremdrift("Afgjort", STS)), "Opdater", "44"),
            (new_sag(sag), "Importer", "20"),
            (new_sag(sag), "Importer", "49"),
            (next_step(sag, Fremdrift("Afgjort", STS)), "Opdater", "20"),
        ):
            request = body(operation, [node])
            assert published.validate(etree.fromstring(etree.tostring(request))), published.error_log
            answer = _post(urls["sdi"], tmp_path / "pki", operation, request)
            assert published.validate(answer), published.error_log
            assert answer.findtext(f"{SD}UnikRetur/{SD}StatusKode") == code
            assert answer.findtext(f"{SD}UnikRetur/{SD}UUIDIdentifikator") == sag.uuid
        broken = etree.fromstring(etree.tostring(body("Importer", [new_sag(sag)])).replace(b"Oplyst", b"Bestilt"))
        refused = _post(urls["sdi"], tmp_path / "pki", "Importer", broken)
        assert refused.findtext(f"{SD}StandardRetur/{SD}StatusKode") == "40"
    kept = own.sag(sag.uuid)
    assert kept is not None and [len(kept.registreringer), kept.nu.status] == [len(sag.registreringer) + 1, "Afgjort"]
    assert kept.nu.fremdrift[-2].til == kept.nu.fremdrift[-1].fra == STS
    assert kept.nu.parter == kept.registreringer[-2].parter and kept.nu.titel == sag.nu.titel
    own.close()


def _post(url: str, pki: Path, operation: str, request: etree._Element) -> etree._Element:
    action = f"http://kombit.dk/sts/sagdokumentindeks/{operation.lower()}"
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    message = f'<s:Envelope xmlns:s="{soap}"><s:Body>{etree.tostring(request).decode()}</s:Body></s:Envelope>'
    with requests.Session() as session:
        session.trust_env = False
        session.cert, session.verify = (str(pki / "client.crt"), str(pki / "client.key")), str(pki / "ca.crt")
        headers = {"Content-Type": "text/xml", "SOAPAction": f'"{action}"'}
        reply = session.post(url, data=message.encode(), headers=headers, timeout=20)
    assert reply.status_code == 200, reply.text
    found = etree.fromstring(reply.content).find("{*}Body")
    assert found is not None
    return etree.fromstring(etree.tostring(found[0]))
