"""A town of a handful of hand-made records, for the golden messages: one of everything that a contract can say."""

from datetime import UTC, date, datetime
from pathlib import Path

from korsbaek.model import (
    Aktoer,
    BevilgetYdelse,
    Bevilling,
    Dokument,
    Effektuering,
    Fremdrift,
    Genstand,
    Journalnotat,
    Journalpost,
    Part,
    Plan,
    Relation,
    Sag,
    Sagsregistrering,
)
from korsbaek.town import Town
from korsbaek.write import put_bevillinger, put_dokumenter, put_effektueringer, put_meta, put_people, put_sager
from tests.korsbaek.soap.tiny_people import ANNA, people

SAG, OVERSAG = "5b0a1c7e-3c52-4f5e-9a55-2d7f5b0e6a01", "5b0a1c7e-3c52-4f5e-9a55-2d7f5b0e6a02"
PAPER = "8d1c2b3a-4e5f-4a6b-8c7d-9e0f1a2b3c01"
GRANT, PAYMENT = "c1d2e3f4-0a1b-4c2d-8e3f-4a5b6c7d8e01", "c1d2e3f4-0a1b-4c2d-8e3f-4a5b6c7d8e02"
UNIT, CASEWORKER = "0f1e2d3c-4b5a-4697-8877-665544332201", "0f1e2d3c-4b5a-4697-8877-665544332202"


def at(day: int, hour: int = 8) -> datetime:
    """An instant of March 2026."""
    return datetime(2026, 3, day, hour, 30, tzinfo=UTC)


def _actors() -> list[Aktoer]:
    return [
        Aktoer("ejer", "Organisation", None, "Korsbæk", "Korsbæk Kommune", "11111111", at(2)),
        Aktoer("ansvarlig", "OrganisationEnhed", UNIT, "VO", "Voksne & Omsorg", "", at(2)),
        Aktoer("primaer_behandler", "Bruger", CASEWORKER, "abc1", "Ane Berg", "", at(2), at(5)),
        Aktoer("andre_behandlere", "Bruger", CASEWORKER, "abc1", "Ane Berg", "", at(5), None, "1", "Organisation"),
    ]


def _registrering(number: int, **more: object) -> Sagsregistrering:
    told = {
        "tidspunkt": at(2 + number),
        "sts": at(2 + number).replace(microsecond=250000),
        "bruger": "abc1",
        "sagsnummer": "26/000017",
        "titel": "Merudgifter & støtte <hjemme>",
        "titel_offentlig": "Merudgifter",
        "undtaget_hjemmel": "Offentlighedsloven § 30",
        "beskrivelse": "Første linje\nanden linje",
        "hjemmel": "SEL § 100",
        "kassationskode": "K5",
        "kle": "27.35.04",
        "kle_titel": "Merudgifter til voksne",
        "handlingsfacet": "G01",
        "foelsomhed": "FOELSOMME_PERSONOPLYSNINGER",
        "sagsstatus": "Under behandling",
        "sagskategori": "Ydelse",
        "virkning_fra": at(2),
        "oprettet": at(2),
        "fremdrift": [Fremdrift("Opstaaet", at(2), at(4)), Fremdrift("Oplyst", at(4))][: number + 1],
        "parter": [
            Part("primaer", "cpr", ANNA, "Anna Holm Brix", at(2)),
            Part("sekundaer", "navn", "", "Ingrid Holm", at(2), at(9), "1"),
            Part("sekundaer", "cvr", "22222222", "Korsbæk Taxa", at(2), None, "2"),
        ],
        "aktoerer": _actors(),
        "genstande": [Genstand("byggeri", "urn:oio:ejendom:bfe-nr:0000012345", "Nørregade 12A", "1")],
        "relationer": [Relation("oversag", OVERSAG)],
        "journalposter": [Journalpost("tilakteret", "1", PAPER, "Ansøgning af 2. marts", at(3))],
        "notater": [
            Journalnotat("9f0e1d2c-3b4a-4958-8776-655443322101", 1, "1", "Opkald", "Æ ringede.", at(3), "abc1", "")
        ],
        "sikkerhedsprofiler": ["2b808769-8d09-4aa3-ac28-f8ac3526010f"],
        "afleveret": False,
        "lokation": "Rådhuset",
    }
    return Sagsregistrering(**{**told, **more})  # type: ignore[arg-type]


def make(path: Path) -> Town:
    """The town, at the 10th of March 2026."""
    town = Town.create(path)
    put_meta(town, day=date(2026, 3, 10), nights=0, seed=0, citizens=4)
    put_people(town, people())
    case = Sag(SAG, 1, "SBSYS", [_registrering(0), _registrering(1)], sbsys=10001)
    bare: dict[str, object] = {
        "titel_offentlig": None,
        "genstande": [],
        "relationer": [],
        "journalposter": [],
        "notater": [],
    }
    above = _registrering(1, sagsnummer="26/000016", afleveret=None, sikkerhedsprofiler=[], **bare)
    put_sager(town, [case, Sag(OVERSAG, 2, "KMD Nexus", [above], nexus=1)])
    put_dokumenter(
        town,
        [
            Dokument(
                PAPER,
                1,
                SAG,
                "D2026-0050001",
                "Ansøgning",
                None,
                None,
                "Indscannet",
                "Brev, indgaaende",
                "indgaaende",
                date(2026, 3, 2),
                "FORTROLIGE_PERSONOPLYSNINGER",
                "27.35.04",
                "Merudgifter til voksne",
                "pdf",
                "8d1c2b3a-4e5f-4a6b-8c7d-9e0f1a2b3cff",
                "K5",
                at(3),
                at(3, 9),
                "abc1",
                [Fremdrift("Modtaget", at(3), at(4)), Fremdrift("Endeligt", at(4))],
                [Part("primaer", "cpr", ANNA, "Anna Holm Brix", at(3))],
                _actors()[:2],
                sbsys=True,
            )
        ],
    )
    plan = Plan("P1", date(2026, 4, 1), None, "Månedlig", "Forud", "Sidste bankdag", "1250.00")
    ydelse = BevilgetYdelse(
        "1",
        "Merudgifter",
        "Merudgiftsydelse",
        "27.35.04",
        "Merudgifter til voksne",
        date(2026, 4, 1),
        date(2027, 4, 1),
        "Dokumenterede udgifter",
        False,
        [plan],
    )
    parts = [Part(rolle, "cpr", ANNA, "Anna Holm Brix", at(4)) for rolle in ("ydelsesmodtager", "bevillingsmodtager")]
    grant = Bevilling(
        GRANT,
        1,
        "BEV-2026-0001",
        "2026-04-01",
        "2027-04-01",
        "Merudgifter",
        "FOELSOMME_PERSONOPLYSNINGER",
        SAG,
        "26/000017",
        parts,
        _actors()[:2],
        [ydelse],
        at(4),
        at(4),
        at(4, 10),
        "abc1",
    )
    put_bevillinger(town, [grant])
    payment = Effektuering(
        PAYMENT,
        1,
        "EFF-2026-0001",
        GRANT,
        "1",
        "27.35.04",
        date(2026, 4, 1),
        date(2026, 5, 1),
        "1250.00",
        "1250.00",
        "1250.00",
        None,
        date(2026, 3, 31),
        "Udbetalingen",
        [Part("effektueringsmodtager", "cpr", ANNA, "Anna Holm Brix", at(4))],
        [
            *_actors()[:1],
            Aktoer("udbetalende_enhed", "OrganisationEnhed", UNIT, "UDB", "Udbetalingen", "", at(4)),
        ],
        at(4),
        at(4),
        at(4, 11),
        "abc1",
    )
    put_effektueringer(town, [payment])
    return town
