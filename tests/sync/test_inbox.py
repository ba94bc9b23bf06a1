"""Messages: stored before they are acknowledged, once each, and what they name refreshed."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
import requests
import uvicorn

from connectors.contract import Shape
from sync import inbox, listen
from sync.night import sync_all, sync_source
from sync.refresh import handle_inbox
from tests.sync.conftest import Hub
from tests.sync.test_night import A, B, case
from tests.sync.vendor import Vendor, personer, sager

ENVELOPE = """<ModtagBeskedInput xmlns="urn:oio:sts:1.0.0" xmlns:b="urn:oio:besked:kuvert:1.0"
 xmlns:sd="urn:oio:sagdok:3.0.0"><b:Haendelsesbesked><b:BeskedId><sd:UUIDIdentifikator>{besked}</sd:UUIDIdentifikator>
</b:BeskedId><b:BeskedVersion>1.0</b:BeskedVersion><b:Beskedkuvert><b:Filtreringsdata><b:Beskedtype>
<sd:UUIDIdentifikator>7654895c-a3f3-4c77-8afd-4c77330f963c</sd:UUIDIdentifikator></b:Beskedtype>
{objects}</b:Filtreringsdata></b:Beskedkuvert></b:Haendelsesbesked></ModtagBeskedInput>"""
URN = "<b:RelateretObjekt><b:ObjektId><sd:URNIdentifikator>{urn}</sd:URNIdentifikator></b:ObjektId></b:RelateretObjekt>"
UUID = (
    "<b:ObjektRegistrering><b:ObjektId><sd:UUIDIdentifikator>{uuid}</sd:UUIDIdentifikator></b:ObjektId>"
    "</b:ObjektRegistrering>"
)


def envelope(*objects: str, besked: str | None = None) -> bytes:
    """A message in its envelope."""
    return ENVELOPE.format(besked=besked or uuid4(), objects="".join(objects)).encode()


@pytest.fixture
def door(hub: Hub) -> Iterator[str]:
    """The listening door on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(listen.app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    for _ in itertools.takewhile(lambda n: not server.started and n < 200, itertools.count()):
        threading.Event().wait(0.05)
    yield f"http://127.0.0.1:{port}/modtag"
    server.should_exit = True
    thread.join(10)


def test_a_message_is_stored_once_and_refreshes_the_person_it_names(hub: Hub, vendor: Vendor, door: str) -> None:
    """Both forms of the URN; strangers are counted, not looked up."""
    vendor.sager = {"s1": case(1, cpr=A), "s2": case(2, cpr=B)}
    vendor.personer = {A: [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Å"}]}
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer(rotation=30))
    sync_all()
    vendor.personer[A][0]["fornavn"] = "Anna"
    vendor.asked.clear()
    body = envelope(URN.format(urn=f"urn:oio:cpr-nr:{A}"), URN.format(urn="urn:oio:cpr:3112999999"))
    for _ in range(2):
        reply = requests.post(door, data=body, timeout=10)
        assert reply.status_code == 200 and "<sd:StatusKode>20</sd:StatusKode>" in reply.text
    assert hub.one("select count(*) from inbox") == 1
    assert A.encode() not in bytes(hub.one("select body from inbox"))
    handled = handle_inbox()
    assert (handled.messages, handled.persons, handled.unknown_persons) == (1, 1, 1)
    assert handled.runs == {"reg": "succeeded"}
    assert [path for path in vendor.asked if path.startswith("/person")] == [f"/person/{A}"]
    assert hub.one("select fornavn from navn where kendt_til is null") == "Anna"
    assert hub.rows("select * from worklist") == [] and hub.one("select count(*) from inbox where handled is null") == 0
    assert handle_inbox().messages == 0
    assert hub.one("select cause from run order by id desc limit 1") == "message"


def test_an_object_named_by_its_uuid_is_read_alone(hub: Hub, vendor: Vendor) -> None:
    """On the stream that holds it, or, when new, on those that can read one."""
    known, new = str(uuid4()), str(uuid4())
    vendor.sager = {known: case(1) | {"id": known}}
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")
    vendor.sager[known]["titel"] = "Ændret"
    vendor.sager[new] = case(2) | {"id": new}
    vendor.asked.clear()
    assert inbox.receive(envelope(UUID.format(uuid=known), UUID.format(uuid=new)))
    assert handle_inbox().objects == 2
    assert sorted(vendor.asked) == sorted([f"/sag/{known}", f"/sag/{new}"])
    assert hub.one("select count(*) from sag where kendt_til is null") == 2


@pytest.mark.parametrize(
    "body",
    [b"", b"<x", b"<x/>", envelope(besked="ikke-uuid"), b'<!DOCTYPE x [<!ENTITY a "b">]>' + envelope()],
    ids=["empty", "broken", "foreign", "no id", "doctype"],
)
def test_what_cannot_be_read_is_parked_and_said(hub: Hub, door: str, body: bytes) -> None:
    """StatusKode 40, kept with why, and in nobody's way."""
    reply = requests.post(door, data=body, timeout=10)
    assert reply.status_code == 200 and "<sd:StatusKode>40</sd:StatusKode>" in reply.text
    assert hub.one("select count(*) from inbox where parked is not null") == 1
    assert handle_inbox().messages == 0


def test_with_the_store_away_nothing_is_acknowledged(hub: Hub, door: str) -> None:
    """Beskedfordeler sends it again."""
    hub.patch.setenv("HELHED_DATABASE_URL", "postgresql+psycopg://nobody:x@127.0.0.1:1/none")
    assert requests.post(door, data=envelope(), timeout=20).status_code == 503
    assert requests.get(door.replace("/modtag", "/healthz"), timeout=5).text == "ok\n"
    assert requests.get(door, timeout=5).status_code == 405
