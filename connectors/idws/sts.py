"""Asking the security token service for a token, at its SOAP door or its JSON door."""

from base64 import b64decode
from datetime import datetime

import msgspec
import requests

from connectors import faults, given, soap_faults, soap_xml
from connectors.contract import Access
from connectors.errors import AccessError, ConnectorError, ContractError, TransientError
from connectors.idws import issued, names, request
from connectors.idws.assertion import Expected, Token, TokenError
from connectors.idws.certificate import FunctionCertificate
from connectors.idws.signature import SignatureError
from connectors.tls import dress

BROKEN = frozenset({"Receiver", "Server", "InternalServiceFault"})
"""Fault codes that say the service failed, not that it refused."""
_SOAP = {"Content-Type": f'application/soap+xml; charset=utf-8; action="{names.ISSUE}"'}
_JSON = {"Content-Type": "application/json", "Accept": "application/json"}


class SecurityTokenService:
    """The service at extra.sts, by the door that extra.sts_door names (soap, json). May be shared by threads.

    extra.sts_ca replaces extra.ca as whom TLS trusts here.
    """

    def __init__(self, access: Access, timeout: tuple[float, float]) -> None:
        self.url = given.extra(access, "sts", "it is the token service's URL")
        self.door = str(access.extra.get("sts_door") or "soap")
        if self.door not in ("soap", "json"):
            raise AccessError("extra.sts_door in this source's Connection must be soap or json; correct it")
        self.where = faults.place("POST", self.url)
        self._timeout = timeout
        self._session = requests.Session()
        dress(self._session, access)
        if access.extra.get("sts_ca"):
            self._session.verify = str(access.extra["sts_ca"])

    def issue(self, certificate: FunctionCertificate, expected: Expected, now: datetime) -> Token:
        """A fresh token. AccessError says what a person must do; TransientError when the service is away."""
        try:
            if self.door == "json":
                return self._by_json(certificate, expected, now)
            return self._by_soap(certificate, expected, now)
        except SignatureError as error:
            why = f"{error}; check sts_cert, and that nothing between us changes messages"
        except TokenError as error:
            why = str(error) if ";" in str(error) else f"{error}; tell the token service's operator"
        raise AccessError(f"{self.where}: the token that came is not used: {why}")

    def _by_soap(self, certificate: FunctionCertificate, expected: Expected, now: datetime) -> Token:
        sent, message_id = request.envelope(self.url, expected.audience, expected.cvr, certificate, now)
        reply = self._send(sent, _SOAP)
        status = faults.of_reply(reply, self.where)
        try:
            root = soap_xml.read(reply.content, self.where)
        except ContractError as error:
            raise (status or error) from None
        fault = soap_faults.fault_of(root)
        if fault is not None:
            raise self._refusal(soap_faults.codes_of(fault), expected)
        if status is not None:
            raise status
        return issued.of_envelope(root, expected, message_id, now)

    def _by_json(self, certificate: FunctionCertificate, expected: Expected, now: datetime) -> Token:
        asked = request.as_json(expected.audience, expected.cvr, certificate)
        reply = self._send(msgspec.json.encode(asked), _JSON)
        if reply.status_code in (400, 401, 403):
            raise self._refusal(frozenset({str(reply.status_code)}), expected)
        if fault := faults.of_reply(reply, self.where):
            raise fault
        try:
            came = b64decode(msgspec.json.decode(reply.content)["RequestedSecurityToken"]["Assertion"], validate=True)
        except (msgspec.DecodeError, KeyError, TypeError, ValueError):
            raise ContractError(f"{self.where}: the reply holds no Assertion; check sts and sts_door") from None
        return issued.of_bytes(came, expected, now)

    def _send(self, body: bytes, headers: dict[str, str]) -> requests.Response:
        fault: ConnectorError
        try:
            return self._session.post(
                self.url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False
            )
        except (requests.RequestException, OSError, ConnectorError) as error:
            fault = faults.of_exception(error, self.where, self._session.cert, self._session.verify)
        raise fault

    def _refusal(self, codes: frozenset[str], expected: Expected) -> ConnectorError:
        named = next((c for c in sorted(codes - soap_faults.ENVELOPE) if c.isalnum()), "Fault")
        if codes & BROKEN and named in (*BROKEN, "Fault"):
            return TransientError(f"{self.where}: {named}, the token service failed")
        whom = f"no token for {expected.audience} on behalf of CVR {expected.cvr}"
        return AccessError(f"{self.where}: {named}, {whom}; {_REMEDY.get(named, _AGREEMENT)}")


_AGREEMENT = "is the certificate registered, and has the authority approved the service agreement?"
_REMEDY = {
    "InvalidScope": "check entity_id: the token service knows no such service",
    "FailedAuthentication": "register the certificate in the administration module, or renew it",
    "InvalidSecurityToken": "register the certificate in the administration module, or renew it",
    "InvalidSecurity": "the request was not understood as signed: check sts and sts_door",
    "FailedCheck": "our signature was not accepted: check that nothing between us changes messages",
    "MessageExpired": "set this machine's clock by NTP: the request came too late or too early",
    "DuplicateMessageID": "something between us sends requests twice: check the proxy",
}
"""What a person does about a fault of WS-Trust 1.3 (section 11) or WS-Security 1.1 (section 12)."""
