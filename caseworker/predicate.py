"""The one SQL predicate of who may see what (rammearkitektur 4.9), composed into every read.

A *claim* is what one source says of an object's Ejer, primary KLE and Foelsomhed. Where it says nothing, what another
source says holds for it too; where none says anything, the defaults of each source (Kilde) do. An object is visible
when one grant meets every claim, so that the strictest counts when sources disagree, and every Sikkerhedsprofil on it
is held. Access is judged by what is known and
true now as well as at the instants asked for: looking back never opens what has since been closed.
Parameters: `params(principal, tid)`. `{objekt}` below is any SQL expression that gives the object's UUID.
"""

import json
from typing import Any

from caseworker.principal import Principal
from caseworker.reading import in_force, known
from caseworker.tid import Tid

GRANTS = "jsonb_to_recordset(cast(:p_grants as jsonb)) as g(cvr text, kle text, niveau integer)"
"""The principal's grants as a table g; each predicate below that names g must stand inside `from GRANTS`."""


def params(principal: Principal, tid: Tid) -> dict[str, Any]:
    """The parameters that every clause of this module shares."""
    grants = [{"cvr": g.cvr, "kle": g.kle_regex, "niveau": g.foelsomhed} for g in principal.grants]
    return {"p_grants": json.dumps(grants), "p_profiler": sorted(principal.sikkerhedsprofiler), **tid.params()}


def _held(t: str) -> str:
    return f"({known(t)} or ({t}.kendt_til is null and {t}.registreret_til is null))"


def _claim(t: str) -> str:
    return f"({_held(t)} and ({in_force(t)} or {in_force(t, 'nu')}))"


def _sources(objekt: str, *tables: str) -> str:
    return " union ".join(f"select x.source from {t} x where x.objekt = {objekt} and {_held('x')}" for t in tables)


def _kle(column: str) -> str:
    return f"regexp_replace(coalesce({column}, k.kle[1]), '[.][*]$', '')"


def _level(column: str) -> str:
    return f"(case when {column} is null or {column} between 1 and 4 then {column} else 4 end)"


def _filled(claims: str) -> str:
    """A silent source takes what the others state (the strictest level), and its own default only if none does."""
    return f"""select r.source, coalesce(r.cvr, max(r.cvr) over (), k.myndighed) as cvr,
      regexp_replace(coalesce(r.kle, max(r.kle) over (), k.kle[1]), '[.][*]$', '') as kle,
      coalesce(r.niveau, max(r.niveau) over (), {_level("k.foelsomhed")}, 4) as niveau
      from ({claims}) r left join kilde k on k.id = r.source"""


_CVR = "coalesce(a.cvr, substring(a.urn from '^urn:oio:cvr-nr:([0-9]{8})$'))"
_KLE_URN = "coalesce(c.brugervendt_noegle, substring(c.urn from '^urn:oio:kle:([0-9.]+)$'))"


def _profiles_held(objekt: str) -> str:
    return (
        f"not exists (select 1 from sikkerhedsprofil p where p.objekt = {objekt} and {_claim('p')}"
        " and not coalesce(lower(coalesce(p.reference::text, p.urn)) = any(cast(:p_profiler as text[])), false))"
    )


def sag_claims(objekt: str) -> str:
    """Query: source, cvr, kle, niveau of every claim about a Sag."""
    sources = _sources(objekt, "sag", "sagindeks", "sagsklasse", "sagsaktoer", "sagspart", "fremdrift")
    return _filled(f"""select s.source, {_CVR} as cvr, {_KLE_URN} as kle, {_level("i.foelsomhed")} as niveau
      from ({sources}) s
      left join sagsaktoer a on a.objekt = {objekt} and a.source = s.source and a.rolle = 'ejer' and {_claim("a")}
      left join sagsklasse c on c.objekt = {objekt} and c.source = s.source and c.rolle = 'primaer_klasse'
        and {_claim("c")}
      left join sagindeks i on i.objekt = {objekt} and i.source = s.source and {_claim("i")}""")


def dokument_claims(objekt: str) -> str:
    """Query: source, cvr, kle, niveau of every claim about a Dokument."""
    sources = _sources(objekt, "dokument", "dokumentklasse", "dokumentaktoer", "dokumentpart", "dokumentfremdrift")
    return _filled(f"""select s.source, {_CVR} as cvr, {_KLE_URN} as kle, {_level("d.foelsomhed")} as niveau
      from ({sources}) s
      left join dokumentaktoer a on a.objekt = {objekt} and a.source = s.source and a.rolle = 'ejer' and {_claim("a")}
      left join dokumentklasse c on c.objekt = {objekt} and c.source = s.source and c.rolle = 'primaer_klasse'
        and {_claim("c")}
      left join dokument d on d.objekt = {objekt} and d.source = s.source and {_claim("d")}""")


def bevilling_claims(objekt: str) -> str:
    """Query: source, cvr, kle (the Kilde's own), niveau of every claim about a Bevilling."""
    sources = _sources(objekt, "bevilling", "bevilgetydelse", "bevillingspart", "bevillingsaktoer", "bevillingssag")
    return _filled(f"""select s.source, {_CVR} as cvr, cast(null as text) as kle, {_level("b.foelsomhed")} as niveau
      from ({sources}) s
      left join bevillingsaktoer a on a.objekt = {objekt} and a.source = s.source and a.rolle = 'ejer'
        and {_claim("a")}
      left join bevilling b on b.objekt = {objekt} and b.source = s.source and {_claim("b")}""")


def effektuering_claims(objekt: str) -> str:
    """Query: source, cvr and kle (the Kilde's own) of every claim about an OekonomiskEffektuering."""
    sources = _sources(
        objekt, "oekonomiskeffektuering", "ydelseseffektuering", "effektueringspart", "effektueringsaktoer"
    )
    return _filled(f"""select s.source, {_CVR} as cvr, cast(null as text) as kle, 1 as niveau
      from ({sources}) s
      left join effektueringsaktoer a on a.objekt = {objekt} and a.source = s.source and a.rolle = 'ejer'
        and {_claim("a")}""")


def _all(claims: str, condition: str) -> str:
    """Every claim meets the condition, and there is at least one; an unknown counts as not met."""
    return f"(select coalesce(bool_and(coalesce({condition}, false)), false) from ({claims}) q)"


_FULL = "q.cvr = g.cvr and q.kle ~ g.kle and q.niveau <= g.niveau"


def _sag_by_grant(objekt: str) -> str:
    return f"({_all(sag_claims(objekt), _FULL)} and {_profiles_held(objekt)})"


def sag_visible(objekt: str) -> str:
    """SQL condition: the principal may see the Sag."""
    return f"exists (select 1 from {GRANTS} where {_sag_by_grant(objekt)})"


def dokument_visible(objekt: str) -> str:
    """SQL condition: through any visible Sag and its own Foelsomhed; without a Sag by its own claims."""
    claims = dokument_claims(objekt)
    through = (
        f"exists (select 1 from journalpost j where j.dokument = {objekt} and {known('j')} and {in_force('j')}"
        f" and {_sag_by_grant('j.objekt')})"
    )
    alone = f"not exists (select 1 from journalpost j where j.dokument = {objekt} and {_held('j')})"
    return (
        f"(exists (select 1 from {GRANTS} where ({_all(claims, 'q.niveau <= g.niveau')} and {through})"
        f" or ({_all(claims, _FULL)} and {alone})) and {_profiles_held(objekt)})"
    )


def _line_hidden(y: str) -> str:
    """A line is hidden when any source's row of the same benefit falls outside grant g."""
    return (
        f"exists (select 1 from bevilgetydelse z left join kilde k on k.id = z.source where z.objekt = {y}.objekt"
        f" and z.ydelse_id = {y}.ydelse_id and {_held('z')} and not coalesce({_kle('z.kle')} ~ g.kle, false))"
    )


def _bevilling_claims_met(objekt: str) -> str:
    met = _all(bevilling_claims(objekt), "q.cvr = g.cvr and q.niveau <= g.niveau")
    return f"({met} and {_profiles_held(objekt)})"


def _bevilling_by_grant(objekt: str) -> str:
    some = f"select 1 from bevilgetydelse y where y.objekt = {objekt} and {_held('y')}"
    bare = _all(bevilling_claims(objekt), "q.kle ~ g.kle")
    return (
        f"({_bevilling_claims_met(objekt)} and (exists ({some} and not {_line_hidden('y')})"
        f" or (not exists ({some}) and {bare})))"
    )


def bevilling_visible(objekt: str) -> str:
    """SQL condition: Ejer and Foelsomhed met, and KLE on at least one BevilgetYdelse."""
    return f"exists (select 1 from {GRANTS} where {_bevilling_by_grant(objekt)})"


def ydelse_visible(y: str) -> str:
    """SQL condition on a row (alias y) of bevilgetydelse: the line itself may be shown."""
    return f"exists (select 1 from {GRANTS} where {_bevilling_claims_met(f'{y}.objekt')} and not {_line_hidden(y)})"


def effektuering_visible(objekt: str) -> str:
    """SQL condition: own Ejer, and KLE on a line that pays a visible Bevilling, all by one grant."""
    line = (
        f"exists (select 1 from ydelseseffektuering e left join kilde k on k.id = e.source where e.objekt = {objekt}"
        f" and {_held('e')} and coalesce({_kle('e.kle')} ~ g.kle, false) and {_bevilling_by_grant('e.bevilling')})"
    )
    owner = _all(effektuering_claims(objekt), "q.cvr = g.cvr")
    return f"exists (select 1 from {GRANTS} where {owner} and {line} and {_profiles_held(objekt)})"


VISIBLE = {
    "sag": sag_visible,
    "dokument": dokument_visible,
    "bevilling": bevilling_visible,
    "effektuering": effektuering_visible,
}
CLAIMS = {
    "sag": sag_claims,
    "dokument": dokument_claims,
    "bevilling": bevilling_claims,
    "effektuering": effektuering_claims,
}


def judge(kind: str) -> str:
    """Query over :ids: objekt, visible, and whether it may be counted when hidden (level 4 never is), with sources."""
    claims = CLAIMS[kind]("o.id")
    return f"""select o.id as objekt, {VISIBLE[kind]("o.id")} as visible,
      (select coalesce(max(q.niveau), 4) from ({claims}) q) < 4 as countable,
      (select array_agg(distinct q.source) from ({claims}) q) as sources
      from unnest(cast(:ids as uuid[])) as o(id)"""
