"""The contexts that Serviceplatformen's services take in the body (rammearkitektur 2.4)."""

from typing import Any

from connectors.contract import Access
from connectors.errors import ContractError

AFTALE = ("ServiceAgreementUUID", "UserSystemUUID", "UserUUID", "ServiceUUID")
"""InvocationContext, when options.invocation has all four: the older agreements ask for it."""


def invocation(access: Access, where: str) -> dict[str, Any]:
    """InvocationContext by its name, or nothing when the source's options have none. ContractError for half a one."""
    aftale = access.options.get("invocation") or {}
    if aftale and set(aftale) != set(AFTALE):
        raise ContractError(f"{where}: options.invocation must have {', '.join(AFTALE)}")
    return {"InvocationContext": dict(aftale)} if aftale else {}
