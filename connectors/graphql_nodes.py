"""Registers whose lists are flat, as GraphQL on .NET (HotChocolate) has them: `where`, `first` and `after`, `nodes`.
A node refers to others by their ids and never holds them, so that whoever wants a whole puts it together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from connectors import graphql
from connectors.errors import ContractError
from connectors.paging import Slice, by_link, parts

IDS = 200
"""Ids named in one question."""
Node = dict[str, Any]


class Entity(NamedTuple):
    """One kind of node."""

    path: str
    """Where it is asked for, below the service's address."""
    name: str
    """Name of its list."""
    fields: str
    """What is asked of each beside its id, with blanks between."""


class Groups(dict[str, list[Node]]):
    """Nodes by the id that they refer to in one of their fields."""

    def of(self, ids: Iterable[str], order: str) -> list[Node]:
        """The nodes that refer to any of these, in the order of a field: that in which they came means nothing."""
        return sorted(chain.from_iterable(self.get(i, ()) for i in ids), key=lambda node: str(node.get(order)))


def key(node: Node, name: str) -> str:
    """The id in a field that must have one."""
    found = node.get(name)
    if not isinstance(found, str) or not found:
        raise ContractError(f"a node without {name} cannot be kept")
    return found


@dataclass(frozen=True)
class Nodes:
    """The lists of one service, each asked with the same further arguments."""

    post: Callable[[str, Any], Any]
    """Sends a question to a path; gives the decoded reply."""
    judge: graphql.Judge
    size: int
    """Nodes a page."""
    id: str
    """The field of a node by whose value others refer to it."""
    further: Mapping[str, Any]
    """Arguments beside those of the page and the conditions."""

    def each(self, entity: Entity, where: Mapping[str, Any]) -> Iterator[Node]:
        """All nodes that meet the conditions ({field: {operator: value}})."""
        name = entity.name

        def fetch(after: str) -> Slice:
            start = {"first": self.size, "after": after} if after else {"first": self.size}
            given = graphql.arguments({**start, **self.further, "where": where})
            asked = f"{self.id} {entity.fields}".strip()
            query = f"query {{ {name}({given}) {{ pageInfo {{ endCursor hasNextPage }} nodes {{ {asked} }} }} }}"
            found = graphql.page(self.post(entity.path, {"query": query}), name, "nodes", self.judge)
            if None in found.items:
                raise ContractError(f"{name}: the list holds something else than objects")
            return found

        for page in by_link(fetch, "", name):
            yield from page

    def named(self, entity: Entity, ids: Sequence[str], by: str = "") -> Iterator[Node]:
        """All nodes of these ids; with `by` those that refer to one of them in that field."""
        for some in parts(ids, IDS):
            yield from self.each(entity, {by or self.id: {"in": some}})

    def knock(self, entity: Entity) -> None:
        """Asks for a node that nobody has: key and address are in order when the answer can be read."""
        list(self.each(entity._replace(fields=""), {self.id: {"eq": "0"}}))

    def below(self, entity: Entity, ids: Sequence[str], by: str, references: Mapping[str, Entity]) -> Groups:
        """All nodes that refer to one of these ids in the field `by`, as `grouped` gives them."""
        return self.grouped(entity, self.named(entity, ids, by), by, references)

    def grouped(self, entity: Entity, nodes: Iterable[Node], by: str, references: Mapping[str, Entity]) -> Groups:
        """The nodes by what they refer to in the field `by`, itself left out. In place of each field that refers
        to another entity they get the fields of what it leads to; one that leads nowhere adds nothing."""
        found = Groups()
        for node in nodes:
            found.setdefault(key(node, by), []).append(node)
        held = [node for group in found.values() for node in group]
        led = {field: self._index(other, [node.get(field) for node in held]) for field, other in references.items()}
        own = [self.id, *(field for field in entity.fields.split() if field != by and field not in references)]

        def fill(node: Node) -> Node:
            whole = {field: node.get(field) for field in own}
            for field, index in led.items():
                whole |= index.get(str(node.get(field)), {})
            return whole

        return Groups({i: [fill(node) for node in group] for i, group in found.items()})

    def _index(self, entity: Entity, ids: Iterable[Any]) -> dict[str, Node]:
        """The fields of the nodes of these ids, by id."""
        found = self.named(entity, sorted({str(i) for i in ids if i}))
        return {key(node, self.id): {field: node.get(field) for field in entity.fields.split()} for node in found}


__all__ = ["Entity", "Groups", "Node", "Nodes", "key"]
