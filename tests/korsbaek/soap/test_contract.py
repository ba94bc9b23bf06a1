"""Every reply that the town can give, and every request of these tests, against the published schemas."""

from pathlib import Path

import pytest
from lxml import etree

from korsbaek.model import Person
from korsbaek.systems.soap.names import clark
from korsbaek.town import Town
from tests.korsbaek.soap import real
from tests.korsbaek.soap.conftest import Apps, apps_of
from tests.korsbaek.soap.messages import (
    SOAP12,
    VIS,
    antal,
    ask,
    body,
    envelope,
    fremsoeg,
    lookup,
    paging,
    post,
    soeg,
    status,
    uuids,
)

SYSTEM = {"SoegSag": "sdi", "SoegDokument": "sdi", "SoegBevillingIndeks": "ydi"}
SYSTEM["SoegOekonomiskEffektueringIndeks"] = "ydi"


def everything_is_valid(town: Town, apps: Apps, contracts: Path) -> dict[str, int]:
    """Reads the whole town through the contracts; gives how much of each kind there was."""
    schemas = {name: make(contracts) for name, make in real.SCHEMAS.items()}
    seen = {"person": 0}
    for person in town.each(Person):
        request = lookup(person.cpr)
        _valid(schemas["cpr"], request)
        answer = ask(apps["cpr"], request)
        assert schemas["cpr"].validate(answer), schemas["cpr"].error_log
        seen["person"] += 1
    for name, vis in VIS.items():
        system, first = SYSTEM[name], 0
        schema = schemas[system]
        found: list[str] = []
        while True:
            prefix = "sdi" if system == "sdi" else "yi"
            request = fremsoeg(prefix, soeg(name, head=paging(first, 100)), {name: vis})
            _valid(schema, request)
            answer = ask(apps[system], request)
            assert schema.validate(answer), schema.error_log
            if not uuids(answer):
                break
            found += uuids(answer)
            first += 100
        (total,) = antal(answer).values()
        assert len(set(found)) == len(found) == total
        seen[name] = total
    return seen


def _valid(schema: etree.XMLSchema, request: str) -> None:
    assert schema.validate(etree.fromstring(request)), schema.error_log


def test_all_of_a_town(soap_town: Town, apps: Apps, contracts: Path) -> None:
    seen = everything_is_valid(soap_town, apps, contracts)
    assert seen["person"] >= 200
    assert all(count > 10 for count in seen.values()), seen


def test_all_of_a_town_after_nights(own_soap_town: Town, tmp_path: Path, contracts: Path) -> None:
    night = pytest.importorskip("korsbaek.night")
    for _ in range(2):
        night.pass_night(own_soap_town, tmp_path)
    everything_is_valid(own_soap_town, apps_of(own_soap_town), contracts)


def test_faults_are_the_contracts(apps: Apps, contracts: Path) -> None:
    schema = real.fault(contracts)
    for request, text in (
        (lookup("0000000000"), "PNR not found"),
        (lookup("0000000000", cvr=None), "No service agreement"),
        (lookup("0000000000", cvr="22222222"), "No service agreement"),
    ):
        code, _, reply = post(apps["cpr"], envelope(request, transaction=None))
        assert code.startswith("500")
        fault = body(reply)
        assert str(fault.findtext("faultstring")).startswith(text)
        detail = fault.find(f"detail/{clark('f:ServiceplatformFault')}")
        assert detail is not None and schema.validate(detail), schema.error_log


def test_refusals_are_valid_replies(apps: Apps, contracts: Path) -> None:
    broken = fremsoeg("sdi", soeg("SoegSag").replace("<sag:TilstandListe></sag:TilstandListe>", ""))
    answer = ask(apps["sdi"], broken)
    assert status(answer) == "40" and real.sdi(contracts).validate(answer)
    broken = fremsoeg("yi", soeg("SoegBevillingIndeks")).replace("yi:SoegUdtryk", "yi:Udtryk")
    answer = body(post(apps["ydi"], envelope(broken, SOAP12), "application/soap+xml")[2])
    assert status(answer) == "40" and real.ydi(contracts).validate(answer)
