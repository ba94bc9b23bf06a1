"""Certificates: told of ahead, one incident when they open nothing any more, in whatever form they lie."""

from datetime import timedelta

import pytest

from helhed.settings import now
from sync.incidents import listed, review
from sync.incidents.finding import Finding, one_for_each
from sync.night import sync_source
from tests.sync.incidents.conftest import Town
from tests.sync.incidents.system import System


def test_an_expired_client_certificate_is_one_incident_and_not_two(town: Town) -> None:
    """The door is shut because of it, and what we hold grows old because of it."""
    authority = town.authority
    town.add("gamma", System(authority.tls()))
    good = authority.write("client", timedelta(days=400))
    town.connect("gamma", cert=str(good), ca=str(authority.folder / "ca.pem"))
    assert town.night() == []
    authority.write("client", timedelta(hours=-1))
    assert town.night() == [("certificate", "gamma", "expired")]
    (one,) = listed()
    assert one["systemejer"] == "Ejer gamma" and one["level"] == 4
    town.hub.at((now() + timedelta(hours=40)).isoformat())
    sync_source("gamma")
    assert [i["id"] for i in listed("gamma")] == [one["id"]], "also when the freshness target is missed by it"
    town.hub.patch.delenv("HELHED_NOW")
    authority.write("client", timedelta(days=400))
    assert town.night() == []


@pytest.mark.parametrize(("days", "level"), [(91, 0), (89, 1), (29, 2), (6, 3)])
def test_a_certificate_is_told_of_ahead(town: Town, days: int, level: int) -> None:
    town.connect("alfa", cert=str(town.authority.write("soon", timedelta(days=days))))
    sync_source("alfa")
    assert [(i["kind"], i["level"]) for i in listed()] == ([("certificate", level)] if level else [])


@pytest.mark.parametrize(
    ("passphrase", "open_"), [("rigtig", []), ("forkert", [("certificate", "alfa", "unreadable")])]
)
def test_a_packed_certificate_is_read_with_its_passphrase(
    town: Town, passphrase: str, open_: list[tuple[str, str, str]]
) -> None:
    cert = town.authority.pack("packed", timedelta(days=400), "rigtig")
    town.connect("alfa", cert=str(cert), passphrase=passphrase)
    review("alfa")
    assert [b for b in town.broken() if b[0] == "certificate"] == open_


@pytest.mark.parametrize("reason", ["access", "transient"])
def test_whatever_a_refused_certificate_looks_like_it_is_one_thing(reason: str) -> None:
    """TLS 1.3 refuses after the handshake: the caller sees an alert, or only a connection that ended."""
    dead = Finding("certificate", "alfa", "", "expired", 4, now(), "", "")
    door = Finding("connector", "alfa", "", reason, 1, now(), "", "")
    other = door._replace(source="beta")
    assert one_for_each([door, dead, other], {}) == [dead, other]


def test_a_certificates_level_rises_in_one_incident(town: Town) -> None:
    town.connect("alfa", cert=str(town.authority.write("soon", timedelta(days=100))))
    begin, levels, ids = now(), [], set()
    for day in (0, 11, 12, 71, 72, 94, 95, 101):
        town.hub.at((begin + timedelta(days=day)).isoformat())
        review("alfa")
        found = [i for i in listed() if i["kind"] == "certificate"]
        levels.append(found[0]["level"] if found else 0)
        ids |= {i["id"] for i in found}
    assert levels == [0, 1, 1, 2, 2, 3, 3, 4] and len(ids) == 1


@pytest.mark.parametrize("content", [None, "no certificate\n"], ids=["missing", "no certificate"])
def test_a_certificate_that_cannot_be_read(town: Town, content: str | None) -> None:
    town.night()
    path = town.authority.folder / "odd.pem"
    if content:
        path.write_text(content)
    town.connect("alfa", cert=str(path))
    assert town.night() == [("certificate", "alfa", "unreadable")]
    town.connect("alfa")
    assert town.night() == []
