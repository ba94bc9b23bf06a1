"""Words that may stay in a masked recording: those that the connector's code names, and the fields of its sheets."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from canonical_model.draft import Foelsomhed
from connectors import registry
from connectors.minimise import Sheet


def own_words(name: str) -> frozenset[str]:
    """Words that a connector's own code names."""
    return frozenset(w for file in registry.folder(name).rglob("*.py") for w in _literals(file))


def harmless(name: str) -> frozenset[str]:
    """Words that a connector's code and the code it shares name, and the field names of its sheets."""
    folder = registry.folder(name)
    words = {w for file in registry.FOLDER.glob("*.py") for w in _literals(file)} | own_words(name)
    for file in folder.glob("*.wsdl"):
        words |= set(re.findall(r'(?:name|value)="([^"]*)"', file.read_text(encoding="utf-8")))
    package = registry.module(name)
    parts = [registry.module(name, p.stem) for p in folder.glob("*.py") if p.stem not in ("__init__", "writing")]
    for module in (package, *parts):
        for value in vars(module).values():
            if isinstance(value, Sheet):
                words |= {step for path in value.kept | value.dropped for step in path.split(".")}
            elif isinstance(value, dict):
                words |= set(_names(value))
    return frozenset(words) | {level.name for level in Foelsomhed}


def _literals(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) <= 80:
            yield node.value
            yield from node.value.split(".") if " " not in node.value else ()
            yield from node.value.split("/") if " " not in node.value else ()


def _names(sheet: dict[Any, Any]) -> Iterator[str]:
    for name, inner in sheet.items():
        if isinstance(name, str):
            yield name
        if isinstance(inner, dict):
            yield from _names(inner)


__all__ = ["harmless", "own_words"]
