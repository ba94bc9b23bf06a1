"""CVR on the wire: real schemas, a client of the real WSDL, and what our own connector makes of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
from zeep.transports import Transport

from canonical_model.drafts import VirksomhedDraft
from connectors.contract import Access
from connectors.cvr import CONNECTOR
from connectors.errors import AccessError, RecordError
from connectors.nobody import NO_COMPANY
from connectors.recording import through
from korsbaek import municipality
from korsbaek.generate import generate
from korsbaek.landscape.records import shelf
from korsbaek.model import Virksomhed
from korsbaek.systems import cvr
from korsbaek.town import Town
from tests.korsbaek.registers.real import Checked, driver

URL = "https://korsbaek.test/service/CVR/Online/2"
AFTALE = {
    "ServiceAgreementUUID": "1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9",
    "UserSystemUUID": "2c3d4e5f-6071-4829-93a4-b5c6d7e8f90a",
    "UserUUID": "3d4e5f60-7182-493a-a4b5-c6d7e8f90a1b",
    "ServiceUUID": cvr.SERVICE,
}


@pytest.fixture
def door(register_town: Town, contracts: Path) -> Checked:
    message = (contracts / "sf1530-cvr-online" / "OnlineServiceMsg.xsd").resolve()
    return Checked(cvr.app(register_town, {"url": URL}), schema=driver(("http://rep.oio.dk/eogs/xml/2/", message)))  # type: ignore[arg-type]


def ask(door: Checked, number: str, **aftale: str) -> list[VirksomhedDraft]:
    (stream,) = CONNECTOR.streams
    assert stream.read_one is not None
    with through(door):
        api = CONNECTOR.open(Access(url=URL, myndighed="11111111", options={"invocation": {**AFTALE, **aftale}}))
        records = stream.read_one(api, number)
    assert not any(r.unknown or number in r.key for r in records)
    return [d for r in records for d in stream.translate(stream.parse(r.body))]  # type: ignore[misc]


def test_every_company_of_the_town(door: Checked, register_town: Town) -> None:
    held = shelf(register_town, "cvr")
    parked = 0
    for company in register_town.each(Virksomhed):
        body: dict[str, Any] = held.one("virksomhed", company.cvr) or {}
        try:
            (draft,) = ask(door, company.cvr)
        except RecordError as error:
            parked += 1
            assert company.cvr not in str(error)
            continue
        assert (draft.navn, draft.telefon, draft.email) == (company.navn, body["telefon"], body["email"])
        at = body["adresse"]
        assert draft.adresse == f"{at['vej']} {at['nummer']}, {at['postnummer']} {at['by']}"
        assert (draft.virkning_til is None) == ("ophoert" not in body)
    assert parked == len(register_town.rows("select 1 from fejl where system = 'cvr'"))


def test_a_change_of_a_company_that_somebody_names_shows(tmp_path: Path) -> None:
    generate(tmp_path / "town.db", 60, 11, date(2026, 3, 2), ("cvr",)).close()
    municipality.night(tmp_path)
    town = Town.open(tmp_path / "town.db")
    changes = town.rows("select owner in (select cvr from companies), revealed from change where system = 'cvr'")
    assert {revealed for named, revealed in changes if named} == {"pull"}
    town.close()


def test_a_number_that_nobody_has_is_an_empty_answer(door: Checked) -> None:
    assert ask(door, NO_COMPANY) == []


def test_another_services_agreement_is_refused(door: Checked, register_town: Town) -> None:
    number = next(register_town.each(Virksomhed)).cvr
    with pytest.raises(AccessError, match="ServiceAgreementNotFound"):
        ask(door, number, ServiceUUID="00000000-0000-4000-8000-000000000000")


def test_a_plain_client_of_the_real_wsdl(door: Checked, register_town: Town, contracts: Path) -> None:
    session = requests.Session()
    session.mount("https://", door)
    wsdl = contracts / "sf1530-cvr-online" / "wsdl" / "context" / "OnlineService.wsdl"
    client = zeep.Client(str(wsdl), transport=Transport(session=session))  # type: ignore[no-untyped-call]
    service = client.create_service(next(iter(client.wsdl.bindings)), URL)  # type: ignore[no-untyped-call]
    wrong = {key for (key,) in register_town.rows("select owner from fejl where system = 'cvr'")}
    company = next(c for c in register_town.each(Virksomhed) if c.cvr not in wrong)
    request = {"LegalUnitIdentifier": int(company.cvr), "level": 1}
    reply = service.getLegalUnit(InvocationContext=AFTALE, GetLegalUnitRequest=request)
    assert reply.LegalUnitIdentifier == int(company.cvr)
    assert reply.LegalUnitName.name == company.navn
