"""What a page, the API and the terminal show; each view is built with its coverage receipt or not at all."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import BaseModel, PrivateAttr

from caseworker.coverage import Kvittering
from caseworker.omtale import Omtale, gathered
from caseworker.overblik.ejendom import Ejendom
from caseworker.overblik.krav import Krav
from caseworker.overblik.models import (
    Afvigelse,
    Dokumentkort,
    Frist,
    Haendelse,
    Hvem,
    Kontakt,
    Notat,
    Opslagslinje,
    Relation,
    Sagskort,
    Skjult,
    Udbetaling,
    Ydelse,
)


class View(BaseModel):
    """An answer; it has its receipt from birth."""

    coverage: Kvittering
    _omtalte: list[Omtale] = PrivateAttr(default_factory=list)

    @property
    def omtalte(self) -> list[Omtale]:
        """Every person whose data the answer shows, the one looked up first."""
        return gathered(self._omtalte)

    def about(self, found: Iterable[Omtale]) -> Self:
        """The view, with the persons that it shows."""
        self._omtalte = list(found)
        return self


class Borgeroverblik(View):
    """One citizen over all systems."""

    kendt: datetime
    sand: datetime
    rejser: bool
    """Whether the page looks back instead of at the present."""
    hvem: Hvem
    ejendomme: list[Ejendom] = []
    sager: list[Sagskort]
    ydelser: list[Ydelse]
    udbetalinger: list[Udbetaling]
    krav: list[Krav]
    dokumenter: list[Dokumentkort]
    notater: list[Notat]
    frister: list[Frist]
    tidslinje: list[Haendelse]
    familie: list[Relation]
    kontakter: list[Kontakt]
    afvigelser: list[Afvigelse]
    opslag_paa_borgeren: list[Opslagslinje]
    skjult: Skjult

    @property
    def omtalte(self) -> list[Omtale]:
        """The citizen, and the relatives beside."""
        relatives = [Omtale(r.person, beside=True) for r in self.familie if r.person]
        return gathered([Omtale(self.hvem.uuid, tuple(s.uuid for s in self.sager)), *relatives])

    @property
    def aabne(self) -> list[Sagskort]:
        """Open cases."""
        return [s for s in self.sager if s.aaben]

    @property
    def afsluttede(self) -> list[Sagskort]:
        """Closed cases."""
        return [s for s in self.sager if not s.aaben]

    @property
    def skyldigt(self) -> Decimal:
        """What is still owed of all claims, in Danish kroner."""
        return sum((k.rest for k in self.krav if k.skyldig and k.rest is not None), Decimal(0))

    @property
    def naeste_udbetaling(self) -> Udbetaling | None:
        """The first payment to come."""
        coming = [u for u in self.udbetalinger if u.kommende]
        return coming[-1] if coming else None

    @property
    def naeste_frist(self) -> Frist | None:
        """The first open deadline, one that has passed too; of those that are not suspended first."""
        dated = [f for f in self.frister if f.aaben and f.dato]
        return next((f for f in dated if not f.i_bero), dated[0] if dated else None)

    def frist_i(self, sag: UUID) -> Frist | None:
        """The first open deadline of one case."""
        return next((f for f in self.frister if f.sag == sag and f.aaben and f.dato), None)


class Genstand(BaseModel):
    """What a case is about, when that is a thing: a property, a plot of land."""

    art: str
    tekst: str
    kilde: str


class Part(BaseModel):
    """A party of a case."""

    rolle: str
    navn: str | None = None
    person: UUID | None = None
    oplysning: str | None = None
    """What the company register says of it: address, telephone, that it has ceased."""


class Sagsvisning(View):
    """One case with its course, parties, documents and notes."""

    kendt: datetime
    sand: datetime
    rejser: bool
    sag: Sagskort
    beskrivelse: str | None = None
    hjemmel: str | None = None
    bevaring: str | None = None
    slettefrist: str | None = None
    parter: list[Part]
    dokumenter: list[Dokumentkort]
    notater: list[Notat]
    frister: list[Frist]
    genstande: list[Genstand]
    relaterede: list[Sagskort]
    skjult: Skjult
