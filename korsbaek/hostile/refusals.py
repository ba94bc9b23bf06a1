"""Replies that refuse: HTTP statuses, errors that come with 200, and a token that has expired."""

from collections.abc import Callable

from korsbaek.hostile.exchange import Exchange, Reply, plain
from korsbaek.hostile.fault import Fault

Ask = Callable[[], Reply]
SOAP = {"1.1": "http://schemas.xmlsoap.org/soap/envelope/", "1.2": "http://www.w3.org/2003/05/soap-envelope"}
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"


def status(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """Nothing but the status, with Retry-After when the fault says so."""
    more = {} if fault.retry_after is None else {"Retry_After": str(fault.retry_after)}
    return plain(fault.status, b"fault", **more)


def error_in_200(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """A SOAP Fault, or an ASP.NET error in JSON, that says it went well."""
    if exchange.soap:
        return _fault(exchange, 200, f"soap:{fault.code}", "")
    return plain(200, b'{"Message": "An error has occurred."}', "application/json; charset=utf-8")


def token_expired(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The token that this request carries is good no more, now and later; a new one is. SOAP: InvalidSecurityToken."""
    if exchange.soap:
        return _fault(exchange, 500, "wsse:InvalidSecurityToken", f' xmlns:wsse="{WSSE}"')
    token = str(exchange.environ.get("HTTP_AUTHORIZATION", ""))
    if not token.startswith("Bearer "):
        return ask()
    exchange.plan.memory[f"expired {token}"] = b""
    return expired()


def expired() -> Reply:
    """What Keycloak's guards say to a token that holds no more."""
    return plain(401, WWW_Authenticate='Bearer error="invalid_token"')


def _fault(exchange: Exchange, status: int, code: str, declared: str) -> Reply:
    """A Fault in the request's own version of SOAP."""
    if SOAP["1.2"].encode() in exchange.body:
        named = {"soap:Server": "soap:Receiver", "soap:Client": "soap:Sender"}.get(code, code)
        inner = f"<soap:Code><soap:Value>{named}</soap:Value></soap:Code>"
        inner += '<soap:Reason><soap:Text xml:lang="en">the service failed</soap:Text></soap:Reason>'
        space, media = SOAP["1.2"], "application/soap+xml"
    else:
        inner = f"<faultcode>{code}</faultcode><faultstring>the service failed</faultstring>"
        space, media = SOAP["1.1"], "text/xml"
    body = f'<soap:Envelope xmlns:soap="{space}"{declared}><soap:Body><soap:Fault>{inner}</soap:Fault></soap:Body>'
    return plain(status, f"{body}</soap:Envelope>".encode(), f"{media}; charset=utf-8")
