"""Both vendors: tokens are asked for as Keycloak wants it, end, and are refused when wrong."""

import threading

import pytest
import requests
from requests.auth import HTTPBasicAuth

from tests.korsbaek.rest.conftest import AUTH, Start

SYSTEMS = pytest.mark.parametrize(
    ("system", "path"), [("nexus", "/api/core/mobile/korsbaek/v2"), ("sbsys", "/api/sag/sagStatusList")]
)


@SYSTEMS
def test_without_a_token_nothing_is_said(start: Start, system: str, path: str) -> None:
    vendor = start(system)
    for headers in ({}, {"Authorization": "Bearer forkert"}, {"Authorization": "Basic Zm9vOmJhcg=="}):
        answer = requests.get(vendor.url + path, headers=headers, timeout=10)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert requests.get(vendor.url + "/findes/ikke", timeout=10).status_code == 401


@SYSTEMS
def test_a_token_opens_and_says_how_long(start: Start, system: str, path: str) -> None:
    vendor = start(system)
    given = vendor.token().json()
    assert given["token_type"] == "Bearer"
    assert given["expires_in"] == 300
    vendor.log_in().get(path)


@SYSTEMS
def test_client_may_authenticate_by_basic(start: Start, system: str, path: str) -> None:
    vendor = start(system)
    by_basic = HTTPBasicAuth(AUTH["client_id"], AUTH["client_secret"])
    answer = requests.post(vendor.token_url, data={"grant_type": "client_credentials"}, auth=by_basic, timeout=10)
    assert answer.status_code == 200


@SYSTEMS
def test_wrong_secret_and_wrong_grant_are_refused(start: Start, system: str, path: str) -> None:
    vendor = start(system)
    wrong = vendor.token(client_secret="forkert")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    grant = vendor.token(grant_type="authorization_code")
    assert (grant.status_code, grant.json()["error"]) == (400, "unsupported_grant_type")


def test_password_grant_is_for_sbsys_only(start: Start) -> None:
    asked = {"grant_type": "password", "username": AUTH["username"], "password": AUTH["password"]}
    assert start("sbsys").token(**asked).status_code == 200
    wrong = start("sbsys").token(**asked | {"password": "forkert"})
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_grant")


@SYSTEMS
def test_a_token_ends_with_time(start: Start, system: str, path: str) -> None:
    vendor = start(system, auth={**AUTH, "token_seconds": 0.3}).log_in()
    vendor.get(path)
    ended = threading.Event()
    for _ in range(100):
        if vendor.session.get(vendor.url + path, timeout=10).status_code == 401:
            ended.set()
            break
        ended.wait(0.05)
    assert ended.is_set()
    vendor.log_in().get(path)


@SYSTEMS
def test_a_token_can_end_in_the_middle_of_a_pull(start: Start, system: str, path: str) -> None:
    vendor = start(system, token_calls=3).log_in()
    codes = [vendor.session.get(vendor.url + path, timeout=10).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 401]


@SYSTEMS
def test_a_valid_client_without_the_right_is_forbidden(start: Start, system: str, path: str) -> None:
    vendor = start(system, forbidden=True).log_in()
    assert vendor.session.get(vendor.url + path, timeout=10).status_code == 403


@SYSTEMS
def test_health_is_open(start: Start, system: str, path: str) -> None:
    assert requests.get(start(system).url + "/health", timeout=10).json() == {"status": "UP"}
