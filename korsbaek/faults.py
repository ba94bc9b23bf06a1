"""What is wrong in the town's records: malformed ones, and well-formed ones that break the index's guide."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from korsbaek.kinds import BOTH, KINDS, Kind
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

Seen = dict[tuple[str, str], list[str]]
"""Candidates by table and condition, asked for once."""


def spoil(town: Town, seed: int) -> None:
    """Puts every kind of fault and of guide-breaking into the town; never into the showcase citizen's records."""
    rng = Random(f"{seed}/faults")
    times = 1 + int(town.meta("citizens")) // 1000
    taken: set[str] = {
        key
        for (key,) in town.rows(
            "select sag from sagspart where nummer = ? union select uuid from bevilling b join bevillingspart p on "
            "p.bevilling = b.uuid where p.nummer = ? union select uuid from effektuering where nummer = ? "
            "union select uuid from dokument where sag in (select sag from sagspart where nummer = ?) "
            "union select cast(id as text) from nexus where cpr = ? "
            "union select cast(nr as text) from person where cpr = ?",
            (town.meta("showcase"),) * 6,
        )
    }
    seen: Seen = {}
    for kind in KINDS:
        for _ in range(times):
            _spoil(town, rng, kind, taken, seen)
    for break_guide in (no_owner, two_primary, overlapping, old_actor):
        sag = _pick(town, rng, Sag, BOTH, taken, seen)
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


def key_column(of: type[Any]) -> str:
    """The column that tells one object of a kind from another."""
    return {Person: "nr", Nexusborger: "id"}.get(of, "uuid")


def _pick(town: Town, rng: Random, of: type[Any], where: str, taken: set[str], seen: Seen) -> Any:
    column, name = key_column(of), "nexus" if of is Nexusborger else of.__name__.lower()
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
    felt, target, owner, sag = kind.felt, found, "", None
    key = whole = str(getattr(found, key_column(kind.of)))
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
        key = str(target.id)
    elif kind.system == "sbsys":
        key = str(found.sbsys if isinstance(found, Sag) else found.id)
    if isinstance(found, Dokument):
        sag = found.sag
    target.fejl.append(Fejl(kind.system, kind.stream, kind.slags, felt, kind.vaerdi))
    if kind.part == "notater":
        for said in found.registreringer:
            said.notater = [target if n.uuid == target.uuid else n for n in said.notater]
    PUT[kind.of](town, [found])
    row = (kind.system, kind.stream, key, kind.slags, felt, owner, whole, sag, kind.tolereret or None)
    town.db.execute("insert into fejl values (?, ?, ?, ?, ?, ?, null, ?, ?, ?)", row)


def _broken(town: Town, system: str, stream: str, key: str, slags: str) -> None:
    town.db.execute("insert into brud values (?, ?, ?, ?)", (system, stream, key, slags))


def no_owner(town: Town, sag: Sag) -> None:
    """No Ejer at all."""
    for said in sag.registreringer:
        said.aktoerer = [a for a in said.aktoerer if a.rolle != "ejer"]


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
