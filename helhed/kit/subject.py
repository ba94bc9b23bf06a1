"""One connector as the quality rules look at it: its folder, its recording, its sheet and who runs it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from connectors import registry
from connectors.contract import Connector
from connectors.recording import Index
from connectors.recording import load as replies
from connectors.replay import REPLIES
from helhed.kit.parts import lacking
from helhed.settings import Source, sources

TOWN = Path(__file__).resolve().parents[2] / "korsbaek"
"""The sample municipality, whose source files are read as any municipality's are; absent in production."""
QUALITY = "quality.toml"


@dataclass(frozen=True)
class Claims:
    """A connector's quality.toml."""

    claims: frozenset[str] = frozenset()
    exempt: dict[str, str] = field(default_factory=dict)
    """Rule to the reason why it cannot be met."""
    cases: dict[str, str] = field(default_factory=dict)
    """Case of the contract suite to the reason why this vendor's contract cannot keep it."""
    fields: dict[str, str] = field(default_factory=dict)
    """Pattern of kept fields that no draft says (stream: path), to the reason why they come in all the same."""


@dataclass(frozen=True)
class Subject:
    """A connector under the rules."""

    name: str

    @property
    def folder(self) -> Path:
        """Its folder."""
        return registry.folder(self.name)

    @cached_property
    def connector(self) -> Connector[Any]:
        """Itself; raises ContractError when it cannot be loaded."""
        return registry.load(self.name)

    @cached_property
    def sheet(self) -> str:
        """Its README.md; empty when there is none."""
        path = self.folder / "README.md"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @cached_property
    def lacks(self) -> list[str]:
        """What is missing or stale in its folder."""
        return lacking(self.name)

    @cached_property
    def claims(self) -> Claims:
        """What it claims; nothing when there is no quality.toml. Raises ValueError, one line, for one that is wrong."""
        path = self.folder / QUALITY
        if not path.is_file():
            return Claims()
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            claimed = found.pop("claims")
            exempt, cases, fields = (found.pop(part, {}) for part in ("exempt", "cases", "fields"))
        except (tomllib.TOMLDecodeError, KeyError) as error:
            raise ValueError(f"connectors/{self.name}/{QUALITY}: cannot be read: {error}") from None
        blank = [name for name, why in (exempt | cases | fields).items() if len(str(why).split()) < 4]
        if found or blank:
            raise ValueError(
                f"connectors/{self.name}/{QUALITY}: "
                + (f"unknown: {', '.join(found)}" if found else f"no reason is given for {', '.join(blank)}")
            )
        return Claims(frozenset(claimed), exempt, cases, fields)

    @cached_property
    def sources(self) -> list[Source]:
        """Who runs it: source files of this installation and of the sample municipality."""
        found = list(sources().good.values())
        found += [s for path in sorted(TOWN.glob("systems/*/source.toml")) for s in _source(path)]
        found += list(sources(TOWN / "kommune").good.values())
        return [s for s in found if s.connector == self.name]

    @property
    def simulated(self) -> bool:
        """Whether the sample municipality serves its vendor's contract."""
        here = [s for p in TOWN.glob("systems/*/source.toml") for s in _source(p)]
        here += list(sources(TOWN / "kommune").good.values())
        return any(s.connector == self.name for s in here)

    def recordings(self) -> Iterator[tuple[Path, Index, dict[str, bytes]]]:
        """Its recordings: folder, index, bodies."""
        for path in sorted(self.folder.glob(f"{REPLIES}*/index.json")):
            yield (path.parent, *replies(path.parent))


def _source(path: Path) -> list[Source]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return [Source.model_validate({"id": path.parent.name} | given)]
    except (ValidationError, tomllib.TOMLDecodeError):
        return []


__all__ = ["QUALITY", "Claims", "Subject"]
