"""What each kind of misbehaviour is on the wire, seen by a client that shares no code with the hub."""

import http.client
import json
import ssl
import time
from datetime import datetime
from typing import Any

import pytest

from tests.korsbaek.hostile.conftest import Rig
from tests.korsbaek.hostile.wire import Wire


def on(kind: str, system: str = "sbsys", **more: Any) -> dict[str, Any]:
    more = {"path": "/search", **more} if system == "sbsys" else more
    return {"system": system, "kind": kind, **more}


@pytest.fixture
def sbsys(rig: Rig) -> tuple[Wire, str]:
    wire = Wire(rig, "sbsys")
    return wire, wire.token()


def test_slow_answers_rightly_but_late(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    sound = sbsys[0].page(sbsys[1])
    rig.says(on("slow", seconds=0.3))
    began = time.monotonic()
    assert sbsys[0].page(sbsys[1]) == sound and time.monotonic() - began >= 0.3


def test_hang_takes_the_request_and_never_answers(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    rig.says(on("hang"))
    hanging = Wire(rig, "sbsys", timeout=0.4)
    with pytest.raises(TimeoutError):
        hanging.cases(sbsys[1])


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_reset_ends_with_a_reset(rig: Rig, sbsys: tuple[Wire, str], share: float) -> None:
    rig.says(on("reset", share=share))
    with pytest.raises(ConnectionResetError):
        Wire(rig, "sbsys").cases(sbsys[1]).read()


def test_truncated_sends_less_than_it_says(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    rig.says(on("truncated", share=0.5))
    with pytest.raises(http.client.IncompleteRead) as short:
        sbsys[0].cases(sbsys[1]).read()
    assert short.value.expected and abs(len(short.value.partial) - short.value.expected) <= 1


@pytest.mark.parametrize(
    ("status", "after"), [(429, None), (429, 7), (500, None), (503, "Mon, 02 Mar 2026 02:00:00 GMT")]
)
def test_statuses(rig: Rig, sbsys: tuple[Wire, str], status: int, after: int | str | None) -> None:
    rig.says(on("status", status=status) | ({"retry_after": after} if after is not None else {}))
    reply = sbsys[0].cases(sbsys[1])
    assert (reply.status, reply.headers["Retry-After"]) == (status, None if after is None else str(after))


def test_an_error_says_200(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    rig.says(on("error_in_200"), on("error_in_200", "sdi"))
    reply = sbsys[0].cases(sbsys[1])
    assert reply.status == 200 and list(json.loads(reply.read())) == ["Message"]
    soap = Wire(rig, "sdi").soap()
    assert soap.status == 200 and b"soap:Receiver" in soap.read()


def test_a_token_expires_and_a_new_one_works(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    wire, token = sbsys
    rig.says(on("token_expired", first=2, times=1))
    replies = []
    for _ in range(3):
        reply = wire.cases(token)
        reply.read()
        replies.append(reply.status)
    assert replies == [200, 401, 401] and wire.cases(wire.token()).status == 200


def test_half_a_page_keeps_its_promise_of_all(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    sound = sbsys[0].page(sbsys[1])
    rig.says(on("half_page", share=0.5))
    half = sbsys[0].page(sbsys[1])
    assert half["Results"] == sound["Results"][:5] and half["TotalNumberOfResults"] == sound["TotalNumberOfResults"]


def test_a_repeated_page_is_the_first(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    first = sbsys[0].page(sbsys[1])
    rig.says(on("repeated_page"))
    assert sbsys[0].page(sbsys[1], skip=10) == first


def test_endless_has_always_more(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    first = sbsys[0].page(sbsys[1])
    rig.says(on("endless"))
    for skip in (0, 10, 10_000):
        page = sbsys[0].page(sbsys[1], skip=skip)
        assert page["Results"] and page["TotalNumberOfResults"] > skip + len(page["Results"])
    assert page["Results"] == first["Results"]


def test_empty_is_in_good_form(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    rig.says(on("empty"))
    assert sbsys[0].page(sbsys[1]) == {"Results": [], "TotalNumberOfResults": 0}


def test_a_record_comes_twice(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    rig.says(on("duplicate_keys"))
    keys = [sag["Id"] for sag in sbsys[0].page(sbsys[1])["Results"]]
    assert len(keys) == 11 and keys[-1] == keys[-2]


def test_most_is_gone_and_the_rest_is_paged_as_always(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    sound = sbsys[0].page(sbsys[1], limit=500)
    rig.says(on("mass_deletion", share=0.8))
    few = sbsys[0].page(sbsys[1], limit=500)
    assert 0 < few["TotalNumberOfResults"] < sound["TotalNumberOfResults"] / 2
    assert [sag for sag in sound["Results"] if sag in few["Results"]] == few["Results"]
    rig.says()
    assert sbsys[0].page(sbsys[1], limit=500) == sound


def test_wrong_letters(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    sound = sbsys[0].cases(sbsys[1], limit=500).read()
    rig.says(on("charset"))
    wrong = sbsys[0].cases(sbsys[1], limit=500).read()
    assert wrong.decode("latin-1") == sound.decode() and any(b > 127 for b in wrong)


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("missing", lambda sag: "SagsTitel" not in sag),
        ("renamed", lambda sag: "SagsTitel" not in sag and isinstance(sag["SagsTitel2"], str)),
        ("retyped", lambda sag: list(sag["SagsTitel"]) == ["vaerdi"]),
        ("nulls", lambda sag: sag["SagsTitel"] is None),
    ],
)
def test_fields(rig: Rig, sbsys: tuple[Wire, str], kind: str, shown: Any) -> None:
    rig.says(on(kind, field="SagsTitel"))
    assert all(shown(sag) for sag in sbsys[0].page(sbsys[1])["Results"])


def test_a_clock_is_ahead(rig: Rig, sbsys: tuple[Wire, str]) -> None:
    sound = sbsys[0].page(sbsys[1])["Results"][0]
    rig.says(on("clock_ahead", seconds=86400))
    ahead = sbsys[0].page(sbsys[1])["Results"][0]
    moved = {name for name in sound if sound[name] != ahead[name]}
    gap = datetime.fromisoformat(ahead["SenestAendret"]) - datetime.fromisoformat(sound["SenestAendret"])
    assert moved == {"SenestAendret"} and gap.total_seconds() == 86400


def test_a_namespace_says_the_next_version(rig: Rig) -> None:
    rig.says()
    assert b"indeks:6" in Wire(rig, "sdi").soap().read()
    rig.says(on("namespace", "sdi"))
    assert b"indeks:6" not in (body := Wire(rig, "sdi").soap().read()) and b"indeks:7" in body


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("certificate_expired", "certificate has expired"),
        ("certificate_wrong_host", "IP address mismatch"),
        ("client_refused", "ALERT_CERTIFICATE_EXPIRED"),
    ],
)
def test_the_door_is_wrong(rig: Rig, kind: str, why: str) -> None:
    rig.says(on(kind, "sdi"))
    with pytest.raises(ssl.SSLError, match=f"(?i){why}"):
        Wire(rig, "sdi").soap()
    rig.says()
    assert Wire(rig, "sdi").soap().status in (200, 500)
