"""A rightly signed token that is not the one we asked for is not used, and the line says why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from connectors.idws import issued
from connectors.idws.assertion import EARLY, SKEW, TokenError, lasting
from connectors.idws.names import SAML, q
from connectors.idws.signature import SignatureError, by_id, covered
from korsbaek import tokens
from tests.connectors.idws.scene import OTHER, Scene, door

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"audience": tokens.ENTITIES["ydi"]}, "another service"),
        ({"cvr": OTHER}, "another authority"),
        ({"certificate": b"another"}, "not made out to our certificate"),
    ],
)
def test_it_must_say_what_we_asked_for(scene: Scene, wrong: dict[str, Any], why: str) -> None:
    ours = door(scene.open())._tokens
    now = datetime.now(UTC)
    token = ours.current(now)
    assert issued.of_bytes(token.xml, ours._expected, now).id == token.id
    with pytest.raises(TokenError, match=why):
        issued.of_bytes(token.xml, replace(ours._expected, **wrong), now)


@pytest.mark.parametrize(("hours", "why"), [(-1, "not valid yet"), (9, "expired already")])
def test_it_must_be_of_now(scene: Scene, hours: int, why: str) -> None:
    ours = door(scene.open())._tokens
    now = datetime.now(UTC)
    token = ours.current(now)
    with pytest.raises(TokenError, match=why):
        issued.of_bytes(token.xml, ours._expected, now + hours * HOUR)


def test_clocks_may_differ_a_little(scene: Scene) -> None:
    ours = door(scene.open())._tokens
    now = datetime.now(UTC)
    token = ours.current(now)
    issued.of_bytes(token.xml, ours._expected, now - SKEW + timedelta(seconds=10))
    issued.of_bytes(token.xml, ours._expected, token.until + SKEW - timedelta(seconds=10))


def test_no_id_may_stand_twice(scene: Scene) -> None:
    ours = door(scene.open())._tokens
    root = etree.fromstring(ours.current(datetime.now(UTC)).xml)
    etree.SubElement(root, q(SAML, "Advice"), ID=root.get("ID") or "")
    with pytest.raises(SignatureError, match="an id stands on two elements"):
        by_id(root)
    with pytest.raises(SignatureError):
        covered(root[1], ours._expected.keys)


def test_how_long_it_is_kept() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert lasting(now, now + 8 * HOUR, now) == now + 8 * HOUR - EARLY
    assert lasting(now, now + HOUR / 20, now) == now + HOUR / 40, "half of a short life"
    assert lasting(now - 8 * HOUR, now + HOUR / 20, now) <= now + HOUR / 20
