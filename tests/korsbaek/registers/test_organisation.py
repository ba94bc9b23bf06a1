"""Organisation on the wire: real schemas, a client of the real WSDLs, and all that our own connector asks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
import zeep
from zeep.transports import Transport

from canonical_model.draft import Draft
from connectors.contract import Access, Ask, Record
from connectors.errors import ContractError, RecordError, TransientError
from connectors.organisation import CONNECTOR
from connectors.recording import read_all, through
from connectors.sf1500 import sweep
from korsbaek.landscape.records import shelf
from korsbaek.model import Bruger, Enhed
from korsbaek.systems import organisation
from korsbaek.town import Town
from tests.korsbaek.registers import real
from tests.korsbaek.registers.real import Checked

URL = "https://korsbaek.test/organisation"
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def door(register_town: Town, contracts: Path) -> Checked:
    app = organisation.app(register_town, {"url": URL, "page": 7})
    return Checked(app, schema=real.sf1500(contracts, "organisation", *real.ORGANISATION))  # type: ignore[arg-type]


def read(door: Checked, **options: Any) -> dict[str, list[Record]]:
    with through(door):
        api = CONNECTOR.open(Access(url=URL, myndighed="11111111", options={"page_size": 5, "list_size": 4, **options}))
        return {s.name: read_all(s, api, NOW) for s in CONNECTOR.streams}


def drafts(records: dict[str, list[Record]]) -> tuple[dict[str, list[Draft]], int]:
    found: dict[str, list[Draft]] = {}
    parked = 0
    for stream in CONNECTOR.streams:
        for record in records[stream.name]:
            try:
                found[record.key] = list(stream.translate(stream.parse(record.body)))
            except RecordError:
                parked += 1
    return found, parked


def test_all_that_is_asked_and_answered_keeps_the_published_schemas(door: Checked, register_town: Town) -> None:
    records = read(door)
    assert {"SoegInput", "SoegOutput", "ListInput", "ListOutput", "FremsoegObjekthierarkiInput"} <= set(door.seen)
    assert not any(r.unknown for rs in records.values() for r in rs)
    assert {r.key for r in records["enheder"]} == {e.uuid for e in register_town.each(Enhed)}
    assert {r.key for r in records["brugere"]} >= {b.uuid for b in register_town.each(Bruger)}


def test_everybody_has_name_unit_and_telephone(door: Checked, register_town: Town) -> None:
    found, parked = drafts(read(door))
    assert parked == 3
    for bruger in register_town.each(Bruger):
        (draft,) = found[bruger.uuid]
        told = (draft.navn, str(draft.enhed), draft.telefon, draft.brugervendt_noegle)  # type: ignore[attr-defined]
        assert told == (bruger.navn, bruger.enhed, bruger.telefon, bruger.logon)
    for enhed in register_town.each(Enhed):
        if enhed.uuid in found:
            draft = found[enhed.uuid][-1]
            assert (draft.navn, draft.telefon) == (enhed.navn, enhed.telefon)  # type: ignore[attr-defined]
            workers = {b.uuid for b in register_town.each(Bruger) if b.enhed == enhed.uuid}
            assert not workers or str(draft.leder) in workers  # type: ignore[attr-defined]


def test_a_former_name_ends_where_the_next_begins(door: Checked) -> None:
    found, _ = drafts(read(door))
    named = [own for own in found.values() if len(own) > 1]
    assert named
    for first, second in named:
        assert first.virkning_til == second.virkning_fra is not None and second.virkning_til is None


def test_whoever_is_no_longer_in_use_has_an_end(door: Checked, register_town: Town) -> None:
    found, _ = drafts(read(door))
    ended = {key for key, own in found.items() if own[-1].virkning_til}
    known = shelf(register_town, "organisation")
    assert ended == {k for k, b in known.rows("bruger") if b["gyldighed"][-1]["status"] == "Inaktiv"} and ended


def test_a_list_that_moves_while_it_is_read_is_read_again() -> None:
    held = [f"{n:02d}" for n in range(12)]

    def fetch(first: int) -> dict[str, None]:
        page = dict.fromkeys(held[first : first + 5])
        if first == 4 and len(held) == 12:
            held.pop(0)
        return page

    assert list(sweep(fetch, "here")) == [f"{n:02d}" for n in range(1, 12)] == held


def test_a_list_that_never_stands_still_is_given_up() -> None:
    held = [f"{n:02d}" for n in range(50)]

    def fetch(first: int) -> dict[str, None]:
        held.append(held.pop(0))
        return dict.fromkeys(held[first : first + 5])

    with pytest.raises((TransientError, ContractError)):
        sweep(fetch, "here")


def test_a_list_that_grew_is_read_whole() -> None:
    """Half a page ends nothing, since the next one tells."""
    held = [f"{n:02d}" for n in range(9)]
    assert list(sweep(lambda first: dict.fromkeys(held[first : first + 2]), "here")) == held
    assert sweep(lambda first: dict[str, None](), "here") == {}


def test_an_object_that_is_named_and_does_not_come_stops_the_stream(door: Checked, register_town: Town) -> None:
    sound = door.app

    def forgetful(environ: dict[str, Any], start: Any) -> Any:
        reply = b"".join(sound(environ, start)).decode()
        if "<bru:ListOutput" in reply and reply.count("<bru:FiltreretOejebliksbillede>") > 1:
            head, _, rest = reply.partition("<bru:FiltreretOejebliksbillede>")
            reply = head + rest.partition("</bru:FiltreretOejebliksbillede>")[2]
        return [reply.encode()]

    door.app = forgetful
    with through(door), pytest.raises(TransientError, match="1 of 4 objects"):
        api = CONNECTOR.open(Access(url=URL, myndighed="11111111", options={"list_size": 4}))
        list(api.brugere(Ask(now=NOW)))


@pytest.mark.parametrize(("wsdl", "name"), [("OrganisationEnhed", "EnhedNavn"), ("Bruger", "BrugerNavn")])
def test_a_plain_client_of_the_real_wsdl(door: Checked, contracts: Path, wsdl: str, name: str) -> None:
    session = requests.Session()
    session.mount("https://", door)
    client = zeep.Client(  # type: ignore[no-untyped-call]
        str(contracts / real.SF1500 / "wsdl" / f"{wsdl}.wsdl"), transport=Transport(session=session)
    )
    service = client.create_service(next(iter(client.wsdl.bindings)), f"{URL}/{wsdl.lower()}/6/")  # type: ignore[no-untyped-call]
    header = {"header": {"TransactionUUID": str(uuid4())}}
    empty = {"AttributListe": {}, "TilstandListe": {}, "RelationListe": {}}
    found = service.soeg(**empty, MaksimalAntalKvantitet=3, _soapheaders=header).body
    assert found.StandardRetur.StatusKode == 20 and len(found.IdListe.UUIDIdentifikator) == 3
    reply = service.list(UUIDIdentifikator=found.IdListe.UUIDIdentifikator, _soapheaders=header)
    assert reply.header.header.TransactionUUID == header["header"]["TransactionUUID"]
    said = [b.Registrering[0].AttributListe.Egenskab for b in reply.body.FiltreretOejebliksbillede]
    assert all(e[-1][name] for e in said if e) and any(said)
    none = service.soeg(**{**empty, "AttributListe": {"Egenskab": [{name: "findes ikke"}]}}, _soapheaders=header)
    assert none.body.StandardRetur.StatusKode == 44
