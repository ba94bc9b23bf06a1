"""The REST door: a SAML token by JSON, an access token for it, and a service that wants both token and certificate."""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from connectors.auth import by_grant
from connectors.contract import Access
from connectors.idws.rest import AccessTokens
from connectors.rest import RestApi
from korsbaek import municipality, oces, tokens
from korsbaek.server import Server, tls
from korsbaek.systems.wss.bearer import with_access_token
from korsbaek.town import CVR
from tests.connectors.idws.scene import OTHER, Scene, between, refused
from tests.korsbaek.published import SIGNATURE, signature

ENTITY = tokens.ENTITIES["sdi"]


def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """A REST service: says which kind of token came, and the transaction."""
    start("200 OK", [("Content-Type", "application/json")])
    scheme = environ["HTTP_AUTHORIZATION"].partition(" ")[0]
    return [json.dumps({"scheme": scheme, "transaktion": environ["HTTP_X_TRANSAKTIONSID"]}).encode()]


@pytest.fixture
def service(token_town: Path) -> Iterator[str]:
    """Its address; behind TLS with client certificates and the guard."""
    server = Server(with_access_token(answer, token_town, ENTITY), 0, partial(tls, token_town / "pki"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def access(scene: Scene, service: str, myndighed: str = CVR, **extra: Any) -> Access:
    """A Connection to the REST service."""
    sts = municipality.status(scene.folder)["sts"]["url"]
    found = scene.access().extra | {"sts": sts + tokens.PATHS["json"], "sts_door": "json"}
    found["access_token_url"] = sts + tokens.PATHS["access"]
    return Access(url=service, extra=found | extra, myndighed=myndighed)


def opened(given: Access) -> RestApi:
    """As a connector opens it: in one line."""
    return RestApi(given, by_grant(given, "client_credentials"))


@pytest.mark.parametrize("scheme", ["Bearer", "Holder-of-key"])
def test_the_door_opens(scene: Scene, service: str, scheme: str) -> None:
    scene.set(scheme=scheme)
    api = opened(access(scene, service))
    first, second = api.get("x"), api.get("y")
    assert first["scheme"] == second["scheme"] == scheme
    assert first["transaktion"] != second["transaktion"]


def test_the_messages_are_those_of_the_clients_that_go_this_way_today(
    scene: Scene, service: str, contracts: Path
) -> None:
    """No schema of the two doors is public: the shapes are itk-dev/serviceplatformen's (rammearkitektur 5.5). The token
    inside is signed as XML Signature's schema says."""
    api = opened(access(scene, service))
    assert isinstance(api._auth, AccessTokens)
    asked, told = list[bytes](), list[bytes]()

    def heard(kept: list[bytes]) -> Callable[[bytes], bytes]:
        return lambda message: kept.append(message) or message

    for session in (api._auth._tokens.sts._session, api.session):
        between(session, heard(asked), heard(told))
    api.get("x")
    holder = x509.load_pem_x509_certificate(Path(access(scene, service).extra["cert"]).read_bytes())
    trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
    assert json.loads(asked[0]) == {
        "TokenType": "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0",
        "RequestType": f"{trust}/Issue",
        "KeyType": f"{trust}/PublicKey",
        "AnvenderKontekst": {"Cvr": CVR},
        "UseKey": b64encode(holder.public_bytes(Encoding.DER)).decode(),
        "AppliesTo": {"EndpointReference": {"Address": ENTITY}},
        "OnBehalfOf": None,
    }
    issued = json.loads(told[0])
    assert issued == {"RequestedSecurityToken": {"Assertion": issued["RequestedSecurityToken"]["Assertion"]}}
    token = b64decode(issued["RequestedSecurityToken"]["Assertion"], validate=True)
    (signed,) = etree.fromstring(token).iter(f"{{{SIGNATURE}}}Signature")
    signature(contracts).assertValid(signed)
    assert {name: b64decode(value) for name, value in parse_qsl(asked[1].decode())} == {"saml-token": token}
    given = json.loads(told[1])
    assert given.keys() == {"access_token", "token_type", "expires_in"} and given["expires_in"] > 0


def test_both_doors_of_the_token_service_lead_here(scene: Scene, service: str) -> None:
    sts = municipality.status(scene.folder)["sts"]["url"]
    given = access(scene, service, sts=sts + tokens.PATHS["soap"], sts_door="soap")
    assert opened(given).get("x")["scheme"] == "Holder-of-key"


def test_access_tokens_are_kept_and_renewed_when_refused(scene: Scene, service: str) -> None:
    """The access token lives three minutes; then the service's clock is four minutes ahead."""
    scene.set(access_seconds=180)
    given = access(scene, service)
    auth = by_grant(given, "client_credentials")
    assert isinstance(auth, AccessTokens)
    api = RestApi(given, auth)
    meddler = between(api.session)
    for _ in range(3):
        api.get("x")
    assert meddler.passed == 4, "three calls and one exchange"
    scene.set(clock=240)
    api.get("x")
    assert meddler.passed == 7, "a refusal, an exchange, the call again"


def test_a_saml_token_that_has_expired_is_renewed(scene: Scene, service: str) -> None:
    scene.set(access_seconds=60, seconds=180)
    api = opened(access(scene, service))
    api.get("x")
    scene.set(clock=240)
    api.get("x")


def test_a_token_for_another_service(scene: Scene, service: str) -> None:
    api = opened(access(scene, service, entity_id=tokens.ENTITIES["ydi"]))
    assert "401" in refused(lambda: api.get("x"))


def test_another_municipality(scene: Scene, service: str) -> None:
    api = opened(access(scene, service, myndighed=OTHER))
    line = refused(lambda: api.get("x"))
    assert OTHER in line and "service agreement" in line
    scene.set(agreements={OTHER: [ENTITY]})
    assert "401" in refused(lambda: opened(access(scene, service, myndighed=OTHER)).get("x"))


def test_another_certificate_than_the_tokens(scene: Scene, service: str, tmp_path: Path) -> None:
    """The access token of one certificate is of no use to another that is trusted just as well."""
    api = opened(access(scene, service))
    api.get("x")
    other = oces.issue(scene.pki, "another", CVR, into=tmp_path)
    api.session.close()
    api.session.cert = (str(other), str(other.with_suffix(".key")))
    assert "certificate" in refused(lambda: api.get("x"))


def test_an_altered_access_token(scene: Scene, service: str) -> None:
    api = opened(access(scene, service))
    api.get("x")
    assert api._auth is not None
    body, _, signature = api._auth._token.rpartition(".")
    api._auth._token = f"{body}.{signature[::-1]}"
    api._auth._served = False
    assert "401" in refused(lambda: api.get("x"))


def test_a_token_altered_on_its_way_to_us(scene: Scene, service: str) -> None:
    api = opened(access(scene, service))
    assert isinstance(api._auth, AccessTokens)

    def meddle(raw: bytes) -> bytes:
        import base64

        found = json.loads(raw)
        token = base64.b64decode(found["RequestedSecurityToken"]["Assertion"])
        altered = token.replace(b">" + CVR.encode(), b">" + OTHER.encode())
        found["RequestedSecurityToken"]["Assertion"] = base64.b64encode(altered).decode()
        return json.dumps(found).encode()

    between(api._auth._tokens.sts._session, reply=meddle)
    assert "not used" in refused(lambda: api.get("x"))


def test_the_address_of_the_exchange_must_be_known(scene: Scene, service: str) -> None:
    assert "access_token_url" in refused(lambda: opened(access(scene, service, access_token_url="")))
