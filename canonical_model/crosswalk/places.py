"""The crosswalk as data: for each element of a contract, the columns it lives in, or why it is left out.

data/shared.toml has sets of elements that many parts have alike; every other file is one contract, made of parts. A
value is "table.column, table.column; a note" or "out: the reason". `all` says one thing of everything in a part.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ORDER = (
    "sf1520", "sf1470", "sf1490", "kmd_nexus", "sbsys", "sf1491", "sf1500_organisation", "organisation_hent",
    "sf1500_klassifikation", "kle_online", "sf1530", "acadre", "workzone", "bygogmiljoe", "kmd_momentum",
    "columna_cura", "datafordeler", "prisme_365", "digital_post", "dagtilbud", "parkering", "koerekort",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where one element lives, or why it does not."""

    path: str
    """From the reply's root, or from the record's."""
    columns: tuple[str, ...] = ()
    """table.column; none for an element that is left out."""
    note: str = ""
    """What to know of it, or why it is left out."""

    @classmethod
    def read(cls, path: str, said: str, table: str) -> "Place":
        """From the words of a data file."""
        if said.startswith("out:"):
            return cls(path, (), said.removeprefix("out:").strip())
        columns, _, note = said.replace("{table}", table).partition(";")
        return cls(path, tuple(column.strip() for column in columns.split(",")), note.strip())


@dataclass(frozen=True)
class Part:
    """A group of elements under one path, most of them for one table."""

    path: str
    name: str
    places: tuple[Place, ...]
    everything: Place | None = None
    """Said of all elements of the part at once."""


@dataclass(frozen=True)
class Contract:
    """One contract and all its elements."""

    id: str
    title: str
    reads: str
    parts: tuple[Part, ...]
    xsd: str | None = None
    """Under the folder of contracts; none for contracts without XSDs."""
    root: tuple[str, str] = ("", "")
    extensions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Global elements that stand at an open place, by the path of its parent."""

    def places(self) -> Iterator[Place]:
        """Every element that is named, in order."""
        for part in self.parts:
            yield from part.places

    def find(self, path: str) -> Place | None:
        """The place of an element; what is said of a whole part counts for all in it."""
        for part in self.parts:
            if part.everything and (path == part.path or path.startswith(f"{part.path}/")):
                return part.everything
        return next((place for place in self.places() if place.path == path), None)


def contracts() -> list[Contract]:
    """All contracts in the order of the text."""
    shared = tomllib.loads((DATA / "shared.toml").read_text(encoding="utf-8"))
    return [
        _contract(name, tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8")), shared) for name in ORDER
    ]


def _contract(name: str, data: dict[str, Any], shared: dict[str, dict[str, str]]) -> Contract:
    spaces = data.get("spaces", {})
    extensions = {
        path: [(spaces[prefix], local) for prefix, local in (element.split(":") for element in elements)]
        for path, elements in data.get("extensions", {}).items()
    }
    root = data.get("root", ["", ""])
    parts = tuple(_part(part, shared) for part in data["part"])
    return Contract(name, data["title"], data["reads"], parts, data.get("xsd"), (root[0], root[1]), extensions)


def _part(data: dict[str, Any], shared: dict[str, dict[str, str]]) -> Part:
    path, table = data["path"], data.get("table", "")
    said: dict[str, str] = {}
    for used in data.get("sets", []):
        said |= shared[used]
    said |= data.get("places", {})
    step = f"{path}/" if path else ""
    places = tuple(Place.read(f"{step}{below}", words, table) for below, words in said.items())
    everything = Place.read(path, data["all"], table) if "all" in data else None
    name = data.get("name") or path.rsplit("/", 1)[-1]
    return Part(path, name, places, everything)
