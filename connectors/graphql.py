"""Lists of a GraphQL service, page by page by cursor, and the errors that come with status 200."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from connectors.errors import AccessError, ConnectorError, ContractError
from connectors.paging import Slice

Judge = Callable[[str, Mapping[str, Any]], ConnectorError | None]
"""What an entry of `errors` is, given the name of what was asked for and its `extensions`; None: the data holds."""


def by_code(field: str, form: str, remedies: Mapping[str, str], doubt: str) -> Judge:
    """A judge of errors that say in `field` what they are: a code of that form is told, a text never. `remedies`: what
    a person does about a refusal, by a pattern of its code; any other is a ContractError that ends in `doubt`."""

    def judge(name: str, error: Mapping[str, Any]) -> ConnectorError:
        code = str(error.get(field) or "")
        code = code if re.fullmatch(form, code) else ""
        said = f"error {code}" if code else f"error without a {field}"
        for pattern, remedy in remedies.items():
            if re.fullmatch(pattern, code):
                return AccessError(f"{name}: {said}; {remedy}")
        return ContractError(f"{name}: {said} in an answer with status 200; {doubt}")

    return judge


def page(reply: Any, name: str, items: str, judge: Judge) -> Slice:
    """The items of the list of that name, and the cursor that leads on. Raises what the judge makes of an error, and
    ContractError when the reply is not of that form. An item may be null, where the schema lets it be."""
    if not isinstance(reply, dict):
        raise ContractError(f"{name}: the reply is not an object")
    for error in _errors(reply, name):
        if fault := judge(name, error):
            raise fault
    data = reply.get("data")
    held = data.get(name) if isinstance(data, dict) else None
    found, info = (held.get(items), held.get("pageInfo")) if isinstance(held, dict) else (None, None)
    if not isinstance(found, list) or not isinstance(info, dict) or not isinstance(info.get("hasNextPage"), bool):
        raise ContractError(f"{name}: the reply does not hold {items} and pageInfo")
    if not all(item is None or isinstance(item, dict) for item in found):
        raise ContractError(f"{name}: the list holds something else than objects")
    after = info.get("endCursor") if info["hasNextPage"] else None
    if info["hasNextPage"] and not (isinstance(after, str) and re.fullmatch(r"[\w+/=.-]{1,500}", after)):
        raise ContractError(f"{name}: there is a next page, but no cursor that leads to it")
    return Slice(found, next=after)


def _errors(reply: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """What each error says beside its text, which is never told."""
    errors = reply.get("errors") or []
    if not isinstance(errors, list):
        raise ContractError(f"{name}: errors is not a list; has the contract changed?")
    told = [e.get("extensions") if isinstance(e, dict) else None for e in errors]
    return [e if isinstance(e, dict) else {} for e in told]


def arguments(given: Mapping[str, Any]) -> str:
    """Arguments as they stand in a query: values as JSON writes them, but the names in an object without quotes."""
    return ", ".join(f"{name}: {_literal(value)}" for name, value in given.items())


def _literal(value: Any) -> str:
    return f"{{{arguments(value)}}}" if isinstance(value, Mapping) else msgspec.json.encode(value).decode()


__all__ = ["Judge", "arguments", "by_code", "page"]
