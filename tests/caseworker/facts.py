"""Set-up for tests: writes canonical rows as sync would have, one line each."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, insert, text, update

from canonical_model.folding import fold
from canonical_model.kilde import Asked, Kilde, StreamState
from canonical_model.person import Identitet
from canonical_model.personopslag import Personopslag, Praecedens
from canonical_model.store import engine
from canonical_model.tables import FACT_TABLES

CVR = "11111111"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NAVNE = {
    "cpr": "CPR-registret",
    "sdi": "Sags- og Dokumentindekset",
    "ydi": "Ydelsesindekset",
    "nexus": "KMD Nexus",
}
EJERE = {"cpr": "Birthe Krogh", "nexus": "Sonja Damm"}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def table(model: type[Any]) -> Table:
    """The SQLAlchemy table of a model."""
    return model.__table__  # type: ignore[no-any-return, attr-defined]


class Facts:
    """Writes rows as the owner of the store."""

    def __init__(self, kendt: datetime = NOW - timedelta(days=30)) -> None:
        """Everything written is known from `kendt` on, until told otherwise."""
        self.kendt = kendt
        self._next = count(1)
        self._rows: list[tuple[Table, dict[str, Any]]] = []

    def row(self, model: type[Any], **values: Any) -> None:
        """A row of a table that is not a table of facts."""
        self._rows.append((table(model), values))

    def fact(self, name: str, objekt: UUID, source: str, **values: Any) -> None:
        """One fact."""
        number = next(self._next)
        self._rows.append((
            table(FACT_TABLES[name]),
            {
                "objekt": objekt, "source": source, "stream": "stream", "key": f"{source}/{number}",
                "fact": str(number), "digest": number.to_bytes(16), "kendt_fra": self.kendt,
                "virkning_fra": LONG_AGO, **values,
            },
        ))  # fmt: skip

    def write(self) -> None:
        """Commit what has been said so far."""
        with engine("owner").begin() as connection:
            for target, values in self._rows:
                connection.execute(insert(target).values(**values))
        self._rows.clear()

    def close(self, name: str, when: datetime, **where: Any) -> None:
        """The hub learns at `when` that facts no longer hold."""
        target = table(FACT_TABLES[name])
        with engine("owner").begin() as connection:
            connection.execute(update(target).filter_by(**where).values(kendt_til=when))

    def kilde(
        self, id: str, foelsomhed: int = 2, kle: str | list[str] = "00", myndighed: str = CVR, **state: Any
    ) -> None:
        """A connected system that was read an hour ago."""
        self.row(
            Kilde, id=id, connector=id, navn=NAVNE.get(id, id.upper()), myndighed=myndighed,
            systemejer=EJERE.get(id, "Jens Ravn"),
            kontakt=f"tlf. 99 00 {len(id):02} 01", leverandoer="Leverandør", formaal="Sagsbehandling", hjemmel="Lov",
            kle=[kle] if isinstance(kle, str) else kle, foelsomhed=foelsomhed,
            opbevaring_maaneder=60, friskhed_timer=26, tidsplan="0 2 * * *",
            aktiv=True, deep_link="https://system.invalid/{sagsnummer}" if id == "sbsys" else None,
        )  # fmt: skip
        values = {"complete_as_of": NOW - timedelta(hours=1), "shape": "listed", **state}
        self.row(StreamState, source=id, stream="stream", **values)

    def person(self, cpr: str, navn: str, adresse: str | None = None, beskyttet: bool = False, **cpr_row: Any) -> UUID:
        """A person known by CPR."""
        person = uuid4()
        self.row(Identitet, art="cpr", nummer=cpr, objekt=person, kendt_fra=self.kendt, source="cpr")
        first, _, last = navn.rpartition(" ")
        born = date(1984, 3, 15)
        self.fact("navn", person, "cpr", fornavn=first, efternavn=last)
        self.fact("person", person, "cpr", **{"foedselsdato": born, "status": 1, "civilstand": "G", **cpr_row})
        if adresse:
            road, _, town = adresse.partition(", ")
            vej, _, nummer = road.rpartition(" ")
            self.fact(
                "adresse", person, "cpr", art="bopael", vejnavn=vej, husnummer=nummer, postnummer=town[:4],
                postdistrikt=town[5:],
            )  # fmt: skip
        if beskyttet:
            self.fact("beskyttelse", person, "cpr", art="navn_og_adresse")
        self.row(
            Personopslag, person=person, navn=navn, navn_sort=navn.lower(), navn_ord=fold(navn),
            adresse=adresse, adresse_ord=fold(adresse or ""), foedselsdato=born, beskyttet=beskyttet,
            doed=False, konflikt=False, opdateret=self.kendt,
        )  # fmt: skip
        self.row(Asked, source="cpr", stream="stream", objekt=person, asked=NOW - timedelta(hours=2), found=True)
        return person

    def sag(
        self, part: UUID, titel: str, kle: str | None = "32.24.04", foelsomhed: int | None = 1, source: str = "sdi",
        ejer: str | None = CVR, nummer: str | None = None, sag: UUID | None = None, status: str = "Oplyst",
    ) -> UUID:  # fmt: skip
        """A case of a person."""
        sag = sag or uuid4()
        self.fact("sag", sag, source, titel=titel, titel_offentlig="Sag", sagsnummer=nummer or f"S-{next(self._next)}")
        self.fact("fremdrift", sag, source, status="Opstaaet")
        self.fact("fremdrift", sag, source, status=status, virkning_fra=NOW - timedelta(days=3))
        self.fact("sagspart", sag, source, rolle="primaer_part", type="person", part=part, fuldt_navn="Part")
        self.fact("sagsaktoer", sag, source, rolle="ansvarlig", fuldt_navn="Ydelsesenheden")
        if ejer:
            self.fact("sagsaktoer", sag, source, rolle="ejer", cvr=ejer)
        if kle:
            self.fact("sagsklasse", sag, source, rolle="primaer_klasse", brugervendt_noegle=kle, klassetitel="Klasse")
        self.fact("sagindeks", sag, source, foelsomhed=foelsomhed)
        return sag

    def dokument(self, titel: str, sag: UUID | None = None, foelsomhed: int | None = 1, source: str = "sdi") -> UUID:
        """A document, on a case or on its own."""
        dokument = uuid4()
        self.fact(
            "dokument", dokument, source, titel=titel, foelsomhed=foelsomhed, brevdato=date(2026, 11, 1),
            type="indgaaende",
        )  # fmt: skip
        if sag:
            self.fact("journalpost", sag, source, rolle="tilakteret", dokument=dokument)
        return dokument

    def ydelse(self, part: UUID, navn: str, kle: str | None = "32.24.04", foelsomhed: int | None = 1) -> UUID:
        """A grant with one benefit and two payments, one past and one to come."""
        bevilling = uuid4()
        self.fact("bevilling", bevilling, "ydi", foelsomhed=foelsomhed)
        self.fact("bevillingsaktoer", bevilling, "ydi", rolle="ejer", cvr=CVR)
        self.fact("bevillingspart", bevilling, "ydi", rolle="ydelsesmodtager", part=part)
        self.fact(
            "bevilgetydelse", bevilling, "ydi", ydelse_id="1", navn=navn, kle=kle, startdato=LONG_AGO, beloeb=9214
        )
        for days in (-10, 10):
            betaling = uuid4()
            when = NOW + timedelta(days=days)
            self.fact("oekonomiskeffektuering", betaling, "ydi", dispositionsdato=when, bruttobeloeb=9214)
            self.fact("effektueringsaktoer", betaling, "ydi", rolle="ejer", cvr=CVR)
            self.fact("effektueringspart", betaling, "ydi", rolle="effektueringsmodtager", part=part)
            self.fact(
                "ydelseseffektuering", betaling, "ydi", rolle="ydelseseffektuering", bevilling=bevilling,
                ydelse_id="1", kle=kle,
            )  # fmt: skip
        return bevilling

    def rank(self, felt: str, *sources: str) -> None:
        """Precedence for a field, best first."""
        for rang, source in enumerate(sources):
            self.row(Praecedens, felt=felt, source=source, kendt_fra=LONG_AGO, rang=rang)


def lookups() -> list[dict[str, Any]]:
    """All rows of the lookup log, oldest first."""
    with engine("owner").connect() as connection:
        return [dict(r) for r in connection.execute(text("select * from opslag order by id")).mappings()]
