"""Types of a GraphQL contract, read from its own language (SDL): of each type its fields and what they give."""

import re
from functools import cache
from pathlib import Path

_TYPE = re.compile(r"^(?:type|interface)\s+(\w+)[^{]*\{(.*?)^\}", re.M | re.S)
_FIELD = re.compile(r"(\w+)\s*(?:\([^)]*\))?\s*:\s*([\[\]\w!]+)")

Types = dict[str, dict[str, str]]
"""Type to field to what the field gives, as SDL writes it ("[Adresse!]!")."""


@cache
def types(path: Path) -> Types:
    """The types and interfaces of a schema file."""
    text = re.sub(r"#[^\n]*|@\w+(\([^)]*\))?", "", path.read_text(encoding="utf-8"))
    return {name: dict(_FIELD.findall(body)) for name, body in _TYPE.findall(text)}


def bare(gives: str) -> str:
    """The name of a type without its list and its marks."""
    return gives.strip("[]!")
