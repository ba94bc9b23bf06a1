"""Reading a recorded vendor: everything is asked for once, every record has its key, paging cannot stand still."""

import re
from collections import Counter

import msgspec
import requests
from lxml import etree

from canonical_model.draft import Nummer
from connectors.contract import Record, Shape
from connectors.errors import ContractError
from connectors.recording import NEVER, address, through
from connectors.replay import Scene, calm, reply
from tests.connectors.cases.canaries import fails, numbers
from tests.connectors.cases.records import each, say

NEW = "heltNytFelt"


def every_recorded_reply_is_asked_for(scene: Scene) -> None:
    """Also the second page, and the reply about the future; nothing is asked for that was not recorded."""
    vendor = scene.vendor()
    assert any(scene.read(vendor).values())
    _future(scene, vendor)
    _keys(scene, vendor)
    with through(vendor):
        scene.connector.check(scene.connector.open(scene.access()))
    missed = {f"{e.method} {e.url} {e.request}" for e in scene.index.exchanges if e.url != scene.index.token_path}
    assert not missed - set(vendor.asked), f"{len(missed - set(vendor.asked))} recorded replies were not asked for"


def every_stream_holds_records_with_keys_of_their_own(scene: Scene) -> None:
    known = numbers(scene)
    for name, records in scene.read(scene.vendor()).items():
        keys = [r.key for r in records]
        assert keys, f"{name}: nothing recorded"
        assert all(k.partition("/")[2] or "/" not in k for k in keys) and "" not in keys
        assert len(set(keys)) == len(keys), f"{name}: a key comes twice"
        digits = [re.sub(r"\D", "", k) for k in keys]
        assert not any(n in d for n in known for d in digits), f"{name}: a national number is in a key"


def reading_twice_gives_the_same_bytes(scene: Scene) -> None:
    assert scene.read(scene.vendor()) == scene.read(scene.vendor())


def no_address_holds_a_national_number(scene: Scene) -> None:
    vendor = scene.vendor()
    drafts = [
        d for s, records in each(scene) for r in records if isinstance(said := say(s, r.body), list) for d in said
    ]
    scene.read(vendor)
    known = numbers(scene)
    persons = any(isinstance(v, Nummer) and v.art == "cpr" for d in drafts for v in msgspec.structs.astuple(d))
    assert known or not persons, "the recording names persons by no number"
    assert not any(n in str(r.url) or f"{n[:6]}-{n[6:]}" in str(r.url) for n in known for r in vendor.sent)


def a_page_that_comes_twice_is_noticed(scene: Scene) -> None:
    """The vendor ignores where we are and gives its first page for ever."""
    for stream in scene.connector.streams:
        if stream.read is None:
            continue
        first: dict[str, requests.Response] = {}

        def stuck(
            request: requests.PreparedRequest, before: int, first: dict[str, requests.Response] = first
        ) -> requests.Response:
            path = address(str(request.url)).partition("?")[0]
            if path not in first:
                vendor = scene.vendor()
                exchange = vendor.find(request)
                assert exchange is not None
                body = vendor.local(scene.bodies[exchange.file])
                first[path] = reply(request, 200, body, exchange.content_type)
            return first[path]

        vendor = scene.vendor(stuck)
        assert _pages(scene, stream.name) > 1, (
            f"{stream.name}: the recording has no second page; give the source a small page_size and record it again"
        )
        fails(ContractError, scene, lambda stream=stream, vendor=vendor: scene.read(vendor, stream.name))
        assert 2 <= len(vendor.asked) <= 4


def _pages(scene: Scene, stream: str) -> int:
    """How many replies of one address the recording has for a stream, at most."""
    vendor = scene.vendor()
    scene.read(vendor, stream)
    return max(Counter(asked.split()[1].partition("?")[0] for asked in vendor.asked).values())


def a_cursor_in_the_future_ends_quietly(scene: Scene) -> None:
    _future(scene, scene.vendor())


def keys_for_the_reconciliation_are_those_of_the_records(scene: Scene) -> None:
    held = scene.read(scene.vendor())
    for name, keys in _keys(scene, scene.vendor()).items():
        assert len(set(keys)) == len(keys)
        assert {r.key for r in held[name]} <= set(keys)


def a_new_field_at_the_vendor_does_no_harm_and_is_told(scene: Scene) -> None:
    def grown(request: requests.PreparedRequest, before: int) -> requests.Response:
        vendor = scene.vendor()
        exchange = vendor.find(request)
        assert exchange is not None
        body = vendor.local(scene.bodies[exchange.file])
        return reply(request, exchange.status, _grow(body), exchange.content_type)

    before, after = scene.read(scene.vendor()), scene.read(scene.vendor(grown))
    for name, records in after.items():
        assert [(r.key, r.body) for r in records] == [(r.key, r.body) for r in before[name]]
        assert any(u.endswith(NEW) for r in records for u in r.unknown), f"{name}: nobody was told"
        assert not any(r.unknown for r in before[name]), f"{name}: the sheet lacks {_unknown(before[name])}"


def _unknown(records: list[Record]) -> set[str]:
    return {u for r in records for u in r.unknown}


def _grow(body: bytes) -> bytes:
    if not body.lstrip().startswith(b"<"):
        return msgspec.json.encode(_grown(msgspec.json.decode(body)))
    root = etree.fromstring(body)
    answers = [answer for top in root if str(top.tag).endswith("}Body") for answer in top] or [root]
    inside = [e for answer in answers for e in answer.iterdescendants()]
    for element in [e for e in inside if len(e)]:
        etree.SubElement(element, NEW).text = "x"
    return etree.tostring(root)


def _grown(value: object) -> object:
    if isinstance(value, dict):
        return {k: _grown(v) for k, v in value.items()} | {NEW: "x"}
    return [_grown(v) for v in value] if isinstance(value, list) else value


def _future(scene: Scene, vendor: object) -> None:
    with calm(), through(vendor):  # type: ignore[arg-type]
        api = scene.connector.open(scene.access())
        for stream in scene.connector.streams:
            if stream.read is not None and stream.shape is Shape.CHANGED:
                assert not [r for page in stream.read(api, scene.ask(since=NEVER)) for r in page.records]


def _keys(scene: Scene, vendor: object) -> dict[str, list[str]]:
    with calm(), through(vendor):  # type: ignore[arg-type]
        api = scene.connector.open(scene.access())
        return {
            s.name: [k for chunk in s.read_keys(api, scene.ask()) for k in chunk]
            for s in scene.connector.streams
            if s.read_keys is not None
        }
