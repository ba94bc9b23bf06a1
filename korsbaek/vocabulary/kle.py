"""KLE as the town uses it: its subjects with the groups above them, and what the archive and data rules say of each.

Names of main groups are KLE's; those of groups, and all periods, are invented.
"""

from dataclasses import dataclass

from korsbaek.vocabulary import cases, elsewhere, esdh
from korsbaek.vocabulary.benefits import YDELSER
from korsbaek.vocabulary.cases import Slags

HOVEDGRUPPER = {
    "02": "Byggeri", "05": "Veje og trafik", "07": "Affald og genanvendelse", "09": "Miljøbeskyttelse",
    "15": "Beskæftigelsesindsats", "17": "Folkeskolen", "23": "Borgerservice", "27": "Social service",
    "28": "Dagtilbud", "29": "Sundhed", "32": "Kontante ydelser", "81": "Kommunens personale",
}  # fmt: skip
FACETTER = {
    "G01": "Generelle sager", "K08": "Tilsyn med virksomhed og udførelse", "P19": "Tilladelser og dispensationer",
}  # fmt: skip
"""Handlingsfacetter by their keys."""
FLYTTET = {"07.18.00": ("07.18.02", "Affaldsordninger for husholdninger")}
"""Retired numbers that cases still bear, and what took their place."""
UDGAAET = {"27.24.01": "Anbringelse uden samtykke (udgået)"}
"""Retired numbers that nothing took the place of."""


@dataclass(frozen=True)
class Emne:
    """A class of the plan of subjects; `over` is the number above it, "" for a main group."""

    nummer: str
    titel: str
    over: str
    bevaring: str = ""
    """B (bevares) or K (kasseres); a main group or group says nothing."""
    slettefrist: str = ""
    """How long it may be kept for data protection's sake, as xs:duration."""
    udgaaet: bool = False
    afloest_af: str = ""


def emner() -> list[Emne]:
    """Main groups, groups and subjects, in the order of their numbers."""
    subjects = {s.kle: s.kle_titel for module in (cases, elsewhere, esdh) for s in _slags(module)}
    subjects |= {y.kle: y.kle_titel for y in YDELSER.values()} | UDGAAET
    subjects |= {new: titel for new, titel in FLYTTET.values()}
    kept = {s.kle for module in (cases, elsewhere, esdh) for s in _slags(module) if s.kassation == "B"}
    groups = {number[:5] for number in subjects}
    found = [Emne(number, HOVEDGRUPPER[number], "") for number in {g[:2] for g in groups} | {"81"}]
    found += [Emne(number, f"{HOVEDGRUPPER[number[:2]]}, gruppe {number[3:]}", number[:2]) for number in groups]
    for number, titel in subjects.items():
        moved = FLYTTET.get(number, ("", ""))[0]
        gone = bool(moved) or number in UDGAAET
        years = 10 if number.startswith("27") else 5
        found.append(Emne(number, titel, number[:5], "B" if number in kept else "K", f"P{years}Y", gone, moved))
    return sorted(found, key=lambda e: e.nummer)


def _slags(module: object) -> list[Slags]:
    held = [v for v in vars(module).values() if isinstance(v, Slags)]
    held += [s for v in vars(module).values() if isinstance(v, tuple) for s in v if isinstance(s, Slags)]
    return list(dict.fromkeys(held))
