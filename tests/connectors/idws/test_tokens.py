"""One token for each authority and service, kept until shortly before it expires, renewed when it is refused."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Ask
from connectors.idws import door as door_module
from connectors.idws.assertion import Token
from connectors.idws.sts import SecurityTokenService
from connectors.registry import load
from korsbaek import oces, tokens
from korsbaek.town import CVR
from tests.connectors.idws.scene import OTHER, SYSTEMS, Scene, between, changed, door, knock, refused

ISSUE = SecurityTokenService.issue


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Service and authority of each token that the token service was asked for."""
    found: list[tuple[str, str]] = []

    def issue(self: SecurityTokenService, certificate: Any, expected: Any, now: datetime) -> Token:
        found.append((expected.audience, expected.cvr))
        return ISSUE(self, certificate, expected, now)

    monkeypatch.setattr(SecurityTokenService, "issue", issue)
    return found


def test_one_for_each_service_and_authority(scene: Scene, issued: list[tuple[str, str]]) -> None:
    for _ in range(2):
        for system in ("sdi", "ydi"):
            knock(scene.open(system), system)
    assert sorted(issued) == sorted((tokens.ENTITIES[s], "11111111") for s in ("sdi", "ydi"))
    scene.set(agreements={c: list(tokens.ENTITIES.values()) for c in ("11111111", OTHER)})
    refused(lambda: knock(scene.open(myndighed=OTHER)))
    knock(scene.open())
    assert issued[2:] == [(tokens.ENTITIES["sdi"], OTHER)], "the other authority's token opens nothing and harms nobody"


def test_another_certificate_and_another_token_service_have_one_of_their_own(
    scene: Scene, issued: list[tuple[str, str]], tmp_path: Path
) -> None:
    knock(scene.open())
    other = oces.issue(scene.pki, "another", CVR, into=tmp_path)
    knock(scene.open(cert=str(other), key=str(other.with_suffix(".key"))))
    assert len(issued) == 2, "a token opens nothing with another certificate than its own"
    elsewhere = scene.access().extra["sts"].partition("/runtime")[0] + tokens.PATHS["json"]
    knock(scene.open(sts=elsewhere, sts_door="json"))
    assert len(issued) == 3
    knock(scene.open())
    assert len(issued) == 3


def test_sixteen_threads_ask_for_one(scene: Scene, issued: list[tuple[str, str]]) -> None:
    apis = [scene.open() for _ in range(4)]
    start = threading.Barrier(16)

    def call(n: int) -> None:
        start.wait()
        knock(apis[n % 4])

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(call, range(16)))
    assert len(issued) == 1


def test_it_is_renewed_shortly_before_it_expires(
    scene: Scene, issued: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight hours: kept for seven and three quarters. Both clocks go on together."""
    api = scene.open()
    for hours, wanted in ((0, 1), (7.7, 1), (7.8, 2), (8.1, 2), (15.6, 3)):
        later = timedelta(hours=hours)
        scene.set(clock=later.total_seconds())
        monkeypatch.setattr(door_module.settings, "now", lambda later=later: datetime.now(UTC) + later)
        knock(api)
        assert len(issued) == wanted, hours


@pytest.mark.parametrize(("system", "stream"), [("sdi", "sager"), ("ydi", "bevillinger")])
def test_renewed_in_the_middle_without_losing_a_page(
    scene: Scene, issued: list[tuple[str, str]], system: str, stream: str
) -> None:
    """The token lives three minutes; after two pages the service's clock is four minutes ahead of ours."""
    connector = load(SYSTEMS[system])
    read = next(s.read for s in connector.streams if s.name == stream)
    assert read is not None
    ask = Ask(now=datetime.now(UTC))
    quiet = [r.key for page in read(scene.open(system, page_size=5), ask) for r in page.records]
    scene.set(seconds=180)
    door_module.kept.forget()
    before = len(issued)
    api = scene.open(system, page_size=5)
    found: list[str] = []
    for n, page in enumerate(read(api, ask)):
        found += [r.key for r in page.records]
        if n == 1:
            scene.set(clock=240)
    assert len(quiet) > 15 and found == quiet
    assert len(issued) == before + 2, "one at first, one when the service refused it"


def test_a_refusal_at_first_sight_is_not_tried_again(scene: Scene, issued: list[tuple[str, str]]) -> None:
    api = scene.open(entity_id=tokens.ENTITIES["cpr"])
    refused(lambda: knock(api))
    assert len(issued) == 1


def test_an_encrypted_token_is_passed_on(scene: Scene, issued: list[tuple[str, str]]) -> None:
    """Only the service can read it; it is known by the reference that came with it, and kept and renewed alike."""
    scene.set(encrypt=True, seconds=180)
    api = scene.open()
    meddler = between(api.api.session)
    knock(api)
    assert b"EncryptedAssertion" in meddler.sent[0] and b"AttributeStatement" not in meddler.sent[0]
    scene.set(clock=240)
    knock(api)
    assert len(issued) == 2


def test_an_encrypted_token_in_an_unsigned_reply_is_not_used(scene: Scene) -> None:
    from tests.connectors.idws.test_replies import without_security

    scene.set(encrypt=True)
    api = scene.open()
    between(door(api)._tokens.sts._session, reply=lambda raw: changed(raw, without_security))
    assert "not used" in refused(lambda: knock(api))


def test_a_plain_token_in_an_unsigned_reply_is_signed_itself(scene: Scene) -> None:
    from tests.connectors.idws.test_replies import without_security

    api = scene.open()
    between(door(api)._tokens.sts._session, reply=lambda raw: changed(raw, without_security))
    knock(api)


@pytest.mark.parametrize("soap", ["1.1", "1.2", "hybrid"])
@pytest.mark.parametrize("framework", ["yes", "no"])
def test_all_three_forms_of_soap(scene: Scene, soap: str, framework: str) -> None:
    api = scene.open(soap=soap, framework=framework)
    meddler = between(api.api.session)
    knock(api)
    assert (b"urn:liberty:sb:2006-08" in meddler.sent[0]) == (framework == "yes")


def test_a_door_by_another_name_is_said(scene: Scene) -> None:
    from connectors.errors import ContractError

    with pytest.raises(ContractError, match="must be idws or mtls"):
        scene.open(auth="saml")
    knock(scene.open(sts_door="json", sts=scene.access().extra["sts"].partition("/runtime")[0] + tokens.PATHS["json"]))
    assert "sts_door" in refused(lambda: scene.open(sts_door="xml"))
