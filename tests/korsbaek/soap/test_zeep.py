"""A plain zeep client made from the published WSDLs gets its answers over sockets with mutual TLS."""

from pathlib import Path

import pytest
import requests
import zeep.exceptions

from korsbaek.model import Bevilling, Person, Sag
from korsbaek.town import Town
from tests.korsbaek.soap import clients
from tests.korsbaek.soap.clients import BI, GD, OEF, SAG, SD, SDI, WSDLS, YI, Hybrid, bound, header, soeg, udtryk, vis
from tests.korsbaek.soap.messages import VIS


@pytest.mark.parametrize(
    ("wsdl", "plugins"), [("sdi", []), ("sdi12", []), ("sdi", [Hybrid()])], ids=["1.1", "1.2", "hybrid"]
)
def test_sager_of_a_citizen(
    contracts: Path, soap_town: Town, soap_folder: Path, urls: dict[str, str], wsdl: str, plugins: list[Hybrid]
) -> None:
    number = soap_town.meta("showcase")
    made, service = bound(str(contracts / WSDLS[wsdl]), soap_folder / "pki", urls["sdi"], plugins)
    part = made.get_type(f"{{{GD}}}RelationType")(
        ReferenceID=made.get_type(f"{{{SD}}}UnikIdType")(URNIdentifikator=f"urn:oio:cpr-nr:{number}")
    )
    asked = header()
    reply = service.fremsoeg(
        SoegUdtryk=udtryk(made, SDI, SoegSag=[soeg(made, SAG, {"Sagspart": [part]}, MaksimalAntalKvantitet=50)]),
        Filter=vis(made, SDI, "SagDokumentIndeks", SagVis=VIS["SoegSag"]),
        _soapheaders=asked,
    )
    expected = {s.uuid: s for s in soap_town.sager_of("cpr", number, "indeks = 1")}
    assert expected
    assert reply.header.header.TransactionUUID == asked["header"]["TransactionUUID"]
    assert reply.body.StandardRetur.StatusKode == 20
    got = {b.ObjektType.UUIDIdentifikator: b for b in reply.body.SagFiltreretOejebliksbillede}
    assert set(got) == set(expected)
    for uuid, sag in expected.items():
        last = got[uuid].Registrering[-1]
        assert len(got[uuid].Registrering) == len(sag.registreringer)
        assert last.StsTidspunkt == sag.nu.sts and last.Tidspunkt == sag.nu.tidspunkt
        assert [f.FremdriftStatusKode for f in last.TilstandListe.Fremdrift] == [f.status for f in sag.nu.fremdrift]
        egenskaber = last.AttributListe.Egenskaber[0]
        assert egenskaber.Sagsnummer == sag.nu.sagsnummer
        assert egenskaber.AfleveretIndikator is sag.nu.afleveret
        notes = [
            j.JournalpostEgenskaber.JournalnotatEgenskaber
            for j in last.RelationListe.Journalpost
            if j.JournalpostEgenskaber
        ]
        assert [n.Notat.decode() for n in notes if n] == [n.tekst for n in sag.nu.notater]


def test_grants_and_payments(contracts: Path, soap_town: Town, soap_folder: Path, urls: dict[str, str]) -> None:
    made, service = bound(str(contracts / WSDLS["ydi"]), soap_folder / "pki", urls["ydi"])
    chosen = vis(
        made,
        YI,
        "YdelseIndeks",
        BevillingVis=VIS["SoegBevillingIndeks"],
        OekonomiskEffektueringVis=VIS["SoegOekonomiskEffektueringIndeks"],
    )
    reply = service.fremsoeg(
        SoegUdtryk=udtryk(
            made, YI, SoegBevillingIndeks=[soeg(made, BI)], SoegOekonomiskEffektueringIndeks=[soeg(made, OEF)]
        ),
        Filter=chosen,
        _soapheaders=header(),
    ).body
    grants = {b.uuid: b for b in soap_town.each(Bevilling)}
    got = {b.ObjektType.UUIDIdentifikator: b.Registrering[-1] for b in reply.BevillingFiltreretOejebliksbillede}
    assert set(got) == set(grants)
    for uuid, grant in grants.items():
        ydelser = got[uuid].AttributListe.BevilgetYdelse
        assert [y.Id for y in ydelser] == [y.id for y in grant.ydelser]
        plans = [p.Ydelsesbeloeb for y in ydelser for p in y.OekonomiskEffektueringsplan]
        assert plans == [p.beloeb for y in grant.ydelser for p in y.planer]
    (payments,) = soap_town.rows("select count(*) from effektuering")[0]
    assert len(reply.OekonomiskEffektueringFiltreretOejebliksbillede) == payments


def test_lookup(contracts: Path, soap_town: Town, soap_folder: Path, urls: dict[str, str]) -> None:
    _, service = bound(str(contracts / WSDLS["cpr"]), soap_folder / "pki", urls["cpr"])
    context = {"MunicipalityCVR": "11111111"}
    for person in soap_town.each(Person, "true order by nr limit 60"):
        if person.fejl:
            continue
        reply = service.PersonLookup(AuthorityContext=context, PNR=person.cpr)
        assert reply.persondata.personnummer == person.cpr
        assert reply.persondata.gaeldendePersonnummer is None
        assert reply.persondata.navn.personadresseringsnavn == person.navn.fuldt
        assert reply.persondata.status.status == person.status
        address = person.adresse
        if address is None:
            assert reply.adresse is None or reply.adresse.aktuelAdresse is None
        else:
            # xsd:integer: the leading zeros are lost, as with the real service.
            assert reply.adresse.aktuelAdresse.kommunekode == int(address.kommunekode)
        protected = reply.persondata.adressebeskyttelse
        assert bool(protected and protected.beskyttet) is (person.beskyttelse is not None)


def test_a_former_number_tells_todays(
    contracts: Path, soap_town: Town, soap_folder: Path, urls: dict[str, str]
) -> None:
    _, service = bound(str(contracts / WSDLS["cpr"]), soap_folder / "pki", urls["cpr"])
    former = [(old.cpr, p.cpr) for p in soap_town.each(Person) for old in p.tidligere]
    assert former
    for old, now in former:
        persondata = service.PersonLookup(AuthorityContext={"MunicipalityCVR": "11111111"}, PNR=old).persondata
        assert (persondata.personnummer, persondata.gaeldendePersonnummer) == (old, now)


def test_an_unknown_number_is_a_fault(contracts: Path, soap_folder: Path, urls: dict[str, str]) -> None:
    _, service = bound(str(contracts / WSDLS["cpr"]), soap_folder / "pki", urls["cpr"])
    with pytest.raises(zeep.exceptions.Fault) as raised:
        service.PersonLookup(AuthorityContext={"MunicipalityCVR": "11111111"}, PNR="0000000000")
    assert raised.value.message == "PNR not found"
    assert raised.value.detail[0].tag.endswith("}ServiceplatformFault")


@pytest.mark.parametrize("system", ["cpr", "sdi", "ydi"])
def test_our_own_wsdl_serves_zeep_too(soap_folder: Path, urls: dict[str, str], system: str) -> None:
    made = clients.client(f"{urls[system]}?wsdl", soap_folder / "pki")
    assert next(iter(made.wsdl.services.values())).ports


def test_without_a_client_certificate_there_is_no_answer(soap_folder: Path, urls: dict[str, str]) -> None:
    for url in urls.values():
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(url, verify=str(soap_folder / "pki" / "ca.crt"), timeout=5)


def test_sag_count_equals_the_towns(soap_town: Town, contracts: Path, soap_folder: Path, urls: dict[str, str]) -> None:
    made, service = bound(str(contracts / WSDLS["sdi12"]), soap_folder / "pki", urls["sdi"])
    reply = service.fremsoeg(SoegUdtryk=udtryk(made, SDI, SoegSag=[soeg(made, SAG)]), _soapheaders=header()).body
    assert reply.SagFiltreretOejebliksbillede == []
    assert [(a.Element, a.Antal) for a in reply.Antal] == [("sager", sum(1 for _ in soap_town.each(Sag, "indeks = 1")))]
