"""Whatever is wrong with a call, the simulator refuses it, and the caller gets one AccessError that says what to do."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from connectors.idws import issued, kept
from connectors.idws.assertion import Token
from connectors.idws.certificate import FunctionCertificate
from connectors.idws.names import DS, SAML, q
from connectors.idws.sts import SecurityTokenService
from korsbaek import oces, pki
from korsbaek.systems.wss import making
from korsbaek.systems.wss.words import NS, name
from korsbaek.town import CVR
from tests.connectors.idws.scene import OTHER, Scene, between, changed, door, knock, refused


def of_signature(root: etree._Element) -> None:
    values = root.findall(f".//{q(DS, 'SignatureValue')}")
    text = values[-1].text or ""
    values[-1].text = ("B" if text[0] == "A" else "A") + text[1:]


def of_body(root: etree._Element) -> None:
    asked = root.find(".//{urn:oio:sagdok:3.0.0}MaksimalAntalKvantitet")
    assert asked is not None
    asked.text = "500"


def of_authority(root: etree._Element) -> None:
    for value in root.iter(q(SAML, "AttributeValue")):
        value.text = (value.text or "").replace(CVR, OTHER)


@pytest.mark.parametrize(
    ("change", "code"),
    [(of_signature, "FailedCheck"), (of_body, "FailedCheck"), (of_authority, "FailedAuthentication")],
)
def test_a_message_changed_on_the_way(scene: Scene, change: Callable[[etree._Element], None], code: str) -> None:
    api = scene.open()
    meddler = between(api.api.session, lambda raw: changed(raw, change))
    line = refused(lambda: knock(api))
    assert code in line and meddler.passed == 1, "it is not tried again and again"


def test_a_message_that_comes_twice(scene: Scene) -> None:
    api = scene.open()
    between(api.api.session, twice=True)
    line = refused(lambda: knock(api))
    assert "DuplicateMessageID" in line and "proxy" in line


def test_an_old_message(scene: Scene) -> None:
    api = scene.open()
    knock(api)
    scene.set(clock=1200)
    line = refused(lambda: knock(api))
    assert "MessageExpired" in line and "clock" in line


def test_a_service_that_nobody_knows(scene: Scene) -> None:
    line = refused(lambda: knock(scene.open(entity_id="http://entityid.invalid/x")))
    assert "InvalidScope" in line and "entity_id" in line


def test_another_municipality_gets_no_token(scene: Scene) -> None:
    line = refused(lambda: knock(scene.open(myndighed=OTHER)))
    assert "RequestFailed" in line and OTHER in line and "service agreement" in line


def test_an_expired_token_is_not_used(scene: Scene) -> None:
    scene.set(seconds=-600)
    line = refused(lambda: knock(scene.open()))
    assert "expired already" in line and "clock" in line


def test_an_expired_token_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The services' clock is four minutes ahead, within tolerance, and the token service gives only an old token."""
    scene.set(seconds=180)
    api = scene.open()
    knock(api)
    old = door(api)._tokens.current(datetime.now(UTC))
    asked: list[int] = []
    monkeypatch.setattr(SecurityTokenService, "issue", lambda *_: asked.append(1) or old)
    scene.set(clock=240)
    line = refused(lambda: knock(api))
    assert "InvalidSecurityToken" in line and asked == [1], "a fresh token was tried once"


def with_certificate(scene: Scene, path: Path, tls: Path) -> Any:
    """An api whose messages are by one certificate and whose connections by another."""
    api = scene.open(cert=str(path), key=str(path.with_suffix(".key")))
    shown = (str(tls), str(tls.with_suffix(".key")))
    api.api.session.cert = door(api)._tokens.sts._session.cert = shown
    return api


def test_an_expired_certificate_is_not_used(scene: Scene, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    path = oces.issue(scene.pki, "old", CVR, now - timedelta(days=9), now - timedelta(days=1), tmp_path)
    line = refused(lambda: knock(with_certificate(scene, path, scene.pki / "function.crt")))
    assert "old.crt" in line and "expired on" in line and "order a new one" in line


def test_an_expired_certificate_gets_no_token(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    path = oces.issue(scene.pki, "old", CVR, now - timedelta(days=9), now - timedelta(days=1), tmp_path)
    monkeypatch.setattr(FunctionCertificate, "check", lambda self, now: None)
    line = refused(lambda: knock(with_certificate(scene, path, scene.pki / "function.crt")))
    assert "FailedAuthentication" in line and "renew" in line


def test_an_expired_certificate_is_refused_by_tls(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    path = oces.issue(scene.pki, "old", CVR, now - timedelta(days=9), now - timedelta(days=1), tmp_path)
    monkeypatch.setattr(FunctionCertificate, "check", lambda self, now: None)
    line = refused(lambda: knock(with_certificate(scene, path, path)))
    assert "certificate refused" in line and "old.crt" in line


def test_a_certificate_that_expires_while_its_token_lives(scene: Scene, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    path = oces.issue(scene.pki, "late", CVR, now - timedelta(days=9), now + timedelta(minutes=3), tmp_path)
    api = with_certificate(scene, path, scene.pki / "function.crt")
    knock(api)
    scene.set(clock=240)
    assert "no token for" in refused(lambda: knock(api))


def test_a_certificate_of_another_authority(scene: Scene, tmp_path: Path) -> None:
    pki.make(tmp_path)
    path = oces.issue(tmp_path, "stranger", CVR)
    line = refused(lambda: knock(with_certificate(scene, path, scene.pki / "function.crt")))
    assert "FailedAuthentication" in line and "register the certificate" in line


def test_a_token_by_somebody_else(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The holder signs a token for itself."""
    api = scene.open()
    good = door(api)._tokens.current(datetime.now(UTC))
    root = etree.fromstring(good.xml)
    signature = root.find(q(DS, "Signature"))
    assert signature is not None
    root.remove(signature)
    info = etree.Element(name("ds:KeyInfo"), nsmap={"ds": NS["ds"]})
    root.insert(1, making.sign(making.signer(scene.pki, "function"), [(good.id, root)], info, enveloped=True))
    forged = Token(etree.tostring(root), good.id, good.fresh_until, good.until)
    with pytest.raises(ValueError, match="not by the certificate"):
        issued.of_bytes(forged.xml, door(api)._tokens._expected, datetime.now(UTC))
    monkeypatch.setattr(SecurityTokenService, "issue", lambda *_: forged)
    kept.forget()
    line = refused(lambda: knock(api))
    assert "FailedAuthentication" in line


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"ask": lambda raw: raw.replace(CVR.encode() + b"<", OTHER.encode() + b"<")}, "FailedCheck"),
        ({"twice": True}, "DuplicateMessageID"),
        ({"reply": lambda raw: raw.replace(b">" + CVR.encode(), b">" + OTHER.encode())}, "not used"),
        ({"reply": lambda raw: re.sub(rb"urn:uuid:[0-9a-f-]+", b"urn:uuid:x", raw)}, "answers another message"),
    ],
)
def test_the_token_service_is_watched_too(scene: Scene, how: dict[str, Any], code: str) -> None:
    api = scene.open()
    between(door(api)._tokens.sts._session, **how)
    assert code in refused(lambda: knock(api))


def test_another_token_service_than_the_one_we_know(scene: Scene) -> None:
    line = refused(lambda: knock(scene.open(sts_cert=str(scene.pki / "service.crt"))))
    assert "sts_cert" in line


@pytest.mark.parametrize("name", ["sts", "sts_cert", "entity_id", "service_cert", "cert"])
def test_what_is_missing_is_named(scene: Scene, name: str) -> None:
    assert name in refused(lambda: scene.open(**{name: None}))
