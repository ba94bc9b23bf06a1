"""The one SQL predicate of who may see what (rammearkitektur 4.9), composed into every read.

An object is visible when one grant meets every claim about it (caseworker/claims.py), so that the strictest counts when
sources disagree, and every Sikkerhedsprofil on it is held. It is judged at the instants asked for and at the present,
at each of them whole: looking back never opens what is closed today. What the hub no longer holds is judged by what it
held. Parameters: `params(principal, tid)`. `{objekt}` below is any SQL expression that gives the object's UUID.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from caseworker.claims import INSTANTS, TABLES, UNKNOWN, area, claims, exists, held, in_force, instants
from caseworker.principal import Principal
from caseworker.tid import Tid

GRANTS = "jsonb_to_recordset(cast(:p_grants as jsonb)) as g(cvr text, kle text, niveau integer)"
"""The principal's grants as a table g; each condition below that names g must stand beside `GRANTS`."""


def params(principal: Principal, tid: Tid) -> dict[str, Any]:
    """The parameters that every clause of this module shares."""
    grants = [{"cvr": g.cvr, "kle": g.kle_regex, "niveau": g.foelsomhed} for g in principal.grants]
    profiles = sorted(principal.sikkerhedsprofiler)
    return {"p_grants": json.dumps(grants), "p_profiler": profiles, **tid.params(), **instants(tid)}


def _summary(kind: str, objekt: str, name: str) -> str:
    """All claims as one row: every Ejer, every KLE, the highest level; an unknown stands as what no grant meets."""
    return f"""(select array_agg(distinct coalesce(q.cvr, '{UNKNOWN}')) as cvrer,
      array_agg(distinct coalesce(q.kle, '')) as kler, max(q.niveau) as niveau
      from ({claims(kind, objekt)}) q having count(*) > 0) {name}"""


def _kle_met(kler: str) -> str:
    return f"(select bool_and(x ~ g.kle) from unnest({kler}) x)"


def _full(q: str) -> str:
    return f"(g.cvr = all({q}.cvrer) and {q}.niveau <= g.niveau and {_kle_met(f'{q}.kler')})"


def _profiles_held(objekt: str) -> str:
    return (
        f"not exists (select 1 from sikkerhedsprofil p where p.objekt = {objekt} and {held('p')}"
        f" and {in_force('p')}"
        " and not coalesce(lower(coalesce(p.reference::text, p.urn)) = any(cast(:p_profiler as text[])), false))"
    )


def _sag(objekt: str) -> str:
    met = f"exists (select 1 from {_summary('sag', objekt, 'c')} cross join {GRANTS} where {_full('c')})"
    return f"({met} and {_profiles_held(objekt)})"


def _dokument(objekt: str) -> str:
    """Through a visible Sag and its own level; where every filing has ended, by its own claims too; else by its own."""
    through = f"""exists (select 1 from journalpost j
      cross join lateral {_summary("sag", "j.objekt", "c")} cross join {GRANTS}
      where j.dokument = {objekt} and {held("j")} and {_full("c")} and {_profiles_held("j.objekt")}
        and d.niveau <= g.niveau and ({in_force("j")} or (not p.filed and {_full("d")})))"""
    alone = f"(p.filed is null and exists (select 1 from {GRANTS} where {_full('d')}))"
    return f"""(exists (select 1 from {_summary("dokument", objekt, "d")}
      cross join (select bool_or({in_force("f")}) as filed from journalpost f
        where f.dokument = {objekt} and {held("f")}) p
      where {through} or {alone}) and {_profiles_held(objekt)})"""


def _line_kle(z: str) -> str:
    """A line's KLE is met: its own number, else every area of its Kilde."""
    default = f"(select bool_and({area('x')} ~ g.kle) from unnest(k.kle) x)"
    return f"coalesce(case when {z}.kle is null then {default} else {z}.kle ~ g.kle end, false)"


def _line_hidden(y: str) -> str:
    """A line is hidden when any source's row of the same benefit falls outside grant g."""
    return (
        f"exists (select 1 from bevilgetydelse z left join kilde k on k.id = z.source where z.objekt = {y}.objekt"
        f" and z.ydelse_id = {y}.ydelse_id and {held('z')} and not {_line_kle('z')})"
    )


def _owned(kind: str, objekt: str, condition: str) -> str:
    """Exists one grant: the Ejer and level of all claims, and a condition that may name g and the claims b."""
    met = "g.cvr = all(b.cvrer)" + ("" if kind == "effektuering" else " and b.niveau <= g.niveau")
    return (
        f"(exists (select 1 from {_summary(kind, objekt, 'b')} cross join {GRANTS} where {met} and {condition})"
        f" and {_profiles_held(objekt)})"
    )


def _granted(objekt: str, q: str) -> str:
    """One BevilgetYdelse within grant g at least; for a grant without any, the areas of its Kilde in claims q."""
    some = f"select 1 from bevilgetydelse y where y.objekt = {objekt} and {held('y')}"
    bare = f"(not exists ({some}) and {_kle_met(f'{q}.kler')})"
    return f"(exists ({some} and not {_line_hidden('y')}) or {bare})"


def _bevilling(objekt: str) -> str:
    return _owned("bevilling", objekt, _granted(objekt, "b"))


def _effektuering(objekt: str) -> str:
    """Own Ejer, and KLE on a line that pays a visible Bevilling, all by one grant; ended lines only when all have.

    A Bevilling that no source holds (it vanished, or never came) is of level 4, as all that is unknown.
    """
    now = f"""({in_force("e")} or not exists (select 1 from ydelseseffektuering n
      where n.objekt = {objekt} and {held("n")} and {in_force("n")}))"""
    granted = f"""exists (select 1 from {_summary("bevilling", "e.bevilling", "v")}
      where g.cvr = all(v.cvrer) and v.niveau <= g.niveau and {_granted("e.bevilling", "v")})"""
    paid = f"""exists (select 1 from ydelseseffektuering e left join kilde k on k.id = e.source
      where e.objekt = {objekt} and {held("e")} and {now} and {_line_kle("e")}
        and ({granted} or (g.niveau >= 4 and not {exists("bevilling", "e.bevilling")}))
        and {_profiles_held("e.bevilling")})"""
    return _owned("effektuering", objekt, paid)


def _krav(objekt: str) -> str:
    """Ejer and level of its Kilde, and no source's KLE of it outside the grant."""
    hidden = f"""exists (select 1 from krav z left join kilde k on k.id = z.source
      where z.objekt = {objekt} and {held("z")} and not {_line_kle("z")})"""
    return _owned("krav", objekt, f"not {hidden}")


_MET: dict[str, Callable[[str], str]] = {
    "sag": _sag,
    "dokument": _dokument,
    "bevilling": _bevilling,
    "effektuering": _effektuering,
    "krav": _krav,
}


def _always(kind: str, objekt: str, met: str) -> str:
    """SQL condition: met at the instants asked for, and at each other one at which anything is held of the object."""
    free = f"(not i.spurgt and not {exists(kind, objekt)})"
    return f"not exists (select 1 from {INSTANTS} where not ({free} or {met}))"


def visible(kind: str, objekt: str) -> str:
    """SQL condition: the principal may see the object."""
    return _always(kind, objekt, _MET[kind](objekt))


def ydelse_visible(y: str) -> str:
    """SQL condition on a row (alias y) of bevilgetydelse: the line itself may be shown."""
    objekt = f"{y}.objekt"
    return _always("bevilling", objekt, _owned("bevilling", objekt, f"not {_line_hidden(y)}"))


def _secret(kind: str, objekt: str) -> str:
    """SQL condition: of level 4 at any of the instants; what nothing is known of counts as that."""
    every = f"{INSTANTS} cross join lateral ({claims(kind, objekt)}) q"
    return f"(select coalesce(max(q.niveau), 4) from {every}) > 3"


def _ever(condition: str) -> str:
    return f"exists (select 1 from {INSTANTS} where {condition})"


def _below_secret(kind: str, objekt: str) -> str:
    """SQL condition: what the object hangs on is of level 4, so that a count would tell of that."""
    if kind == "dokument":
        return f"""exists (select 1 from journalpost jp where jp.dokument = {objekt} and {_ever(held("jp"))}
          and {_secret("sag", "jp.objekt")})"""
    if kind == "bevilling":
        return f"""exists (select 1 from bevillingssag bs where bs.objekt = {objekt} and {_ever(held("bs"))}
          and {_ever(exists("sag", "bs.reference"))} and {_secret("sag", "bs.reference")})"""
    if kind == "effektuering":
        return f"""exists (select 1 from ydelseseffektuering ye where ye.objekt = {objekt} and {_ever(held("ye"))}
          and ({_secret("bevilling", "ye.bevilling")} or {_below_secret("bevilling", "ye.bevilling")}))"""
    return "false"


@cache
def judge(kind: str) -> str:
    """Query over :ids: objekt, visible, and whether it may be counted when hidden (level 4 never is), with sources."""
    objekt = "o.id"
    sources = " union ".join(
        f"select x.source from {t} x where x.objekt = {objekt} and {_ever(held('x'))}" for t in TABLES[kind]
    )
    return f"""select o.id as objekt, {visible(kind, objekt)} as visible,
      not ({_secret(kind, objekt)} or {_below_secret(kind, objekt)}) as countable,
      (select array_agg(q.source) from ({sources}) q) as sources
      from unnest(cast(:ids as uuid[])) as o(id)"""
