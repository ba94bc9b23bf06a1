"""Invented citizens as ready rows of the canonical tables, about thirty each, from five systems that know them.

A citizen in eight has a case that only few may see, one in a hundred one that hardly anybody may; one in fifty is
protected; a tenth of what was said has been replaced since.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from canonical_model.folding import fold
from korsbaek.numbers import CprNumbers
from korsbaek.vocabulary.names import EFTERNAVNE, KVINDER, MAEND
from korsbaek.vocabulary.places import BYER, VEJE

CVR = "11111111"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""The hub's clock while it is measured."""
SOURCES = {
    "cpr": ("CPR-registret", "23", 2), "sdi": ("Sags- og Dokumentindekset", "00", 3), "sbsys": ("SBSYS", "00", 3),
    "nexus": ("KMD Nexus", "27", 3), "ydi": ("Ydelsesindekset", "32", 2),
}  # fmt: skip
"""Each source's name, KLE area and level."""
BESIDE = 10
"""Further systems, which know of nobody here and still have their line in every receipt."""
KLE = ("32.24.04", "32.03.12", "32.45.04", "23.05.00", "00.30.10", "27.54.03", "27.36.04", "27.60.00")
HOUSEHOLD = 4
"""Citizens of one address."""
UNITS, USERS = 60, 600
Rows: TypeAlias = dict[str, list[dict[str, Any]]]


class Citizen(NamedTuple):
    """One citizen, and what a search finds them by."""

    person: UUID
    navn: str
    adresse: str
    sagsnummer: str


class Citizens:
    """The same citizens every time."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = Random(seed)
        self._numbers = CprNumbers(Random(seed + 1))
        self._facts = count(1)
        self._rows: Rows = defaultdict(list)
        self.units = [self._uuid() for _ in range(UNITS)]
        self.users = [self._uuid() for _ in range(USERS)]
        self._household: list[UUID] = []
        self._home: dict[str, Any] = {}

    def town(self) -> Rows:
        """The systems, how they stand, and the registers that are not about citizens."""
        seen = NOW - timedelta(hours=2)
        silent = {f"kilde{n}": (f"Fagsystem {n}", "85", 2) for n in range(BESIDE)}
        for id, (navn, kle, level) in (SOURCES | silent).items():
            self.add(
                "kilde", id=id, connector=id, navn=navn, myndighed=CVR, systemejer="Ole Bjerre", leverandoer="Måling",
                kontakt="ole.bjerre@korsbaek.invalid", formaal="Måling", hjemmel="Måling", kle=[kle], foelsomhed=level,
                opbevaring_maaneder=60, friskhed_timer=26, tidsplan="0 2 * * *", aktiv=True, deep_link=None,
            )  # fmt: skip
            for stream in ("stream", "more"):
                self.add("stream_state", source=id, stream=stream, shape="listed", by_person=id == "cpr",
                         complete_as_of=seen, last_attempt=seen)  # fmt: skip
        for felt in ("navn", "adresse", "civilstand", "kontakt", "sag"):
            for rang, source in enumerate(SOURCES):
                self.add("praecedens", felt=felt, source=source, kendt_fra=NOW - timedelta(days=900), rang=rang)
        for number, unit in enumerate(self.units):
            self.fact("organisationenhed", unit, "sdi", navn=f"Enhed {number}", telefon=f"990{number:05}")
        for number, user in enumerate(self.users):
            navn = f"{self._rng.choice(KVINDER)} {self._rng.choice(EFTERNAVNE)}"
            self.fact("bruger", user, "sdi", navn=navn, enhed=self.units[number % UNITS], telefon=f"991{number:05}")
        for kle in KLE:
            self.fact("klasse", self._uuid(), "sdi", brugervendt_noegle=kle, titel=f"Emne {kle}", facet="emne")
        return self.taken()

    def taken(self) -> Rows:
        """The rows that were added since the last time, by table."""
        found, self._rows = self._rows, defaultdict(list)
        return found

    def add(self, table: str, **values: Any) -> None:
        """A row."""
        self._rows[table].append(values)

    def fact(self, table: str, objekt: UUID, source: str, **values: Any) -> None:
        """A fact that is known; of every tenth what was said before it too."""
        number = next(self._facts)
        row = {
            "objekt": objekt, "source": source, "stream": "stream", "key": f"{number // 10}", "fact": f"{number}",
            "digest": number.to_bytes(16), "virkning_fra": NOW - timedelta(days=400 + number % 2000),
            "registreret": NOW - timedelta(days=300), "kendt_fra": NOW - timedelta(days=200), **values,
        }  # fmt: skip
        self.add(table, **row)
        if number % 10 == 0:
            self.add(table, **row | {"kendt_fra": NOW - timedelta(days=300), "kendt_til": NOW - timedelta(days=200)})

    def citizen(self, number: int) -> Citizen:
        """Adds the next citizen; numbered from 0, in order."""
        rng, person = self._rng, self._uuid()
        if number % HOUSEHOLD == 0:
            self._move(number)
        self._household.append(person)
        first, last = rng.choice(KVINDER if number % 2 else MAEND), rng.choice(EFTERNAVNE)
        middle = rng.choice(EFTERNAVNE)
        born = date(1930, 1, 2) + timedelta(days=rng.randrange(33_000))
        if (born.month, born.day) == (1, 1):
            born += timedelta(days=1)
        cpr = self._numbers.issue(born, "K" if number % 2 else "M")
        self.add("identitet", art="cpr", nummer=cpr, objekt=person, kendt_fra=NOW - timedelta(days=500), source="cpr")
        self.add("asked", source="cpr", stream="stream", objekt=person, asked=NOW - timedelta(hours=3), found=True)
        protected = number % 50 == 7
        home = self._home
        where = f"{home['vejnavn']} {home['husnummer']}, {home['postnummer']} {home['postdistrikt']}"
        navn = f"{first} {middle} {last}"
        self.add(
            "personopslag", person=person, navn=navn, navn_sort=navn.lower(), navn_ord=fold(navn), adresse=where,
            adresse_ord=fold(where), foedselsdato=born, beskyttet=protected, doed=False, konflikt=False, opdateret=NOW,
        )  # fmt: skip
        self.fact("person", person, "cpr", foedselsdato=born, koen="K", status=1, civilstand=rng.choice("UGFE"))
        self.fact("navn", person, "cpr", fornavn=first, mellemnavn=middle, efternavn=last)
        self.fact("adresse", person, "cpr", art="bopael", **home)
        if number % 3 == 0:
            moved = {"virkning_til": NOW - timedelta(days=400), "virkning_fra": NOW - timedelta(days=4000)}
            self.fact("adresse", person, "cpr", art="bopael", **{**home, "vejnavn": rng.choice(VEJE)}, **moved)
        self.fact("kontaktoplysning", person, "nexus", art="mobil", vaerdi=f"{20000000 + number}")
        if protected:
            self.fact("beskyttelse", person, "cpr", art="navn_og_adresse")
        for other in self._household[:-1][-2:]:
            self.fact("personrelation", person, "cpr", relationstype="barn", reference=other)
            self.fact("personrelation", other, "cpr", relationstype="mor", reference=person)
        sagsnummer = self._cases(number, person)
        for days in range(number % 4):
            self._lookup(person, days)
        return Citizen(person, navn, where, sagsnummer)

    def _move(self, number: int) -> None:
        """The next household, at an address of its own."""
        self._household = []
        postal, town = BYER[number % len(BYER)]
        self._home = {"vejnavn": f"{VEJE[number // HOUSEHOLD % len(VEJE)]}", "postnummer": postal,
                      "postdistrikt": town, "husnummer": f"{1 + number // HOUSEHOLD // len(VEJE):03}"}  # fmt: skip
        house = {**self._home, "husnummer": self._home["husnummer"].lstrip("0"), "bfe_nummer": str(1_000_000 + number)}
        objekt = self._uuid()
        self.fact("ejendom", objekt, "sdi", art="adresse", indeks="1", **house)
        self.fact("ejendom", objekt, "sdi", art="jordstykke", indeks="2", bfe_nummer=house["bfe_nummer"],
                  matrikelnummer=f"{number}a", ejerlavskode="1", ejerlavsnavn="Korsbæk By", areal=800)  # fmt: skip

    def _cases(self, number: int, person: UUID) -> str:
        sagsnummer = self._sag(person, KLE[number % 5], 1 + number % 2, number, f"S-{number}-1")
        if number % 2 == 0:
            level = 4 if number % 100 == 0 else 3
            self._sag(person, KLE[5 + number % 3], level, number, f"S-{number}-2", "nexus")
        if number % 3 == 0:
            self._bevilling(person, number)
        if number % 10 == 0:
            self.fact("krav", self._uuid(), "sbsys", part=person, titel="Dagtilbud", art="Dagtilbud", beloeb=3000,
                      restbeloeb=1500, forfaldsdato=date(2026, 12, 1), tilstand="open", kle="32.03.12")  # fmt: skip
        return sagsnummer

    def _sag(self, person: UUID, kle: str, level: int, number: int, nummer: str, source: str = "sdi") -> str:
        sag, dokument, rng = self._uuid(), self._uuid(), self._rng
        titel = {"titel": f"{KLE.index(kle)}. sag om {nummer}", "titel_offentlig": "Sag", "sagsnummer": nummer}
        part = {"rolle": "primaer_part", "type": "person", "part": person}
        step = "Afsluttet" if number % 4 == 0 else "Oplyst"
        self.fact("sag", sag, source, **titel)
        self.fact("sagindeks", sag, source, foelsomhed=level)
        self.fact("sagsklasse", sag, source, rolle="primaer_klasse", brugervendt_noegle=kle, klassetitel=f"Emne {kle}")
        self.fact("sagsaktoer", sag, source, rolle="ejer", cvr=CVR)
        self.fact("sagsaktoer", sag, source, rolle="primaer_behandler", reference=rng.choice(self.users))
        self.fact("sagspart", sag, source, **part)
        self.fact("fremdrift", sag, source, status="Opstaaet")
        self.fact("fremdrift", sag, source, status=step, virkning_fra=NOW - timedelta(days=30))
        self.fact("journalpost", sag, source, rolle="tilakteret", dokument=dokument, dokumenttitel=f"Brev om {nummer}")
        self.fact("dokument", dokument, source, titel=f"Brev om {nummer}", foelsomhed=level, type="indgaaende",
                  brevdato=date(2026, 5, 1 + number % 28))  # fmt: skip
        if source == "sdi" and number % 2:
            self.fact("sag", sag, "sbsys", **{**titel, "titel": f"Sagen {nummer}"})
            self.fact("sagspart", sag, "sbsys", **part)
            self.fact("journalnotat", sag, "sbsys", indeks="1", titel="Opkald", notat="<p>Borgeren ringede.</p>",
                      format="html", skrevet=NOW - timedelta(days=number % 90), forfatter="KH")  # fmt: skip
            self.fact("frist", sag, "sbsys", art="frist", indeks="1", titel="Svar", fristdato=date(2026, 12, 24),
                      tilstand="open")  # fmt: skip
        return nummer

    def _bevilling(self, person: UUID, number: int) -> None:
        bevilling, ydelse = self._uuid(), {"ydelse_id": "1", "kle": KLE[number % 3]}
        begun = NOW - timedelta(days=300)
        self.fact("bevilling", bevilling, "ydi", foelsomhed=1 + number % 2)
        self.fact("bevillingsaktoer", bevilling, "ydi", rolle="ejer", cvr=CVR)
        self.fact("bevillingspart", bevilling, "ydi", rolle="ydelsesmodtager", part=person)
        self.fact("bevilgetydelse", bevilling, "ydi", navn="Boligstøtte", beloeb=1820, startdato=begun, **ydelse)
        for days in (-20, 10):
            when, betaling = NOW + timedelta(days=days), self._uuid()
            self.fact("oekonomiskeffektuering", betaling, "ydi", dispositionsdato=when, bruttobeloeb=1820)
            self.fact("effektueringsaktoer", betaling, "ydi", rolle="ejer", cvr=CVR)
            self.fact("effektueringspart", betaling, "ydi", rolle="effektueringsmodtager", part=person)
            self.fact(
                "ydelseseffektuering", betaling, "ydi", rolle="ydelseseffektuering", bevilling=bevilling, **ydelse
            )

    def _lookup(self, person: UUID, days: int) -> None:
        uid = self._uuid()
        self.add(
            "opslag", uid=uid, svar=uid, tid=NOW - timedelta(days=days + 1), bruger=self.users[0], brugernavn="KH",
            enhed="Ydelser", handling="open", person=person, objekter=3, formaal="Tilsyn", kanal="web",
            resultat="shown", hidden=0,
        )  # fmt: skip

    def _uuid(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128), version=4)
