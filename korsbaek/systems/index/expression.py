"""SoegUdtryk: AND, OR and NOT over searches, one kind of object at a time.

An expression may search several kinds at once; each kind is then found by the searches that name it, as if the others
were not there. No operation is AND.
"""

from collections.abc import Callable

from korsbaek.systems.soap.node import Node, children, text

Search = Callable[[Node], "set[str] | None"]
"""A search element to what it finds; None when it is another kind's."""


def evaluate(udtryk: Node, search: Search, everything: Callable[[], set[str]]) -> set[str] | None:
    """The UUIDs that an expression finds, or None when it says nothing of this kind."""
    operation = "AND"
    found: list[set[str]] = []
    for child in children(udtryk):
        local = child[0].partition(":")[2]
        if local == "operation":
            operation = text(child) or operation
            continue
        if local in ("NOT", "SoegUdtryk"):
            inner = evaluate(child, search, everything)
            if inner is not None and local == "NOT":
                inner = everything() - inner
        else:
            inner = search(child)
        if inner is not None:
            found.append(inner)
    if not found:
        return None
    return set.intersection(*found) if operation == "AND" else set.union(*found)


def searches(udtryk: Node, names: tuple[str, ...]) -> list[Node]:
    """The search elements of those names, in document order, however deep."""
    out: list[Node] = []
    for child in children(udtryk):
        if child[0] in names:
            out.append(child)
        elif child[0].partition(":")[2] in ("NOT", "SoegUdtryk"):
            out += searches(child, names)
    return out
