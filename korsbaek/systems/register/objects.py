"""soeg and list over the objects of one kind on a shelf."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.index.answer import output, standardretur
from korsbaek.systems.index.example import Example
from korsbaek.systems.index.interval import Unusable
from korsbaek.systems.soap.envelope import Request
from korsbaek.systems.soap.node import Fixed, Node, each, el, find, read, text

LARGEST = 500
"""UUIDs at most in one reply to soeg, objects at most in one to list; the real bounds are not public."""


@dataclass(frozen=True)
class Objects:
    """One kind of object: where it is kept, and how one is written."""

    shelf: Shelf
    kind: str
    prefix: str
    """Of its namespace."""
    registrering: Callable[[dict[str, Any]], Node]
    prefixes: tuple[str, ...]
    """Namespaces of a reply."""
    largest: int = LARGEST

    def operations(self) -> dict[str, Callable[[Request], str]]:
        """Soeg and list by their request elements."""
        return {f"{self.prefix}:SoegInput": self.soeg, f"{self.prefix}:ListInput": self.list}

    def soeg(self, request: Request) -> str:
        """UUIDs of the objects that the example finds, in steady order; 44 when there are none (or no more)."""
        asked = read(request.body)
        try:
            found = self.found(asked)
        except Unusable as error:
            return self._output("SoegOutput", standardretur(40, str(error)))
        if not found:
            return self._output("SoegOutput", standardretur(44, "Objekt(er) ikke fundet"))
        ids = [("sd:UUIDIdentifikator", uuid) for uuid in found]
        return self._output("SoegOutput", standardretur(20), ("sd:IdListe", [*ids]))

    def found(self, asked: Node) -> list[str]:
        """The page of UUIDs that a SoegInput asks for."""
        example = Example(asked, self.prefix)
        plain = not example.lists and example.registrering is None and example.virkning is None and not example.head
        keys = [
            key
            for key, body in self.shelf.rows(self.kind, "true order by key")
            if plain or example.finds(*self._seen(body))
        ]
        return page(asked, keys, self.largest)

    def _seen(self, body: dict[str, Any]) -> tuple[list[Node], list[tuple[datetime, datetime]]]:
        at = datetime.fromisoformat(body["tidspunkt"])
        return [self.registrering(body)], [(at, at)]

    def list(self, request: Request) -> str:
        """The objects of these UUIDs; 44 when none of them is known."""
        wanted = [(text(node) or "").lower() for node in each(read(request.body), "sd:UUIDIdentifikator")]
        if len(wanted) > self.largest:
            return self._output("ListOutput", standardretur(40, "for mange objekter"))
        found = [Fixed.written(tree) for tree in self.trees(wanted)]
        if not found:
            return self._output("ListOutput", standardretur(44, "Objekt(er) ikke fundet"))
        return self._output("ListOutput", standardretur(20), *found)

    def trees(self, wanted: Iterable[str]) -> Iterator[Node]:
        """FiltreretOejebliksbillede of each object there is."""
        for uuid in dict.fromkeys(wanted):
            body = self.shelf.one(self.kind, uuid)
            if body is not None:
                objekt = el(f"{self.prefix}:ObjektType", ("sd:UUIDIdentifikator", uuid))
                yield el(f"{self.prefix}:FiltreretOejebliksbillede", objekt, self.registrering(body))

    def _output(self, name: str, *nodes: Node) -> str:
        return output(f"{self.prefix}:{name}", nodes, self.prefixes)


def page(asked: Node, found: list[str], largest: int) -> list[str]:
    """The part of a list that FoersteResultatReference and MaksimalAntalKvantitet ask for."""
    first = int(text(find(asked, "sd:FoersteResultatReference")) or 0)
    size = min(int(text(find(asked, "sd:MaksimalAntalKvantitet")) or largest), largest)
    if first < 0 or size < 0:
        raise Unusable("paging must not be negative")
    return found[first : first + size]


def refusal(request: Request, prefix: str, prefixes: tuple[str, ...]) -> str:
    """The answer, of the operation that was asked for, to a request that breaks its schema."""
    asked = request.body.tag.rpartition("}")[2] if isinstance(request.body.tag, str) else ""
    return output(f"{prefix}:{asked.removesuffix('Input')}Output", [standardretur(40, "ugyldigt input")], prefixes)
