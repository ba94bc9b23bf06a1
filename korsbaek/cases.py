"""Cases: what a kind of case becomes for one citizen, stage by stage, with every Registrering on the way."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from korsbaek.calendar import at_work, midnight, received
from korsbaek.model import (
    Aktoer,
    Dokument,
    Fremdrift,
    Genstand,
    Journalnotat,
    Journalpost,
    Part,
    Person,
    Sag,
    Sagsregistrering,
)
from korsbaek.office import Office, new_uuid
from korsbaek.papers import Papers, document, note
from korsbaek.vocabulary.cases import FOELSOMHED, Slags

STADIER = ("Opstaaet", "Oplyst", "Afgjort", "Afsluttet")
SAGSSTATUS = ("Modtaget", "Under behandling", "Afgjort, følges op", "Afsluttet")


@dataclass
class Made:
    """One case with its documents."""

    sag: Sag
    dokumenter: list[Dokument] = field(default_factory=list)


@dataclass
class Register:
    """The town hall's counters."""

    rng: Random
    office: Office
    day: date
    papers: Papers
    sager: int = 0
    sbsys: int = 10_000
    nexus: int = 0


def case(register: Register, kind: Slags, person: Person | None, parties: list[Part], age: int | None = None) -> Made:
    """A case of that kind, opened some days ago (`age`, else by chance) and progressed as far as time allowed."""
    rng = register.rng
    days = age if age is not None else rng.randint(6, 1500)
    opened = max(register.day - timedelta(days=days), person.foedt + timedelta(days=2) if person else date.min)
    opened = min(opened, register.day - timedelta(days=1))
    steps = [opened]
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3)) if age is None else 0):
        steps.append(steps[-1] + timedelta(days=rng.randint(4, 120)))
    steps = [step for step in steps if step < register.day]
    register.sager += 1
    number, start = _number(register, kind, opened), midnight(opened)
    made = Made(Sag(new_uuid(rng), register.sager, kind.master, []))
    if kind.master == "SBSYS":
        register.sbsys += 1
        made.sag.sbsys = register.sbsys
    if kind.master == "KMD Nexus":
        register.nexus += 1
        made.sag.nexus = 700_000 + register.nexus
    for part in parties:
        part.fra = start
    actors = register.office.handlers(rng, kind.enhed, start, rng.random() < 0.1)
    created = at_work(rng, opened)
    stages: list[Fremdrift] = []
    posts: list[Journalpost] = []
    notes: list[Journalnotat] = []
    keep = rng.choice((1, 1, 2, 3))
    for stage, day in enumerate(steps):
        moment = created if stage == 0 else at_work(rng, day)
        stages = [Fremdrift(f.status, f.fra, f.til or midnight(day)) for f in stages]
        stages.append(Fremdrift(STADIER[stage], midnight(day)))
        _paper_work(register, kind, made, stage, moment, parties, actors, posts, notes)
        if stage < len(steps) - keep:
            continue
        made.sag.registreringer.append(
            Sagsregistrering(
                tidspunkt=moment + timedelta(minutes=2),
                sts=received(rng, moment + timedelta(minutes=2)),
                bruger=actors[2].noegle,
                sagsnummer=number,
                titel=kind.titel,
                titel_offentlig=kind.offentlig or None,
                undtaget_hjemmel="Lov Offentlighedsloven § 30" if kind.offentlig else None,
                beskrivelse=kind.beskrivelse,
                hjemmel=kind.hjemmel,
                kassationskode=kind.kassation,
                kle=kind.kle,
                kle_titel=kind.kle_titel,
                handlingsfacet=kind.facet,
                foelsomhed=FOELSOMHED[kind.foelsomhed],
                sagsstatus=SAGSSTATUS[stage],
                sagskategori=kind.kategori,
                virkning_fra=start,
                oprettet=created,
                fremdrift=list(stages),
                parter=parties,
                aktoerer=actors,
                journalposter=list(posts),
                notater=list(notes),
                afleveret=False if rng.random() < 0.7 else None,
                principiel=False if rng.random() < 0.5 else None,
            )
        )
    return made


def _number(register: Register, kind: Slags, opened: date) -> str:
    running = register.sager
    if kind.master == "SBSYS":
        return f"{kind.kle}-{kind.facet}-{running}-{opened:%y}"
    letter = {"KMD Nexus": "N", "KMD Momentum": "M", "KMD Aktiv": "A"}[kind.master]
    return f"{letter}{opened:%Y}-{running:06d}"


def _paper_work(
    register: Register,
    kind: Slags,
    made: Made,
    stage: int,
    moment: datetime,
    parties: list[Part],
    actors: list[Aktoer],
    posts: list[Journalpost],
    notes: list[Journalnotat],
) -> None:
    for paper in kind.papirer[stage]:
        found = document(register.papers, kind, made.sag, paper, moment, parties[:1], actors)
        made.dokumenter.append(found)
        vedlagt = found.type == "Internt Notat"
        rolle = "vedlagt" if vedlagt else "tilakteret"
        index = str(1 + sum(p.rolle == rolle for p in posts))
        title = None if register.rng.random() < 0.8 else f"{found.titel}, akt {index}"
        posts.append(Journalpost(rolle, index, found.uuid, title, midnight(moment.date())))
    if stage < len(kind.notater):
        notes.append(note(register.papers, kind.notater[stage], len(notes) + 1, moment, actors[2]))


def building(register: Register, kind: Slags) -> Made:
    """A case about a building, to which no citizen is a party."""
    made = case(register, kind, None, [])
    urn = f"urn:oio:ejendom:bfe-nr:{register.rng.randrange(10**6, 10**7):010d}"
    for said in made.sag.registreringer:
        said.genstande = [Genstand("byggeri", urn, "Enfamilieshus med garage", "1")]
    return made
