"""What is wrong in the town's records: malformed ones, and well-formed ones that break the index's guide."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from korsbaek.model import Bevilling, Dokument, Effektuering, Fejl, Nexusborger, Person, Sag
from korsbaek.town import Town
from korsbaek.write import put_bevillinger, put_dokumenter, put_effektueringer, put_nexus, put_people, put_sager

PUT: dict[type[Any], Callable[..., None]] = {
    Person: put_people,
    Sag: put_sager,
    Dokument: put_dokumenter,
    Bevilling: put_bevillinger,
    Effektuering: put_effektueringer,
    Nexusborger: put_nexus,
}
_NINE = "urn:oio:cpr-nr:010203123"
_TWICE = """indeks = 1 and uuid in (select sag from sagspart p where p.art = 'cpr' and p.rolle = 'primaer' and
    p.nummer in (select o.nummer from sagspart o join sag x on x.uuid = o.sag and x.indeks = 1 where o.rolle = 'primaer'
     group by o.nummer having count(*) > 2)) and {extra}"""
_BOTH = _TWICE.format(extra="sbsys is not null")
_INDEX_ONLY = _TWICE.format(extra="sbsys is null")
_PEOPLE = "cpr in (select cpr from population)"
_PAPER = "indeks = 1 and sag in (select sag from sagspart where art = 'cpr' and rolle = 'primaer')"

Seen = dict[tuple[str, str], list[str]]
"""Candidates by table and condition, asked for once."""


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
    part: str = ""
    """Which part of the object is the record: forloeb, indsatser or notater; empty for the object itself."""


_BIRTH, _START = "birthDate", "startDate"
KINDS = (
    Kind("cpr", "person", "persondata_missing", Person, "persondata", None, _PEOPLE),
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
    Kind("nexus", "borgere", "date_unreadable", Nexusborger, _BIRTH, "31-02-1950", "id > 3001"),
    Kind("nexus", "borgere", "date_unreadable", Nexusborger, _START, "i foråret", "id > 3001", "forloeb"),
    Kind(
        "nexus",
        "borgere",
        "date_unreadable",
        Nexusborger,
        _START,
        "0000-00-00T00:00:00.000+0000",
        "id > 3001",
        "indsatser",
    ),
    Kind("sbsys", "sager", "nummer_missing", Sag, "Nummer", None, _BOTH),
    Kind("sbsys", "sager", "date_unreadable", Sag, "Oprettet", "00-13-2024", _BOTH),
    Kind("sbsys", "sager", "cpr_nine_digits", Sag, "PrimaryPart.CPRnummer", "010203-123", _BOTH),
    Kind("sbsys", "dokumenter", "date_unreadable", Dokument, "RegistreringsDato", "snarest", f"{_PAPER} and sbsys = 1"),
    Kind(
        "sbsys",
        "journalarknotater",
        "date_unreadable",
        Sag,
        "Oprettet",
        "i går",
        f"{_BOTH} and body not like '%\"notater\":[]%'",
        "notater",
    ),
)


def spoil(town: Town, seed: int) -> None:
    """Puts every kind of fault and of guide-breaking into the town; never into the showcase citizen's records."""
    rng = Random(f"{seed}/faults")
    times = 1 + int(town.meta("citizens")) // 1000
    taken: set[str] = {
        key
        for (key,) in town.rows(
            "select sag from sagspart where nummer = ? union select uuid from bevilling b join bevillingspart p on "
            "p.bevilling = b.uuid where p.nummer = ? union select uuid from effektuering where nummer = ? "
            "union select cast(id as text) from nexus where cpr = ? "
            "union select cast(nr as text) from person where cpr = ?",
            (town.meta("showcase"),) * 5,
        )
    }
    seen: Seen = {}
    for kind in KINDS:
        for _ in range(times):
            _spoil(town, rng, kind, taken, seen)
    for break_guide in (no_owner, two_primary, overlapping, old_actor):
        sag = _pick(town, rng, Sag, _BOTH, taken, seen)
        if sag:
            break_guide(town, sag)
            put_sager(town, [sag])
            _broken(town, "sdi", "sager", sag.uuid, break_guide.__name__)
    grant = _pick(town, rng, Bevilling, "nr > 3", taken, seen)
    if grant:
        grant.startdato = "engang i foråret"
        put_bevillinger(town, [grant])
        _broken(town, "ydi", "bevillinger", grant.uuid, "free_text_date")
    payment = _pick(town, rng, Effektuering, "nr > 9", taken, seen)
    if payment:
        payment.brutto = f"-{payment.brutto}"
        put_effektueringer(town, [payment])
        _broken(town, "ydi", "effektueringer", payment.uuid, "negative_amount")


def _key_column(of: type[Any]) -> str:
    return {Person: "nr", Nexusborger: "id"}.get(of, "uuid")


def _pick(town: Town, rng: Random, of: type[Any], where: str, taken: set[str], seen: Seen) -> Any:
    column, name = _key_column(of), "nexus" if of is Nexusborger else of.__name__.lower()
    if (name, where) not in seen:
        found = town.rows(f"select {column} from {name} where {where} order by {column}")
        seen[name, where] = [str(key) for (key,) in found]
    keys = [key for key in seen[name, where] if key not in taken]
    if not keys:
        return None
    key = rng.choice(keys)
    taken.add(key)
    return town.one(of, f"{column} = ?", (key,))


def _spoil(town: Town, rng: Random, kind: Kind, taken: set[str], seen: Seen) -> None:
    found = _pick(town, rng, kind.of, kind.where, taken, seen)
    if found is None:
        return
    felt = kind.felt
    target, key, owner = found, getattr(found, "uuid", ""), ""
    if isinstance(found, Person):
        felt = felt.format(relation="aegtefaelle" if found.aegtefaelle else "barn")
        key, owner = "person", found.cpr
    elif isinstance(found, Nexusborger):
        key, owner = "patient", found.cpr
        if kind.part:
            target = rng.choice(getattr(found, kind.part))
            key = f"{'indsats' if kind.part == 'indsatser' else kind.part}/{target.id}"
    elif kind.part == "notater":
        target = found.nu.notater[0]
        key = target.uuid
    target.fejl.append(Fejl(kind.system, kind.stream, kind.slags, felt, kind.vaerdi))
    if kind.part == "notater":
        for said in found.registreringer:
            said.notater = [target if n.uuid == target.uuid else n for n in said.notater]
    PUT[kind.of](town, [found])
    town.db.execute(
        "insert into fejl values (?, ?, ?, ?, ?, ?, null)", (kind.system, kind.stream, key, kind.slags, felt, owner)
    )


def _broken(town: Town, system: str, stream: str, key: str, slags: str) -> None:
    town.db.execute("insert into brud values (?, ?, ?, ?)", (system, stream, key, slags))


def no_owner(town: Town, sag: Sag) -> None:
    """No Ejer at all."""
    sag.nu.aktoerer = [a for a in sag.nu.aktoerer if a.rolle != "ejer"]


def two_primary(town: Town, sag: Sag) -> None:
    """Two current primary parties."""
    first = sag.nu.parter[0]
    (other,) = town.rows(
        "select cpr, (select navn from sagspart where nummer = cpr limit 1) from population where cpr <> ? and cpr in "
        "(select nummer from sagspart where rolle = 'primaer') order by cpr limit 1",
        (first.nummer,),
    )
    sag.nu.parter = [*sag.nu.parter, replace(first, nummer=other[0], navn=other[1])]


def overlapping(town: Town, sag: Sag) -> None:
    """Two states at once: the earlier one never ended."""
    last = sag.nu.fremdrift[-1]
    early = replace(
        last, status="Oplyst" if last.status != "Oplyst" else "Afgjort", fra=last.fra - timedelta(days=1), til=None
    )
    sag.nu.fremdrift = [early, *sag.nu.fremdrift]


def old_actor(town: Town, sag: Sag) -> None:
    """Virkning's actor as it was written before 2020."""
    sag.nu.aktoerer = [replace(a, aktoertypekode="Organisation") for a in sag.nu.aktoerer]
