"""What a source must say before its door opens, in its Connection or in its file; whoever set it up is told what."""

import re

from connectors.contract import Access
from connectors.errors import AccessError, ContractError


def extra(access: Access, name: str, remedy: str, instead: str = "") -> str:
    """What the Connection's extra says under the name, or what stands in for it; AccessError, ending in what to do,
    when neither says anything."""
    found = str(access.extra.get(name) or instead)
    if not found:
        raise AccessError(f"{name} is missing in the extra of this source's Connection; {remedy}")
    return found


def option(access: Access, name: str, form: str, meaning: str, instead: str = "") -> str:
    """What [options] of the source's file says under the name, or what stands in for it; ContractError, saying what it
    means, when it is not of that form."""
    found = str(access.options.get(name) or instead)
    if not re.fullmatch(form, found):
        raise ContractError(f"options.{name} in the source's file must be {meaning}")
    return found


__all__ = ["extra", "option"]
