"""Acadre as its published contract says: zeep from the real WSDL, NTLM, and every envelope against the real schemas."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import requests
import zeep

from connectors.acadre import CONNECTOR
from connectors.recording import read_all
from korsbaek.landscape.records import shelf
from korsbaek.systems.acadre.place import DOMAIN, USER
from tests.korsbaek.acadre.contract import Acadre, acadre, bodies, client, schema

FOLDER = "acadre-pws7"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acadre]:
    with acadre(tmp_path_factory.mktemp("acadre"), 60, 100) as running:
        yield running


def _bound(found: zeep.Client, service: str, door: Acadre) -> zeep.proxy.ServiceProxy:
    bound = found.bind("AcadreServiceV7", service)
    bound._binding_options["address"] = door.url  # the WSDL names the server that it was saved from
    return bound


def test_a_zeep_client_of_the_real_wsdl_gets_its_answers(door: Acadre, contracts: Path) -> None:
    found, passed = client(contracts / FOLDER, door.session())
    cases, contacts = _bound(found, "CaseService7", door), _bound(found, "ContactService7", door)
    people = cases.GetIdentityNumbersFromCases(startDate=None, endDate=None)
    held = shelf(door.town, "acadre")
    assert sorted(people) == sorted({c for k, _ in held.rows("sager") for c in held.citizens("sager", k)})
    kinds, numbers = set(), set()
    for number in people:
        for container in cases.GetCasesForIdentity(number, None, None, withMemoAndDocument=True):
            case = cases.GetCase(container.Case.CaseFileIdentifier)
            kinds.add(case.CaseFileTypeCode)
            assert case.CaseFileTypeCode != "BUSAG" or case.CaseFileTitleText.replace("-", "") in people
            for party in case.Party:
                contact = contacts.GetContact(party.ContactReference)
                numbers.add(getattr(contact, "PersonCivilRegistrationIdentifier", None))
    assert kinds == {"BUSAG", "BGSAG"} and set(people) <= numbers
    config = _bound(found, "ConfigurationService7", door)
    assert {u.Id for u in config.GetUserList()} and {u.Name for u in config.GetAdminUnitList()} >= {"Borgerservice"}
    real, checked = schema(contracts / FOLDER), 0
    for envelope in passed:
        for body in bodies(envelope):
            real.assertValid(body)
            checked += 1
    assert checked > 60


def test_what_the_connector_sends_and_gets_is_valid(
    door: Acadre, contracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[bytes] = []
    plain = requests.adapters.HTTPAdapter.send

    def keep(self: requests.adapters.HTTPAdapter, request: requests.PreparedRequest, **how: object) -> object:
        reply = plain(self, request, **how)  # type: ignore[arg-type]
        if reply.ok:
            passed.extend([bytes(request.body or b""), reply.content])  # type: ignore[arg-type]
        return reply

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", keep)
    for stream in CONNECTOR.streams:
        assert read_all(stream, CONNECTOR.open(door.access()), datetime.now().astimezone())
    real = schema(contracts / FOLDER)
    elements = [body for envelope in passed for body in bodies(envelope)]
    for element in elements:
        real.assertValid(element)
    assert len(elements) > 60


def test_who_does_not_know_the_password_stays_outside(door: Acadre) -> None:
    plain = requests.post(door.url, data=b"<x/>", timeout=30)
    assert plain.status_code == 401 and plain.headers["WWW-Authenticate"] == "NTLM"
    assert door.session("forkert").post(door.url, data=b"<x/>", timeout=30).status_code == 401
    for word in ("NTLM", "NTLM TlRMTVNTUAADAAAA", "NTLM ikke-base64", "Basic eDp5"):
        said = requests.post(door.url, data=b"<x/>", headers={"Authorization": word}, timeout=30)
        assert said.status_code == 401, word


def test_the_answer_to_one_challenge_opens_no_other_connection(door: Acadre) -> None:
    with door.session() as inside:
        first = inside.post(door.url, data=b"<x/>", timeout=30)
        assert first.status_code == 500, "let in, and no envelope"
        response = first.request.headers["Authorization"]
        assert response.startswith("NTLM ") and first.request.url == door.url
    again = requests.post(door.url, data=b"<x/>", headers={"Authorization": response}, timeout=30)
    assert again.status_code == 401 and f"{DOMAIN}{USER}" not in again.text
