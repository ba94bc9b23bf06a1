"""YdelseListeHent asked by a plain zeep client from the WSDL that the service shows; every reply obeys its schema."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import zeep
from lxml import etree
from requests.adapters import HTTPAdapter
from zeep.plugins import HistoryPlugin
from zeep.transports import Transport

from connectors.contract import Access
from connectors.recording import through
from connectors.registry import load
from korsbaek.systems.soap.service import schema
from korsbaek.town import Town
from tests.korsbaek.landscape.wire import session, wire

KONTEKST = {"TransaktionsId": "7c1d8f0e-0000-4000-8000-000000000001", "TransaktionsTid": "2026-03-02T12:00:00Z"}
ALL = {"RettighedListe": {"BevillingDataAfgrGruppe": [{}]}, "ResultatFilter": {"ResultatAntalMaks": 100}}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, dict[str, Any]]]:
    with wire(tmp_path_factory.mktemp("ydelseliste"), "ydelseliste") as (town, told):
        yield town, told["ydelseliste"]


def test_a_plain_client_gets_schema_valid_grants_and_payments(door: tuple[Town, dict[str, Any]]) -> None:
    town, told = door
    history = HistoryPlugin(maxlen=200)
    transport = Transport(session=session(told))
    client = zeep.Client(told["url"] + "?wsdl", transport=transport, plugins=[history])  # type: ignore[no-untyped-call]
    cpr, systems = town.meta("showcase"), set()
    reply = client.service.BevillingHent(HovedOplysninger=KONTEKST, PartCPRNummer=cpr, **ALL)
    assert reply.HovedOplysningerSvar.TransaktionsId == KONTEKST["TransaktionsId"]
    assert reply.BevilgetYdelseListe.BevilgetYdelse
    for grant in reply.BevilgetYdelseListe.BevilgetYdelse:
        bevilling = grant.BevillingStruktur
        systems.add(bevilling.MasterSystemInstans.ItSystemInstansNavn)
        assert bevilling.Bevillingsmodtager.PartCPRNummer == cpr
        asked = {"BevillingUUID": bevilling.BevillingUUID, "BevilgetYdelseID": grant.BevilgetYdelseID}
        paid = client.service.EffektueringHent(HovedOplysninger=KONTEKST, BevilgetYdelseKriterie=asked, **ALL)
        _obeys(history)
        for one in paid.OEkonomiskEffektueringListe.OEkonomiskEffektuering if paid.OEkonomiskEffektueringListe else ():
            lines = one.OEkonomiskYdelseseffektueringListe.OEkonomiskYdelseseffektuering
            assert {line.BevillingUUID for line in lines} == {bevilling.BevillingUUID}
    assert systems == {"KY", "KSD", "Udbetaling Danmark"}
    _obeys(history)


def _obeys(history: HistoryPlugin) -> None:
    body = history.last_received["envelope"].find("{*}Body")[0]
    one = etree.fromstring(etree.tostring(body))
    assert schema("YdelseListeHent").validate(one), schema("YdelseListeHent").error_log


class Indenting(HTTPAdapter):
    """The service's own answers, a line to each element, as some servers write them."""

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        reply = super().send(*args, **kwargs)
        plain = etree.fromstring(reply.content, etree.XMLParser(remove_blank_text=True))
        reply._content = etree.tostring(plain, pretty_print=True)
        return reply


def test_how_a_service_breaks_its_lines_is_no_matter(door: tuple[Town, dict[str, Any]]) -> None:
    """Over several pages, the last element of which stands before another indentation than the same one within."""
    town, told = door
    connector = load("ydelse_liste")
    (stream,) = connector.streams
    assert stream.read_one is not None

    def came(size: int) -> set[str]:
        api = connector.open(Access(url=told["url"], extra=told["auth"], options={"page_size": size}))
        return {record.key for record in stream.read_one(api, town.meta("showcase"))}  # type: ignore[misc]

    whole = came(100)
    with through(Indenting()):
        assert came(2) == came(100) == whole and len(whole) > 4


def test_no_more_is_asked_for_at_once_than_the_service_gives(door: tuple[Town, dict[str, Any]]) -> None:
    """A page that is not full is the last, so one that could not be full would end a list before its end."""
    _, told = door
    api = load("ydelse_liste").open(Access(url=told["url"], extra=told["auth"], options={"page_size": 200}))
    assert api.size == 100


def test_of_udbetaling_danmark_no_more_comes_in_than_the_law_lets_a_municipality_see(
    door: tuple[Town, dict[str, Any]],
) -> None:
    town, told = door
    connector = load("ydelse_liste")
    api = connector.open(Access(url=told["url"], extra=told["auth"], options={"page_size": 2}))
    (stream,) = connector.streams
    assert stream.read_one is not None
    cpr, keys = town.meta("showcase"), "select key from record where owner = ? and kind {} like '%_skjult'"
    assert town.rows(keys.format(""), (cpr,)), "the service holds what must not come in"
    came = stream.read_one(api, cpr)
    assert {r.key.partition("/")[2] for r in came} == {key for (key,) in town.rows(keys.format("not"), (cpr,))}
    udk = [r for r in came if b"Udbetaling Danmark" in r.body]
    assert len(udk) >= 4
    for record in udk:
        assert record.unknown == ()
        for name in (b"Begrundelse", b'"StartDato', b"SagTitel", b"AnsvarligAfdeling", b"UdbetalingStatus", b"Ejer"):
            assert name not in record.body
    others = [r for r in came if b'"KSD"' in r.body and r.key.startswith("bevilling/")]
    assert others and all(b"Begrundelse" in r.body for r in others)
