"""Signature wrapping: a signed element moved elsewhere, with a forgery in its place, is never taken for signed."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from connectors.idws import names
from connectors.idws.names import DS, SAML, SOAP12, WSA, WSSE, WSU, q
from connectors.idws.reply import check
from connectors.idws.signature import SignatureError
from korsbaek import tokens
from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.wss.guard import Guard
from tests.connectors.idws.scene import Scene, between, door, knock, refused

HEADER = q(SOAP12, "Header")
SECURITY = f"{HEADER}/{q(WSSE, 'Security')}"
REQUEST = {
    "Body": q(SOAP12, "Body"),
    "Action": f"{HEADER}/{q(WSA, 'Action')}",
    "MessageID": f"{HEADER}/{q(WSA, 'MessageID')}",
    "To": f"{HEADER}/{q(WSA, 'To')}",
    "ReplyTo": f"{HEADER}/{q(WSA, 'ReplyTo')}",
    "Framework": f"{HEADER}/{q(names.LIBERTY, 'Framework')}",
    "Timestamp": f"{SECURITY}/{q(WSU, 'Timestamp')}",
    "Assertion": f"{SECURITY}/{q(SAML, 'Assertion')}",
}
REPLY = {k: v for k, v in REQUEST.items() if k in ("Body", "Timestamp")} | {
    "RelatesTo": f"{HEADER}/{q(WSA, 'RelatesTo')}"
}


def places(root: etree._Element) -> list[etree._Element]:
    """Where an element can be hidden: anywhere."""
    return [e for e in root.iter() if isinstance(e.tag, str)]


def forge(element: etree._Element) -> None:
    """Another content: what the thief wants to say."""
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.text and inner.text.strip() and not len(inner):
            inner.text += "0"
            return
    element.set("forged", "yes")


def marks(element: etree._Element, how: str) -> None:
    """What the forgery is called: as the original, by another name, or by none."""
    for name in (q(WSU, "Id"), "ID"):
        if name in element.attrib and how != "same":
            del element.attrib[name]
            if how == "other":
                element.set(name, "_forged")


def wrapped(
    root: etree._Element, path: str, place: int, called: str, wrap: bool, first: bool, signatures: bool
) -> None:
    """Moves the signed element away and puts a forgery in its place."""
    signed = root.find(path)
    assert signed is not None
    parent = signed.getparent()
    assert parent is not None
    at = parent.index(signed)
    forgery = copy.deepcopy(signed)
    forge(forgery)
    marks(forgery, called)
    if signatures and path == REQUEST["Assertion"]:
        for inner in forgery.findall(q(DS, "Signature")):
            forgery.remove(inner)
    parent.remove(signed)
    parent.insert(at, forgery)
    hosts = places(root)
    host = hosts[place % len(hosts)]
    if wrap:
        host = etree.SubElement(host, "wrapper")
    host.insert(0 if first else len(host), signed)


MOVES = {
    "place": st.integers(0, 400),
    "called": st.sampled_from(["same", "other", "none"]),
    "wrap": st.booleans(),
    "first": st.booleans(),
    "signatures": st.booleans(),
}
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def sent(scene: Scene) -> tuple[bytes, bytes, str]:
    """A request and its reply as they were, and the address."""
    api = scene.open()
    replies: list[bytes] = []
    meddler = between(api.api.session, reply=lambda raw: replies.append(raw) or raw)
    knock(api)
    return meddler.sent[0], replies[0], scene.access().url


def admit(scene: Scene, url: str) -> Callable[[etree._Element], None]:
    """A new guard of sdi."""
    guard = Guard(scene.folder, tokens.ENTITIES["sdi"], url)
    return lambda envelope: guard.admit(envelope, urlsplit(url).path)


def test_every_part_can_be_wrapped_and_is_refused(scene: Scene, sent: tuple[bytes, bytes, str]) -> None:
    request, _, url = sent
    admit(scene, url)(etree.fromstring(request))

    @MANY
    @given(part=st.sampled_from(sorted(REQUEST)), **MOVES)
    def moved(part: str, place: int, called: str, wrap: bool, first: bool, signatures: bool) -> None:
        root = etree.fromstring(request)
        wrapped(root, REQUEST[part], place, called, wrap, first, signatures)
        root = etree.fromstring(etree.tostring(root))
        with pytest.raises(Fault):
            admit(scene, url)(root)

    moved()


def test_every_part_of_a_reply_can_be_wrapped_and_is_not_used(scene: Scene, sent: tuple[bytes, bytes, str]) -> None:
    request, reply, _ = sent
    api = scene.open()
    message_id = etree.fromstring(request).findtext(f"{HEADER}/{q(WSA, 'MessageID')}") or ""
    keys = door(api)._keys
    now = datetime.now(UTC)
    check(etree.fromstring(reply), keys, message_id, now)

    @MANY
    @given(part=st.sampled_from(sorted(REPLY)), **MOVES)
    def moved(part: str, place: int, called: str, wrap: bool, first: bool, signatures: bool) -> None:
        root = etree.fromstring(reply)
        wrapped(root, REPLY[part], place, called, wrap, first, signatures)
        with pytest.raises(SignatureError):
            check(etree.fromstring(etree.tostring(root)), keys, message_id, now)

    moved()


def test_a_whole_second_security_header_is_refused(scene: Scene, sent: tuple[bytes, bytes, str]) -> None:
    request, reply, url = sent
    for raw, judge in (
        (request, admit(scene, url)),
        (reply, lambda root: check(root, door(scene.open())._keys, "", datetime.now(UTC))),
    ):
        root = etree.fromstring(raw)
        security = root.find(SECURITY)
        assert security is not None
        header = root.find(HEADER)
        assert header is not None
        header.append(copy.deepcopy(security))
        with pytest.raises((Fault, SignatureError)):
            judge(root)


@pytest.mark.parametrize("part", sorted(REQUEST))
def test_over_the_wire(scene: Scene, part: str) -> None:
    def meddle(raw: bytes) -> bytes:
        root = etree.fromstring(raw)
        wrapped(root, REQUEST[part], 1, "other", True, False, False)
        return etree.tostring(root)

    api = scene.open()
    between(api.api.session, meddle)
    refused(lambda: knock(api))


@pytest.mark.parametrize("part", sorted(REPLY))
def test_over_the_wire_in_a_reply(scene: Scene, part: str) -> None:
    def meddle(raw: bytes) -> bytes:
        root = etree.fromstring(raw)
        wrapped(root, REPLY[part], 1, "other", True, False, False)
        return etree.tostring(root)

    api = scene.open()
    between(api.api.session, reply=meddle)
    line = refused(lambda: knock(api))
    assert "the reply is not used" in line
