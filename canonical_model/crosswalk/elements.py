"""Every element that a contract's reply may hold, read from its real XSDs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"

Name = tuple[str, str]
"""Namespace and local name."""


@dataclass
class Schemas:
    """Global elements and types of a set of XSD files that import and include each other."""

    elements: dict[Name, etree._Element] = field(default_factory=dict)
    types: dict[Name, etree._Element] = field(default_factory=dict)

    @classmethod
    def read(cls, first: Path) -> "Schemas":
        """Read a file and all that it refers to by a place on disk."""
        found, todo, done = cls(), [first.resolve()], set[Path]()
        while todo:
            path = todo.pop()
            if path in done or not path.is_file():
                continue
            done.add(path)
            root = etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False)).getroot()
            space = root.get("targetNamespace") or ""
            for child in root:
                if child.tag in (f"{XSD}import", f"{XSD}include") and child.get("schemaLocation"):
                    todo.append((path.parent / str(child.get("schemaLocation"))).resolve())
                elif child.tag == f"{XSD}element":
                    found.elements[space, str(child.get("name"))] = child
                elif child.tag in (f"{XSD}complexType", f"{XSD}simpleType"):
                    found.types[space, str(child.get("name"))] = child
        return found

    def leaves(self, root: Name, extensions: Mapping[str, Sequence[Name]]) -> Iterator[str]:
        """Paths (local names, by slashes) of all elements without child elements, under a global element.

        `extensions` says which global elements stand at an open place (xs:any), by the path of its parent. An open
        place itself is given as its path with /* after it.
        """
        yield from self._below(self.elements[root], "", extensions, ())

    def _below(
        self, element: etree._Element, path: str, extensions: Mapping[str, Sequence[Name]], above: tuple[int, ...]
    ) -> Iterator[str]:
        kind = self._type(element)
        children = list(self._children(kind)) if kind is not None and above.count(id(kind)) < 2 else []
        if not children:
            yield path
            return
        for child in children:
            if child.tag == f"{XSD}any":
                yield f"{path}/*"
                for name in extensions.get(path, ()):
                    yield from self._below(self.elements[name], f"{path}/{name[1]}", extensions, (*above, id(kind)))
                continue
            target = self.elements[_resolve(child, str(child.get("ref")))] if child.get("ref") else child
            step = f"{path}/{target.get('name')}" if path else str(target.get("name"))
            yield from self._below(target, step, extensions, (*above, id(kind)))

    def _type(self, element: etree._Element) -> etree._Element | None:
        named = element.get("type")
        if named:
            return self.types.get(_resolve(element, named))
        return next((child for child in element if child.tag in (f"{XSD}complexType", f"{XSD}simpleType")), None)

    def _children(self, kind: etree._Element) -> Iterator[etree._Element]:
        """Element and any nodes of a type in order, those of its base first."""
        for node in kind:
            if node.tag in (f"{XSD}element", f"{XSD}any"):
                yield node
            elif node.tag in (f"{XSD}extension", f"{XSD}restriction"):
                base = self.types.get(_resolve(node, str(node.get("base"))))
                if base is not None and node.tag == f"{XSD}extension":
                    yield from self._children(base)
                yield from self._children(node)
            elif node.tag in (f"{XSD}sequence", f"{XSD}choice", f"{XSD}all", f"{XSD}complexContent"):
                yield from self._children(node)


def _resolve(node: etree._Element, name: str) -> Name:
    """A prefixed name as namespace and local name."""
    prefix, colon, local = name.rpartition(":")
    return (node.nsmap.get(prefix if colon else None) or "", local)
