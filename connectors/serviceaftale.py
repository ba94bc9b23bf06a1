"""A service of Serviceplatformen: SOAP 1.1, asked on behalf of one municipality by contexts in the body.

Which contexts, and who fills them, is said in rammearkitektur 2.4.
"""

from pathlib import Path
from typing import Any

from lxml import etree

from connectors.contract import Access
from connectors.errors import ContractError
from connectors.soap import SoapApi

AFTALE = ("ServiceAgreementUUID", "UserSystemUUID", "UserUUID", "ServiceUUID")
"""InvocationContext, when options.invocation has all four: the older agreements ask for it."""


class Service:
    """The service that a WSDL describes; `authority` for one that wants the municipality's CVR number too."""

    def __init__(self, access: Access, wsdl: Path, *, authority: bool = False) -> None:
        self.api = SoapApi(access, wsdl, "1.1")
        self.where = self.api.where
        self.authority = access.myndighed if authority else ""
        self._contexts: dict[str, Any] = {}
        if self.authority:
            self._contexts["AuthorityContext"] = {"MunicipalityCVR": self.authority}
        self._contexts |= invocation(access, self.where)

    def ask(self, operation: str, **request: Any) -> etree._Element:
        """The reply of an operation, as SoapApi.ask gives it."""
        return self.api.ask(operation, **self._contexts, **request)


def invocation(access: Access, where: str) -> dict[str, Any]:
    """InvocationContext by its name, or nothing when the source's options have none. ContractError for half a one."""
    aftale = access.options.get("invocation") or {}
    if aftale and set(aftale) != set(AFTALE):
        raise ContractError(f"{where}: options.invocation must have {', '.join(AFTALE)}")
    return {"InvocationContext": dict(aftale)} if aftale else {}


__all__ = ["AFTALE", "Service", "invocation"]
