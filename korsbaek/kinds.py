"""Every kind of malformed record that the town makes, and which records can have it."""

from dataclasses import dataclass
from typing import Any

from korsbaek.model import Bevilling, Dokument, Effektuering, Nexusborger, Person, Sag

_NINE = "urn:oio:cpr-nr:010203123"
_TWICE = """indeks = 1 and uuid in (select sag from sagspart p where p.art = 'cpr' and p.rolle = 'primaer' and
    p.nummer in (select o.nummer from sagspart o join sag x on x.uuid = o.sag and x.indeks = 1 where o.rolle = 'primaer'
     group by o.nummer having count(*) > 2)) and {extra}"""
BOTH = _TWICE.format(extra="sbsys is not null")
_INDEX_ONLY = _TWICE.format(extra="sbsys is null")
_PEOPLE = "cpr in (select cpr from population)"
_PAPER = "indeks = 1 and sag in (select sag from sagspart where art = 'cpr' and rolle = 'primaer')"


@dataclass(frozen=True)
class Kind:
    """One kind of malformed record, and which records can have it."""

    system: str
    stream: str
    slags: str
    of: type[Any]
    felt: str
    vaerdi: str | None
    where: str
    tolereret: str = ""
    """Why a reader may take the record all the same; then it breaks the guide, but is not unreadable."""
    part: str = ""
    """Which part of the object is the record: forloeb, indsatser or notater; empty for the object itself."""


_START = "startDate"
KINDS = (
    Kind("cpr", "person", "persondata_missing", Person, "persondata", None, _PEOPLE, "optional in the schema"),
    Kind(
        "cpr",
        "person",
        "cpr_nine_digits",
        Person,
        "relationer/{relation}/personnummer",
        "010203123",
        f"{_PEOPLE} and (body like '%\"aegtefaelle\":{{%' or body not like '%\"boern\":[]%')",
    ),
    Kind(
        "sdi",
        "sager",
        "urn_unreadable",
        Sag,
        "RelationListe/Sagspart/ReferenceID/URNIdentifikator",
        "urn:oio:cpr-nr:12AB",
        _INDEX_ONLY,
    ),
    Kind(
        "sdi",
        "sager",
        "urn_unknown",
        Sag,
        "RelationListe/Sagspart/ReferenceID/URNIdentifikator",
        "urn:oio:kundenr:4711",
        _INDEX_ONLY,
        "a well-formed URN of a kind that the guide does not know",
    ),
    Kind(
        "sdi",
        "dokumenter",
        "urn_unreadable",
        Dokument,
        "RelationListe/Dokumentpart/ReferenceID/URNIdentifikator",
        _NINE,
        f"{_PAPER} and sbsys = 0",
    ),
    Kind(
        "ydi",
        "bevillinger",
        "urn_unreadable",
        Bevilling,
        "RelationListe/Bevillingspart/ReferenceID/URNIdentifikator",
        _NINE,
        "nr > 3",
    ),
    Kind(
        "ydi",
        "effektueringer",
        "urn_unreadable",
        Effektuering,
        "RelationListe/OekonomiskEffektueringPart/ReferenceID/URNIdentifikator",
        _NINE,
        "nr > 9",
    ),
    Kind(
        "nexus",
        "borgere",
        "cpr_nine_digits",
        Nexusborger,
        "patientIdentifier.identifier",
        "010203-123",
        "id > 3001",
    ),
    Kind("nexus", "borgere", "date_unreadable", Nexusborger, _START, "i foråret", "id > 3001", part="forloeb"),
    Kind(
        "nexus",
        "borgere",
        "date_unreadable",
        Nexusborger,
        _START,
        "0000-00-00T00:00:00.000+0000",
        "id > 3001",
        part="indsatser",
    ),
    Kind("sbsys", "sager", "nummer_missing", Sag, "Nummer", None, BOTH),
    Kind("sbsys", "sager", "date_unreadable", Sag, "Oprettet", "00-13-2024", BOTH),
    Kind("sbsys", "sager", "cpr_nine_digits", Sag, "PrimaryPart.CPRnummer", "010203-123", BOTH),
    Kind("sbsys", "dokumenter", "date_unreadable", Dokument, "RegistreringsDato", "snarest", f"{_PAPER} and sbsys = 1"),
    Kind(
        "sbsys",
        "journalarknotater",
        "date_unreadable",
        Sag,
        "Oprettet",
        "i går",
        f"{BOTH} and body not like '%\"notater\":[]%'",
        part="notater",
    ),
)
