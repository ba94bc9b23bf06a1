"""A session token is bought with the access token, goes with it on each request, and is renewed with it."""

import pytest

from connectors.contract import Access
from connectors.errors import AccessError, ContractError
from connectors.replay import calm
from connectors.rest import RestApi
from connectors.session_token import Session, SessionAuth
from tests.connectors.server import Answer, Asked, serving

GOOD = '{"session": {"value": "s%d"}}'


class System:
    """Gives numbered tokens and sessions, and takes the latest of each."""

    def __init__(self, seconds: int = 300, session: str = GOOD) -> None:
        self.seconds, self.session = seconds, session
        self.tokens = self.sessions = 0

    def __call__(self, request: Asked, before: int) -> Answer:
        if request.path == "/token":
            self.tokens += 1
            return Answer(body=f'{{"access_token": "t{self.tokens}", "expires_in": {self.seconds}}}'.encode())
        good = request.headers.get("Authorization") == f"Bearer t{self.tokens}" and request.headers.get("Key") == "k"
        if request.path in ("/api/session", "/elsewhere"):
            self.sessions += 1
            return Answer(200 if good else 401, (self.session.replace("%d", str(self.sessions))).encode())
        return Answer(200 if good and request.headers.get("Session") == f"Bearer s{self.sessions}" else 401)


def _api(url: str, **extra: str) -> RestApi:
    access = Access(url=f"{url}/api/", extra={"token_url": f"{url}/token", **extra})
    session = Session(path="session", form={"role": "nurse"}, said=("session", "value"), header="Session")
    return RestApi(access, SessionAuth(access, {"grant_type": "password"}, session, {"Key": "k"}))


def test_both_are_kept_as_long_as_the_token_is_good_and_the_key_goes_to_no_other_place() -> None:
    with calm(), serving(System()) as (url, asked):
        api = _api(url)
        assert [api.get("a"), api.get("b")] == [{}, {}]
    assert [a.path for a in asked] == ["/token", "/api/session", "/api/a", "/api/b"]
    assert asked[1].body == b"role=nurse"
    assert "Key" not in asked[0].headers and "Session" not in asked[1].headers


def test_both_are_renewed_when_the_token_ends() -> None:
    with calm(), serving(system := System(seconds=0)) as (url, _):
        api = _api(url)
        assert [api.get("a"), api.get("b")] == [{}, {}]
    assert (system.tokens, system.sessions) == (2, 2)


def test_one_that_bought_a_session_and_is_refused_is_renewed_once() -> None:
    with calm(), serving(system := System()) as (url, asked):
        api = _api(url)
        api.get("a")
        system.sessions += 1
        assert api.get("b") == {}
    assert [a.path for a in asked][3:] == ["/api/b", "/token", "/api/session", "/api/b"]


def test_another_place_for_sessions_can_be_named() -> None:
    with calm(), serving(System()) as (url, asked):
        assert _api(url, session_url=f"{url}/elsewhere").get("a") == {}
    assert asked[1].path == "/elsewhere"


@pytest.mark.parametrize("said", ['{"session": {"value": 5}}', '{"session": "s1"}', "{}", "[]", "null"])
def test_a_reply_without_a_session_says_what_to_look_at(said: str) -> None:
    with calm(), serving(System(session=said)) as (url, _), pytest.raises(ContractError, match="holds no session;"):
        _api(url).get("a")


def test_who_is_given_no_session_is_told_where() -> None:
    def answer(request: Asked, before: int) -> Answer:
        return Answer(body=b'{"access_token": "t"}') if request.path == "/token" else Answer(403)

    with calm(), serving(answer) as (url, asked), pytest.raises(AccessError, match="/api/session: 403"):
        _api(url).get("a")
    assert len(asked) == 2
