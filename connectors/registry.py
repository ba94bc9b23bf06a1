"""Which connectors there are: each folder beside this file is one, named for its vendor system, but for SHARED."""

from importlib import import_module
from pathlib import Path
from typing import Any

from connectors.contract import Connector
from connectors.errors import ContractError

FOLDER = Path(__file__).parent
SHARED = frozenset({"idws"})
"""Folders of what connectors have in common."""


def names() -> list[str]:
    """Names of all connectors, sorted, without importing any: one that is broken cannot stop the others."""
    return sorted(p.parent.name for p in FOLDER.glob("[!_.]*/__init__.py") if p.parent.name not in SHARED)


def load(name: str) -> Connector[Any]:
    """The connector of that name; ContractError of one line when there is none or it cannot be used."""
    if name not in names():
        raise ContractError(f"there is no connector '{name}'; there are: {', '.join(names())}")
    try:
        found = getattr(import_module(f"connectors.{name}"), "CONNECTOR", None)
    except Exception as error:
        raise ContractError(f"connectors/{name} cannot be imported: {type(error).__name__}: {error}") from error
    if not isinstance(found, Connector):
        raise ContractError(f"connectors/{name}/__init__.py has no CONNECTOR of type connectors.contract.Connector")
    if found.name != name:
        raise ContractError(f"connectors/{name}: CONNECTOR.name is '{found.name}', but must be the folder's name")
    return found
