"""Klassifikation on the wire: real schemas, a client of the real WSDL, and what a retired number became."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import requests
import zeep
from zeep.transports import Transport

from canonical_model.draft import UNSET
from canonical_model.drafts import KlasseDraft
from connectors.contract import Access
from connectors.errors import RecordError
from connectors.klassifikation import CONNECTOR
from connectors.recording import read_all, through
from korsbaek.systems import klassifikation
from korsbaek.systems.index.wire import klasse_uuid
from korsbaek.systems.sdi import roles
from korsbaek.town import Town
from korsbaek.vocabulary.kle import FLYTTET, UDGAAET, emner
from tests.korsbaek.registers import real
from tests.korsbaek.registers.real import Checked

URL = "https://korsbaek.test/klassifikation"
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def door(register_town: Town, contracts: Path) -> Checked:
    app = klassifikation.app(register_town, {"url": URL, "page": 9})
    return Checked(app, schema=real.sf1500(contracts, "klassifikation", "klasse", "facet"))  # type: ignore[arg-type]


@pytest.fixture
def klasser(door: Checked) -> dict[str, list[KlasseDraft]]:
    """What is held of each class, by UUID."""
    (stream,) = CONNECTOR.streams
    found: dict[str, list[KlasseDraft]] = {}
    with through(door):
        api = CONNECTOR.open(Access(url=URL, myndighed="11111111", options={"page_size": 7, "list_size": 5}))
        records = read_all(stream, api, NOW)
    assert not any(r.unknown for r in records)
    for record in records:
        try:
            found[record.key] = list(stream.translate(stream.parse(record.body)))  # type: ignore[arg-type]
        except RecordError:
            found[record.key] = []
    assert {"SoegInput", "SoegOutput", "ListInput", "ListOutput"} <= set(door.seen)
    return found


def test_every_subject_has_its_number_and_place(klasser: dict[str, list[KlasseDraft]]) -> None:
    for emne in emner():
        said = klasser[klasse_uuid(emne.nummer)]
        if not said:
            assert emne.nummer == "81", "the malformed one"
            continue
        assert said[-1].brugervendt_noegle == emne.nummer and said[-1].facet == "KLE-emneplan"
        over = said[-1].overordnet
        assert (str(over) if over is not UNSET else "") == (klasse_uuid(emne.over) if emne.over else "")


def test_a_retired_number_ends_and_names_what_took_its_place(klasser: dict[str, list[KlasseDraft]]) -> None:
    for old, (new, _) in FLYTTET.items():
        (gone,), (here,) = klasser[klasse_uuid(old)], klasser[klasse_uuid(new)]
        assert str(gone.afloest_af) == klasse_uuid(new) and here.afloest_af is UNSET
        assert gone.virkning_til == here.virkning_fra is not None and here.virkning_til is None
    for old in UDGAAET:
        (gone,) = klasser[klasse_uuid(old)]
        assert gone.virkning_til is not None and gone.afloest_af is UNSET


def test_roles_that_no_public_list_names_are_classes(klasser: dict[str, list[KlasseDraft]]) -> None:
    assert klasser[roles.PART_ROLLE["sekundaer"]][0].titel == "Sekundær part"
    assert klasser[roles.AKTOER_ROLLE["andre_behandlere"]][0].titel == "Anden behandler"


def test_a_plain_client_of_the_real_wsdl(door: Checked, contracts: Path) -> None:
    session = requests.Session()
    session.mount("https://", door)
    wsdl = contracts / real.SF1500 / "wsdl" / "Klasse.wsdl"
    client = zeep.Client(str(wsdl), transport=Transport(session=session))  # type: ignore[no-untyped-call]
    service = client.create_service(next(iter(client.wsdl.bindings)), f"{URL}/klasse/6/")  # type: ignore[no-untyped-call]
    header = {"header": {"TransactionUUID": str(uuid4())}}
    asked = {"AttributListe": {"Egenskab": [{"BrugervendtNoegleTekst": "27.36.04"}]}, "TilstandListe": {}}
    found = service.soeg(**asked, RelationListe={}, _soapheaders=header).body
    assert found.IdListe.UUIDIdentifikator == [klasse_uuid("27.36.04")]
    (one,) = service.list(
        UUIDIdentifikator=found.IdListe.UUIDIdentifikator, _soapheaders=header
    ).body.FiltreretOejebliksbillede
    assert one.Registrering[0].AttributListe.Egenskab[0].TitelTekst == "Personlig og praktisk hjælp"
