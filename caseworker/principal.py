"""Who reads, and by what right (dataafgraensning: grants are ORed, the limits inside one are ANDed)."""

import re
from dataclasses import dataclass
from uuid import UUID

from canonical_model.draft import Foelsomhed

KLE = re.compile(r"\*|[0-9]\*|[0-9]{2}(\.[0-9]{2}){0,2}(\.\*)?")
SE_OVERBLIK, SOEG_BORGER, SE_ADRESSE = "se_overblik", "soeg_borger", "se_beskyttet_adresse"
HENT_IGEN = "hent_igen"
ROLLER = frozenset({SE_OVERBLIK, SOEG_BORGER, SE_ADRESSE, HENT_IGEN})


@dataclass(frozen=True)
class Grant:
    """One permission: the KLE areas of one authority up to a sensitivity. A part that we cannot read drops it."""

    cvr: str
    kle: tuple[str, ...]
    foelsomhed: int

    def __post_init__(self) -> None:
        """Refuse what could be read as wider than it was meant."""
        if not re.fullmatch(r"[0-9]{8}", self.cvr):
            raise ValueError("cvr must be eight digits")
        if not self.kle or any(not KLE.fullmatch(pattern) for pattern in self.kle):
            raise ValueError("kle must be patterns like 27.*, 27.35.* or 27.35.04")
        if self.foelsomhed not in {int(level) for level in Foelsomhed}:
            raise ValueError("foelsomhed must be 1 to 4")

    @property
    def kle_regex(self) -> str:
        """The KLE patterns as one anchored regular expression that Python and PostgreSQL read alike."""
        parts = []
        for pattern in self.kle:
            if pattern == "*":
                parts.append(".+")
            elif re.fullmatch(r"[0-9]\*", pattern):
                parts.append(pattern[0] + r"[0-9.]*")
            else:
                parts.append(pattern.removesuffix(".*").replace(".", r"\.") + r"(\.[0-9.]*)?")
        return "^(" + "|".join(parts) + ")$"


@dataclass(frozen=True)
class Principal:
    """A caseworker as the log names them, with everything that decides what may be seen."""

    uuid: UUID
    id: str
    navn: str
    enhed: str
    cvr: str
    grants: tuple[Grant, ...] = ()
    roller: frozenset[str] = frozenset()
    sikkerhedsprofiler: frozenset[str] = frozenset()

    def may(self, rolle: str) -> bool:
        """Whether the caseworker holds the role."""
        return rolle in self.roller
