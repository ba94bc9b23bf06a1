"""A vendor in trouble: what passes is ridden out, what does not is said at once and knocked on no more."""

import ssl

import requests
from urllib3.exceptions import MaxRetryError, ProtocolError
from urllib3.exceptions import SSLError as Urllib3SSLError

from connectors.errors import AccessError, ContractError, TransientError
from connectors.replay import CA, CERT, Scene, Trouble, Vendor, reply
from connectors.retry import TRIES
from tests.connectors.cases.canaries import fails

SOAP_FAULT = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:{}</faultcode>'
    "<faultstring>nothing to see</faultstring></s:Fault></s:Body></s:Envelope>"
)


def _once(answer: Trouble) -> Trouble:
    return lambda request, before: answer(request, before) if before == 0 else None


def _rides_out(scene: Scene, answer: Trouble) -> list[float]:
    """Each request fails once; everything is read all the same. Gives the waits."""
    slept: list[float] = []
    quiet = scene.read(scene.vendor())
    assert scene.read(scene.vendor(_once(answer)), slept=slept) == quiet
    assert any(quiet.values()) and slept and max(slept) <= 300
    return slept


def silence_is_ridden_out(scene: Scene) -> None:
    _rides_out(scene, lambda request, before: requests.ReadTimeout("no answer", request=request))
    _rides_out(scene, lambda request, before: requests.ConnectTimeout("no answer", request=request))


def a_broken_connection_is_ridden_out(scene: Scene) -> None:
    reset = ProtocolError("Connection aborted.", ConnectionResetError(104, "Connection reset by peer"))
    _rides_out(scene, lambda request, before: requests.ConnectionError(reset, request=request))
    _rides_out(scene, lambda request, before: requests.exceptions.ChunkedEncodingError(request=request))


def a_reply_that_broke_off_is_asked_for_again(scene: Scene) -> None:
    def half(request: requests.PreparedRequest, before: int) -> requests.Response:
        body, kind = _answer(scene, request)
        return reply(request, 200, body[: len(body) // 2], kind, Content_Length=str(len(body)))

    _rides_out(scene, half)


def a_busy_vendor_is_given_the_time_it_asks_for(scene: Scene) -> None:
    slept = _rides_out(scene, lambda request, before: reply(request, 429, b"slow down", "text/plain", Retry_After="7"))
    assert set(slept) == {7.0}


def a_failing_vendor_is_ridden_out(scene: Scene) -> None:
    for status in (500, 502, 503, 504):
        _rides_out(scene, lambda request, before, status=status: reply(request, status, b"<html>", "text/html"))


def a_lasting_fault_ends(scene: Scene) -> None:
    for stream in scene.connector.streams:
        vendor = scene.vendor(lambda request, before: reply(request, 503, b"", "text/plain"))
        fails(TransientError, scene, lambda stream=stream, vendor=vendor: scene.read(vendor, stream.name))
        assert len(vendor.asked) == TRIES


def a_vendor_that_asks_for_too_long_is_left_alone(scene: Scene) -> None:
    vendor = scene.vendor(lambda request, before: reply(request, 429, b"", "text/plain", Retry_After="86400"))
    error = fails(TransientError, scene, lambda: scene.read(vendor))
    assert len(vendor.asked) == 1 and isinstance(error, TransientError) and error.retry_after == 86400


def a_closed_door_is_not_knocked_on_twice(scene: Scene) -> None:
    for status in (401, 403):
        for stream in scene.connector.streams:
            vendor = scene.vendor(
                lambda request, before, status=status: reply(request, status, b"secret reply text", "text/plain")
            )
            fails(AccessError, scene, lambda stream=stream, vendor=vendor: scene.read(vendor, stream.name))
            assert len(vendor.asked) == 1 and vendor.tokens <= 1


def a_token_that_expires_midway_is_renewed_once(scene: Scene) -> None:
    if not scene.index.token_path:
        return
    vendor = scene.vendor()
    vendor.trouble = lambda request, before: (
        reply(request, 401, b"", "text/plain") if len(vendor.asked) == 1 and before == 0 else None
    )
    quiet = scene.vendor()
    assert scene.read(vendor) == scene.read(quiet)
    assert vendor.tokens == quiet.tokens + 1


def a_refused_certificate_names_the_files(scene: Scene) -> None:
    expired = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    expired.verify_message = "certificate has expired"

    def refuse(request: requests.PreparedRequest, before: int) -> Exception:
        reason = MaxRetryError(None, str(request.url), Urllib3SSLError(expired))  # type: ignore[arg-type]
        return requests.exceptions.SSLError(reason, request=request)

    vendor = scene.vendor(refuse)
    error = fails(AccessError, scene, lambda: scene.read(vendor))
    assert CERT in str(error) and CA in str(error) and "certificate has expired" in str(error)
    assert len(vendor.asked) == 1


def half_a_document_is_no_reply(scene: Scene) -> None:
    for share in (0, 1, 2, 3):
        _breaks_the_contract(scene, lambda body, share=share: body[: len(body) * share // 4])


def a_login_page_is_no_reply(scene: Scene) -> None:
    _breaks_the_contract(scene, lambda body: b"<html><title>Log in</title></html>", "text/html")
    _breaks_the_contract(scene, lambda body: b"{}" if body.startswith(b"<") else b'"Log in"')


def an_error_in_a_200_is_no_empty_reply(scene: Scene) -> None:
    if _soap(scene):
        _breaks_the_contract(scene, lambda body: SOAP_FAULT.format("Client").encode())
        server = SOAP_FAULT.format("Server").encode()
        _rides_out(scene, lambda request, before: reply(request, 200, server, _answer(scene, request)[1]))
    else:
        words = b'{"Message": "An error has occurred."}', b"<Message>An error has occurred.</Message>"
        _breaks_the_contract(scene, lambda body: words[body.startswith(b"<")])


def _breaks_the_contract(scene: Scene, change: object, content_type: str = "") -> None:
    for stream in scene.connector.streams:
        vendor = scene.vendor()

        def spoil(request: requests.PreparedRequest, before: int, vendor: Vendor = vendor) -> requests.Response:
            body, kind = _answer(scene, request)
            return reply(request, 200, change(body), content_type or kind)  # type: ignore[operator]

        vendor.trouble = spoil
        fails(ContractError, scene, lambda stream=stream, vendor=vendor: scene.read(vendor, stream.name))
        assert len(vendor.asked) == 1


def _answer(scene: Scene, request: requests.PreparedRequest) -> tuple[bytes, str]:
    vendor = scene.vendor()
    exchange = vendor.find(request)
    assert exchange is not None, "asked for what is not recorded"
    return vendor.local(scene.bodies[exchange.file]), exchange.content_type


def _soap(scene: Scene) -> bool:
    return any(b"Envelope" in scene.bodies[e.file][:500] for e in scene.index.exchanges)
