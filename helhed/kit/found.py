"""What a contract file (OpenAPI or WSDL) lets us guess of a connector: streams, paging, keys, what each field is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ROLES: Mapping[str, tuple[str, ...]] = {
    "nummer": ("sagsnummer", "journalnummer", "casenumber", "nummer", "number"),
    "titel": ("titel", "title", "overskrift", "subject", "betegnelse", "navn", "name"),
    "kle": ("kle", "kleemne", "klenummer", "klenumber"),
    "aabnet": (
        "opstaaet",
        "oprettet",
        "created",
        "createdat",
        "aabnet",
        "startdato",
        "startdate",
        "modtaget",
        "dato",
        "date",
    ),
    "lukket": ("lukket", "afsluttet", "closed", "closedat", "slutdato", "enddate"),
    "cpr": ("cpr", "cprnummer", "cprnumber", "personnummer"),
    "navn": ("navn", "fuldtnavn", "name", "fullname"),
}
"""Names by which a field is guessed to be what our drafts need, the likeliest first."""
CHANGED = re.compile(r"(changed|modified|updated|aendret|ændret|since|siden)", re.I)
"""A parameter that may ask for what changed."""
DATES = ("date", "date-time")


@dataclass(kw_only=True)
class Stream:
    """One list of the contract."""

    name: str
    where: str
    """Path (REST) or operation (SOAP)."""
    key: str
    """The record's id."""
    uuid: bool
    fields: dict[str, str]
    """Dotted path to kind: text, date, date-time, ..."""
    need: set[str] = field(default_factory=set)
    items: str = ""
    total: str = ""
    next: str = ""
    skip: str = ""
    page: str = ""
    limit: str = ""
    of: str = ""
    """The stream whose keys it is asked by."""
    changed: str = ""
    element: str = ""
    """SOAP: the record's element."""

    @property
    def paging(self) -> Literal["offset", "page", "link", "whole"]:
        """How its pages seem to be asked for."""
        if self.skip and self.limit:
            return "offset"
        if self.page and self.limit:
            return "page"
        return "link" if self.next else "whole"

    @property
    def kind(self) -> Literal["sag", "dokument"]:
        """What its records seem to be."""
        return "dokument" if self.of and re.search("dok|doc|akt|fil", self.name, re.I) else "sag"

    def role(self, role: str) -> str:
        """The field that seems to be that; empty when none does."""
        words = ROLES[role]
        fit = [p for p in self.fields if p.rpartition(".")[2].lower() in words and p.count(".") < 2]
        if role in ("aabnet", "lukket"):
            fit = [p for p in fit if self.fields[p] in DATES]
        if role == "titel":
            fit = [p for p in fit if "." not in p]
        if role == "navn":
            beside = self.role("cpr").rpartition(".")[0]
            fit = [p for p in fit if beside and p.rpartition(".")[0] == beside]
        return min(fit, key=lambda p: (p.count("."), words.index(p.rpartition(".")[2].lower())), default="")


@dataclass(kw_only=True)
class Found:
    """The whole contract."""

    soap: bool
    title: str
    streams: list[Stream]
    token: str = ""
    """Path of the token service (client_credentials); empty when none is told."""
    passed_over: list[str] = field(default_factory=list)
    """Operations that no stream was made of."""


__all__ = ["Found", "Stream"]
