"""Kinds of cases: KLE subject, words and papers. Subjects follow KLE's main groups; titles are invented."""

from dataclasses import dataclass
from typing import Literal

Papir = tuple[str, str, str]
"""Document type as SF1470 names it, title, file ending."""


@dataclass(frozen=True)
class Slags:
    """A kind of case; `papirer` and `notater` by stage (Opstaaet, Oplyst, Afgjort, Afsluttet)."""

    navn: str
    kle: str
    kle_titel: str
    facet: str
    master: Literal["SBSYS", "KMD Nexus", "KMD Momentum", "KMD Aktiv"]
    enhed: str
    foelsomhed: int
    titel: str
    beskrivelse: str
    hjemmel: str
    kategori: str
    alder: tuple[int, int]
    papirer: tuple[tuple[Papir, ...], ...]
    notater: tuple[str, ...]
    offentlig: str = ""
    """The public-safe title of a case whose real one is excepted from openness."""
    part2: str = ""
    """A second party: foraelder, aegtefaelle, virksomhed or uden_cpr."""
    ydelse: str = ""
    """A benefit of `korsbaek.vocabulary.benefits`."""
    kassation: str = "K"


FOELSOMHED = ("", "IKKE_FORTROLIGE_DATA", "FORTROLIGE_PERSONOPLYSNINGER", "FOELSOMME_PERSONOPLYSNINGER", "VIP_SAGER")
"""The ladder of sensitivity, 1 to 4."""
IND, UD, INT, RAP = "Brev, indgaaende", "Brev, udgaaende", "Internt Notat", "Rapport"

ANSOEGNING = (IND, "Ansøgning", "pdf")
KVITTERING = (UD, "Kvittering for modtaget ansøgning", "docx")
PARTSHOERING = (UD, "Partshøring", "docx")
AFGOERELSE = (UD, "Afgørelse med klagevejledning", "pdf")
LAEGE = (IND, "Statusattest fra egen læge", "pdf")
AFSLUTNING = (INT, "Afslutningsnotat", "docx")
