"""$select and $expand (OData 4.01 URL conventions, 5.1.3 and 5.1.4): what of an entity is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Choice:
    """Which properties, and which navigation properties with what of theirs."""

    select: tuple[str, ...] = ()
    """None: only ID, WorkZone's own rule."""
    expand: dict[str, "Choice"] = field(default_factory=dict)


def choice(select: str, expand: str) -> Choice:
    """From the two query options; ValueError when they cannot be read."""
    names = tuple(name.strip() for name in select.split(",") if name.strip())
    found: dict[str, Choice] = {}
    for item in _parts(expand, ","):
        name, _, rest = item.partition("(")
        inner = dict(part.split("=", 1) for part in _parts(rest.removesuffix(")"), ";")) if rest else {}
        if set(inner) - {"$select", "$expand"} or (rest and not item.endswith(")")):
            raise ValueError("an option that is not understood")
        found[name.strip()] = choice(inner.get("$select", ""), inner.get("$expand", ""))
    return Choice(names, found)


def _parts(text: str, by: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            raise ValueError("a parenthesis too many")
        if letter == by and depth == 0:
            yield text[start:place]
            start = place + 1
    if depth:
        raise ValueError("a parenthesis too few")
    if text[start:]:
        yield text[start:]


def project(entity: Any, asked: Choice) -> Any:
    """The entity as asked for; lists of entities item by item."""
    if isinstance(entity, list):
        return [project(item, asked) for item in entity]
    if entity is None:
        return None
    plain = {k: v for k, v in entity.items() if not isinstance(v, dict | list) and k not in asked.expand}
    names = asked.select or ("ID",)
    found = plain if names == ("*",) else {name: plain[name] for name in ("ID", *names) if name in plain}
    return found | {name: project(entity.get(name), inner) for name, inner in asked.expand.items()}
