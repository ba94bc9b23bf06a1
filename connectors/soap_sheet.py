"""Sheets of XML records, written as words: what comes in, and what stays out for which reason."""

from collections.abc import Mapping
from typing import Any

from connectors.soap_xml import Sheet
from connectors.words import paths


def kept(names: str) -> Sheet:
    """Elements with a value that come in, by their local names with blanks between; what is below an element in
    brackets behind it: 'Id Navn(Fornavn Efternavn)'."""
    return _sheet(names, None)


def left_out(reason: str, names: str) -> Sheet:
    """Elements that are known and stay out, with all below them, for this reason; written as those that come in."""
    return _sheet(names, reason)


def together(*sheets: Sheet) -> Sheet:
    """The sheets as one, also below an element that several of them name. ValueError for an element that two of them
    rule upon, since it cannot both come in and stay out."""
    whole: dict[str, Sheet | str | None] = {}
    for name, rule in (item for sheet in sheets for item in sheet.items()):
        there = whole.get(name)
        if isinstance(there, Mapping) and isinstance(rule, Mapping):
            whole[name] = together(there, rule)
        elif name in whole:
            raise ValueError(f"{name} is ruled upon twice")
        else:
            whole[name] = rule
    return whole


def _sheet(names: str, rule: str | None) -> Sheet:
    root: dict[str, Any] = {}
    for *above, name in paths(names):
        here: Any = root
        for step in above:
            here = here.setdefault(step, {})
            if not isinstance(here, dict):
                raise ValueError(f"{step} has a value and something below it")
        if name in here:
            raise ValueError(f"{name} is named twice")
        here[name] = rule
    return root


__all__ = ["kept", "left_out", "together"]
