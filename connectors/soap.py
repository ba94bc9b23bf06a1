"""A vendor's SOAP interface: zeep builds and sends, lxml reads; one session, one retry policy, errors without data."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import requests
from lxml import etree

from connectors import faults, soap_faults, soap_xml
from connectors.contract import Access
from connectors.errors import AccessError, ConnectorError, ContractError, TransientError
from connectors.retry import patiently
from connectors.tls import dress

if TYPE_CHECKING:
    from connectors.soap_zeep import Secure, Soap

TIMEOUT = (10.0, 120.0)
"""Seconds to connect, and between two bytes of the reply; extra.timeout replaces the second."""
PAGE_SIZE = 100
"""Records a page, where the contract has pages of any size; options.page_size in the source's file replaces it."""
VERSIONS = ("1.1", "1.2", "hybrid")


class SoapApi:
    """One SOAP service. Every call may be sent again, so only reads belong here. May be shared by threads.

    Reads of `Access.extra`: cert, key, ca (paths), timeout (seconds), soap (1.1, 1.2 or hybrid; else what the source's
    options say), and auth: "idws" for calls signed with a token (connectors.idws.door has what that reads), else mutual
    TLS alone. Of the source's options: page_size, for those whose lists have pages of any size.
    """

    def __init__(self, access: Access, wsdl: Path, soap: str, secure: "Secure | None" = None) -> None:
        from connectors.idws.door import door
        from connectors.soap_zeep import service

        extra = access.extra
        self.where = faults.place("POST", access.url)
        version = str(extra.get("soap") or access.options.get("soap") or soap)
        if version not in VERSIONS:
            raise ContractError(f"{self.where}: soap must be one of {', '.join(VERSIONS)}")
        self.page_size = int(access.options.get("page_size") or PAGE_SIZE)
        self.session = requests.Session()
        dress(self.session, access)
        timeout = (TIMEOUT[0], float(extra.get("timeout") or TIMEOUT[1]))
        self._door = door(access, timeout)
        secure = secure or (self._door.secure if self._door else None)
        self._service = service(wsdl, access.url, self.session, timeout, cast("Soap", version), secure)

    def ask(self, operation: str, *, transaction: bool = False, **request: Any) -> etree._Element:
        """The one element in the reply's Body.

        `transaction` adds header:RequestHeader with a new TransactionUUID (Stoettesystemerne ask for it).
        Raises soap_faults.NotFoundError when the service says that it knows nothing of the one asked for.
        """
        return patiently(lambda: self._twice(operation, transaction, request))

    def _twice(self, operation: str, transaction: bool, request: dict[str, Any]) -> etree._Element:
        try:
            return self._ask(operation, transaction, request)
        except AccessError as refusal:
            if self._door is None or not refusal.token or not self._door.renewable():
                raise
        return self._ask(operation, transaction, request)

    def _ask(self, operation: str, transaction: bool, request: dict[str, Any]) -> etree._Element:
        headers = {"header": {"TransactionUUID": str(uuid4())}} if transaction else None
        fault: ConnectorError
        try:
            reply: requests.Response = getattr(self._service, operation)(_soapheaders=headers, **request)
            return self._body(reply)
        except (requests.RequestException, OSError, ConnectorError) as error:
            fault = faults.of_exception(error, self.where, self.session.cert, self.session.verify)
        raise fault

    def _body(self, reply: requests.Response) -> etree._Element:
        status = faults.of_reply(reply, self.where)
        if status is not None and reply.status_code not in (400, 500):
            raise status
        said = reply.headers.get("Content-Length", "")
        if said.isdigit() and "Content-Encoding" not in reply.headers and len(reply.content) < int(said):
            raise TransientError(f"{self.where}: the reply broke off")
        try:
            root = soap_xml.read(reply.content, self.where)
        except ContractError:
            raise (status or ContractError(f"{self.where}: the reply is not XML; is the address right?")) from None
        fault = soap_faults.fault_of(root)
        error = soap_faults.of_fault(fault, self.where) if fault is not None else status
        if error is not None and not isinstance(error, soap_faults.NotFoundError):
            raise error
        if self._door is not None:
            self._door.check(root)
        if error is not None:
            raise error
        body = next((e for e in root if soap_xml.local(str(e.tag)) == "Body"), None)
        if body is None or len(body) != 1:
            raise ContractError(f"{self.where}: the reply is no SOAP envelope; is the address in the Connection right?")
        return body[0]
