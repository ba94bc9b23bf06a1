"""RestApi over real sockets: what the replay cannot show."""

import contextlib
import io
import logging
import socket
from pathlib import Path

import pytest
import requests
from urllib3 import HTTPResponse

from connectors.auth import by_grant, client_credentials
from connectors.contract import Access
from connectors.errors import AccessError, ConnectorError, ContractError, TransientError
from connectors.replay import calm
from connectors.reply import read
from connectors.rest import RestApi
from connectors.rest_pages import knock
from connectors.retry import TRIES
from tests.connectors.server import Answer, Asked, serving

CPR = "0107701234"


def test_a_reply_that_breaks_off_is_asked_for_again() -> None:
    with calm(), serving(lambda r, n: Answer(body=b'{"a": 1}', cut=3 if n == 0 else None)) as (url, asked):
        assert RestApi(Access(url=url)).get("x") == {"a": 1}
    assert len(asked) == 2


@pytest.mark.parametrize("body", [b"<side><titel/></side>", b"<plan/>", b"<plan>text</plan>"])
def test_xml_with_another_root_or_nothing_in_it_is_for_a_person(body: bytes) -> None:
    with (
        calm(),
        serving(lambda r, n: Answer(body=body)) as (url, _),
        pytest.raises(ContractError, match="GET x: the reply is no plan with anything in it"),
    ):
        knock("x", root="plan")(RestApi(Access(url=url)))


def test_xml_may_have_any_namespace() -> None:
    body = b'<y:plan xmlns:y="urn:y"><emne/></y:plan>'
    with calm(), serving(lambda r, n: Answer(body=body)) as (url, _):
        assert [e.tag for e in RestApi(Access(url=url)).get_xml("x", "plan")] == ["emne"]


def test_silence_ends() -> None:
    with socket.socket() as silent, calm() as _:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        api = RestApi(Access(url=f"http://127.0.0.1:{silent.getsockname()[1]}", extra={"timeout": 0.05}))
        with pytest.raises(TransientError, match="no answer in time"):
            api.get("x")


def test_nobody_there_says_what_to_look_at() -> None:
    with socket.socket() as taken, calm():
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(TransientError, match="is the address right"):
            RestApi(Access(url=f"http://127.0.0.1:{taken.getsockname()[1]}")).get("x")


def test_plain_http_where_tls_is_meant_is_for_a_person() -> None:
    with serving(lambda r, n: Answer()) as (url, _), calm(), pytest.raises(AccessError, match="client.pem"):
        api = RestApi(Access(url=url.replace("http:", "https:"), extra={"timeout": 5}))
        api.session.cert = None
        api.session.verify = "client.pem"
        api.get("x")


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "client.pem")
    with pytest.raises(AccessError, match="client.pem") as caught:
        RestApi(Access(url="https://127.0.0.1:1", extra={"cert": missing})).get("x")
    assert caught.value.__context__ is None


def test_neither_logs_nor_errors_show_an_address_or_a_body(caplog: pytest.LogCaptureFixture) -> None:
    """With urllib3 at work, and somebody who sets its loggers to DEBUG."""
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3", "urllib3.connectionpool", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    with calm(), serving(lambda r, n: Answer(400, f'{{"cpr": "{CPR}"}}'.encode())) as (url, asked):
        api = RestApi(Access(url=url))
        for path in (f"borger/{CPR}", f"borger?cpr={CPR}"):
            with pytest.raises(ContractError) as caught:
                api.get(path)
            assert CPR not in str(caught.value) and caught.value.__cause__ is None and "?" not in str(caught.value)
    assert len(asked) == 2
    assert CPR not in caplog.text


def test_a_link_to_another_host_is_not_followed() -> None:
    with serving(lambda r, n: Answer()) as (url, asked), pytest.raises(ContractError, match="another host"):
        RestApi(Access(url=url)).get("http://127.0.0.2:1/steal")
    assert not asked


def test_a_redirect_is_not_followed() -> None:
    answer = Answer(302, b"", {"Location": "http://127.0.0.2:1/"})
    with serving(lambda r, n: answer) as (url, asked), pytest.raises(ContractError, match="302"):
        RestApi(Access(url=url)).get("x")
    assert len(asked) == 1


def _keycloak(expires: int) -> "tuple[object, list[str]]":
    given: list[str] = []

    def answer(request: Asked, before: int) -> Answer:
        if request.path == "/token":
            given.append(request.body.decode())
            return Answer(body=f'{{"access_token": "t{len(given)}", "expires_in": {expires}}}'.encode())
        known = request.headers.get("Authorization") == f"Bearer t{len(given)}"
        return Answer(200 if known and "refuse" not in request.path else 401)

    return answer, given


def _access(url: str, **extra: str) -> Access:
    secrets = {"token_url": f"{url}/token", "client_id": "helhed", "client_secret": "s3cret"}
    return Access(url=url, login="bruger", password="kode", extra=secrets | extra)


def test_a_token_is_kept_and_one_refused_at_first_sight_is_not_renewed() -> None:
    answer, given = _keycloak(300)
    with calm(), serving(answer) as (url, _):  # type: ignore[arg-type]
        api = RestApi(_access(url), client_credentials(_access(url)))
        assert [api.get("a"), api.get("b")] == [{}, {}] and len(given) == 1
        with pytest.raises(AccessError):
            api.get("refuse")
        assert len(given) == 2, "a token that once served is renewed once"
        with pytest.raises(AccessError):
            api.get("refuse")
        assert len(given) == 2, "one that never served is not"
    assert "grant_type=client_credentials" in given[0]


def test_an_expired_token_is_fetched_anew() -> None:
    answer, given = _keycloak(0)
    with calm(), serving(answer) as (url, _):  # type: ignore[arg-type]
        api = RestApi(_access(url), by_grant(_access(url), "password"))
        api.get("a")
        api.get("b")
    assert len(given) == 2 and "grant_type=password" in given[0] and "username=bruger" in given[0]


@pytest.mark.parametrize("status", [400, 401, 403])
def test_no_token_is_for_a_person_and_secrets_are_not_told(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with calm(), serving(lambda r, n: Answer(status, b'{"error": "invalid_client s3cret"}')) as (url, asked):
        api = RestApi(_access(url), client_credentials(_access(url)))
        with pytest.raises(AccessError, match="no token") as caught:
            api.get("a")
    assert len(asked) == 1 and "s3cret" not in f"{caught.value}{caplog.text}{api._auth!r}"


def test_a_token_service_that_is_away_is_ridden_out_with_an_end() -> None:
    with calm(), serving(lambda r, n: Answer(503)) as (url, asked), pytest.raises(TransientError):
        RestApi(_access(url), client_credentials(_access(url))).get("a")
    assert len(asked) == TRIES


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(AccessError, match="token_url"):
        client_credentials(Access(url="http://127.0.0.1", login="a", password="b"))
    with pytest.raises(ConnectorError, match="extra.grant"):
        by_grant(_access("http://127.0.0.1", grant="implicit"), "password")


def test_a_body_that_cannot_be_decoded_leaves_no_connection_open() -> None:
    """Nor does one that is read to its end: `requests` would hold on to both until they are collected."""
    for coding, whole in (("gzip", False), ("identity", True)):
        raw = HTTPResponse(io.BytesIO(b"no such coding"), {"Content-Encoding": coding}, 200, preload_content=False)
        streamed = requests.Response()
        streamed.raw, streamed.status_code = raw, 200
        with contextlib.nullcontext() if whole else pytest.raises(requests.exceptions.ContentDecodingError):
            found = read(streamed)
            assert found.content == b"no such coding" and "coding" not in repr(found)
        assert raw.closed
