"""Every shared service: opens with a token, and with nothing less; plain clients of the published WSDLs open it too."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
import zeep
from lxml import etree
from zeep.transports import Transport

from connectors.errors import ContractError
from connectors.idws.door import SignedDoor
from connectors.registry import load
from connectors.tls import dress
from korsbaek import tokens
from korsbaek.town import CVR
from tests.connectors.idws.scene import OTHER, SYSTEMS, Scene, between, knock, refused
from tests.korsbaek.registers.real import SF1500

every_service = pytest.mark.parametrize("system", SYSTEMS)


@every_service
def test_it_opens_with_a_token(scene: Scene, system: str) -> None:
    knock(scene.open(system), system)


@every_service
def test_mutual_tls_alone_does_not_open_it(scene: Scene, system: str) -> None:
    line = refused(lambda: knock(scene.open(system, auth=None), system))
    assert "InvalidSecurity" in line and 'extra.auth is "idws"' in line


@every_service
def test_a_token_for_another_service(scene: Scene, system: str) -> None:
    other = tokens.ENTITIES["ydi" if system != "ydi" else "sdi"]
    line = refused(lambda: knock(scene.open(system, entity_id=other), system))
    assert "InvalidSecurityToken" in line and "entity_id" in line


@every_service
def test_another_municipality_with_a_token_is_not_let_in(scene: Scene, system: str) -> None:
    scene.set(agreements={OTHER: list(tokens.ENTITIES.values())})
    line = refused(lambda: knock(scene.open(system, myndighed=OTHER), system))
    assert "FailedAuthentication" in line and "myndighed" in line


def test_a_message_for_one_register_is_not_taken_by_its_sister(scene: Scene) -> None:
    """Bruger and Person are one service with one token, and yet two addresses."""
    api = scene.open("organisation")
    meddler = between(api.person.api.session)
    real = requests.Session.post

    def astray(self: requests.Session, address: str, **how: Any) -> requests.Response:
        return real(self, address.replace("/person/6/", "/bruger/6/"), **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requests.Session, "post", astray)
        with pytest.raises(ContractError, match="DestinationUnreachable"):
            api.person.list([str(uuid4())])
    assert meddler.passed == 1


def hent(scene: Scene, myndighed: str = CVR, **extra: Any) -> Any:
    """The GraphQL door of Organisation, which opens by an access token."""
    return load("organisation").open(
        replace(scene.access("organisation", myndighed, **extra), options={"door": "graphql"})
    )


def test_the_graphql_door_opens_with_an_access_token_and_nothing_less(scene: Scene) -> None:
    hent(scene).knock()
    assert "401" in refused(hent(scene, token_url=None).knock)
    assert "401" in refused(hent(scene, entity_id=tokens.ENTITIES["ydi"]).knock)
    assert "entity_id" in refused(hent(scene, entity_id="http://entityid.invalid/x").knock)
    assert "service agreement" in refused(hent(scene, OTHER).knock)
    scene.set(agreements={OTHER: list(tokens.ENTITIES.values())})
    assert "401" in refused(hent(scene, OTHER).knock)
    assert "entity_id" in refused(lambda: hent(scene, entity_id=None))


def test_an_access_token_that_runs_out_is_renewed(scene: Scene) -> None:
    scene.set(access_seconds=180)
    api = hent(scene)
    meddler = between(api.rest.session)
    api.knock()
    assert meddler.passed == 3, "a token and two questions"
    scene.set(clock=240)
    api.knock()
    assert meddler.passed == 7, "a refusal, a token, and two questions"


class Signing:
    """zeep's hook: the token and signature on what goes out, the judge of what comes back."""

    def __init__(self, door: SignedDoor) -> None:
        self.apply, self.judged, self._door = door.secure, 0, door

    def verify(self, envelope: etree._Element) -> None:
        self._door.check(envelope)
        self.judged += 1


def client(scene: Scene, system: str, wsdl: Path, below: str = "") -> tuple[Any, Signing]:
    """A plain zeep client of a published WSDL, with the client certificate and the token."""
    access = scene.access(system)
    access = type(access)(url=access.url + below, extra=access.extra, myndighed=CVR)
    session = requests.Session()
    dress(session, access)
    signing = Signing(SignedDoor(access, (5, 20)))
    made = zeep.Client(str(wsdl), transport=Transport(session=session), wsse=signing)  # type: ignore[no-untyped-call]
    bindings = made.wsdl.bindings
    return made.create_service(next(iter(bindings)), access.url), signing  # type: ignore[no-untyped-call]


HEADER = {"header": {"TransactionUUID": str(uuid4())}}
EMPTY: dict[str, Any] = {"AttributListe": {}, "TilstandListe": {}, "RelationListe": {}}
REGISTERS = [
    ("organisation", "OrganisationEnhed", "/organisationenhed/6/"),
    ("organisation", "Bruger", "/bruger/6/"),
    ("organisation", "Person", "/person/6/"),
    ("organisation", "Adresse", "/adresse/6/"),
    ("organisation", "OrganisationFunktion", "/organisationfunktion/6/"),
    ("klassifikation", "Klasse", "/klasse/6/"),
    ("klassifikation", "Facet", "/facet/6/"),
]


@pytest.mark.parametrize(("system", "name", "below"), REGISTERS)
def test_the_published_wsdls_of_the_registers(
    scene: Scene, contracts: Path, system: str, name: str, below: str
) -> None:
    service, signing = client(scene, system, contracts / SF1500 / "wsdl" / f"{name}.wsdl", below)
    found = service.soeg(**EMPTY, MaksimalAntalKvantitet=3, _soapheaders=HEADER).body
    assert (found.StandardRetur.StatusKode, len(found.IdListe.UUIDIdentifikator)) == (20, 3)
    listed = service.list(UUIDIdentifikator=found.IdListe.UUIDIdentifikator, _soapheaders=HEADER).body
    assert len(listed.FiltreretOejebliksbillede) == 3 and signing.judged == 2


def test_the_published_wsdl_of_cvr_with_a_token(scene: Scene, contracts: Path) -> None:
    """The token flavour wants no InvocationContext."""
    wsdl = contracts / "sf1530-cvr-online" / "wsdl" / "token" / "OnlineService.wsdl"
    service, signing = client(scene, "cvr", wsdl)
    assert service.getLegalUnit(GetLegalUnitRequest={"LegalUnitIdentifier": 10000000, "level": 1}) is None
    assert signing.judged == 1


def test_the_published_wsdl_of_cpr_with_a_token(scene: Scene, contracts: Path) -> None:
    wsdl = contracts / "sf1520-personbasedataextended" / "wsdl" / "token" / "PersonBaseDataExtendedService.wsdl"
    service, signing = client(scene, "cpr", wsdl)
    with pytest.raises(zeep.exceptions.Fault, match="PNR not found"):
        service.PersonLookup(AuthorityContext={"MunicipalityCVR": CVR}, PNR="0000000000")
    assert signing.judged == 1


@pytest.mark.parametrize(
    ("system", "wsdl", "visible"),
    [
        ("sdi", "sf1470-sagdokumentindeks/wsdl/SagDokumentIndeksService_6_soap12.wsdl", "SoegSag"),
        ("sdi", "sf1470-sagdokumentindeks/wsdl/SagDokumentIndeksService_6.wsdl", "SoegSag"),
        ("ydi", "sf1490-ydelsesindeks/wsdl/YdelseIndeks.wsdl", "SoegBevillingIndeks"),
    ],
)
def test_the_published_wsdls_of_the_indexes(
    scene: Scene, contracts: Path, system: str, wsdl: str, visible: str
) -> None:
    """SF1470 in both versions of SOAP that its two published files say."""
    service, signing = client(scene, system, contracts / wsdl)
    reply = service.fremsoeg(SoegUdtryk={"_value_1": [{visible: [EMPTY]}]}, _soapheaders=HEADER).body
    assert reply.StandardRetur.StatusKode == 20 and int(reply.Antal[0].Antal) > 0 and signing.judged == 1
