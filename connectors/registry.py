"""Which connectors there are: each folder beside this file is one, named for its vendor system, but for SHARED.

A municipality's own connectors may stand in a folder of theirs, HELHED_CONNECTORS.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import connectors
from connectors.contract import Connector
from connectors.errors import ContractError

FOLDER = Path(__file__).parent
SHARED = frozenset({"idws"})
"""Folders of what connectors have in common."""


def places() -> list[Path]:
    """Folders in which connectors stand, a folder each; our own first."""
    own = os.environ.get("HELHED_CONNECTORS")
    return [FOLDER, *([Path(own).absolute()] if own else [])]


def folder(name: str) -> Path:
    """A connector's folder; where it would stand when there is none."""
    return next((p / name for p in places() if (p / name / "__init__.py").is_file()), places()[-1] / name)


def names() -> list[str]:
    """Names of all connectors, sorted, without importing any: one that is broken cannot stop the others."""
    found = {p.parent.name for place in places() for p in place.glob("[!_.]*/__init__.py")}
    return sorted(found - SHARED)


def load(name: str) -> Connector[Any]:
    """The connector of that name; ContractError of one line when there is none or it cannot be used."""
    if name not in names():
        raise ContractError(f"there is no connector '{name}'; there are: {', '.join(names())}")
    try:
        found = getattr(module(name), "CONNECTOR", None)
    except Exception as error:
        raise ContractError(f"connectors/{name} cannot be imported: {type(error).__name__}: {error}") from error
    if not isinstance(found, Connector):
        raise ContractError(f"connectors/{name}/__init__.py has no CONNECTOR of type connectors.contract.Connector")
    if found.name != name:
        raise ContractError(f"connectors/{name}: CONNECTOR.name is '{found.name}', but must be the folder's name")
    return found


def module(name: str, part: str = "") -> Any:
    """A connector's package, or a module of it."""
    place = str(folder(name).parent)
    if place not in connectors.__path__:
        connectors.__path__.append(place)
    return import_module(f"connectors.{name}{part and '.' + part}")
