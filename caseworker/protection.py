"""Name and address protection (CPR-loven par. 28): who is protected, and texts without the places they can be found."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from caseworker.places import NUMBER, composed, of_text, pattern
from caseworker.reading import Connection, Row, in_force, known, rows
from caseworker.tid import Tid, dansk_dag

SKJULT = "(adresse skjult)"
STED_SKJULT = "Titel skjult af hensyn til adressebeskyttelsen"

_PROTECTED = f"""
select t.objekt, max(t.virkning_til) as til, bool_or(t.virkning_til is null) as uden_udloeb
from beskyttelse t
where t.objekt = any(:ids) and t.art = 'navn_og_adresse' and t.registreret_til is null
  and (t.kendt_til is null or (t.kendt_fra <= :kendt and t.kendt_til > :kendt))
  and ({in_force("t", "nu")} or {in_force("t", "sand")})
group by t.objekt"""
_SEARCH_ROW = "select person from personopslag where person = any(:ids) and beskyttet"
_SAME = "select h.objekt from identitet o join identitet h using (art, nummer) where o.objekt = any(:ids)"
_KIN = f"""
select t.reference as objekt from personrelation t where t.objekt = any(:ids) and t.reference is not null
  and ({known("t")} or t.kendt_til is null) and ({in_force("t")} or {in_force("t", "nu")})"""
_SHARED = """
select p.person from personopslag p cross join lateral (
  select r.reference as other from personrelation r where r.objekt = p.person and r.kendt_til is null
  union all select r.objekt from personrelation r where r.reference = p.person and r.kendt_til is null) kin
where p.person = any(:ids)
  and p.adresse = (select o.adresse from personopslag o where o.person = kin.other and o.beskyttet)"""
_PLACES = """
select distinct objekt, vejnavn, husnummer, postnummer, postdistrikt, bynavn, lokalitet, conavn, tekst
from adresse where objekt = any(:ids)"""

_INSTITUTION = re.compile(
    r"(?i)vuggestue|børnehave|børnehus|dagpleje|daginstitution|dagtilbud|skole|\bsfo\b|fritids(hjem|klub)|ungdomsklub"
    r"|bosted|botilbud|plejecenter|plejehjem|krisecenter|herberg|lægehus|lægerne|egen læge|hjemmepleje(gruppe|distrikt)"
)


def protected(connection: Connection, ids: Iterable[UUID], tid: Tid) -> dict[UUID, date | None]:
    """Of these persons the protected ones, by any source, now or at the instants asked for; with the day it ends."""
    wanted = list(ids)
    if not wanted:
        return {}
    params = {"ids": wanted, **tid.params()}
    found: dict[UUID, date | None] = {r["person"]: None for r in rows(connection, _SEARCH_ROW, params)}
    for row in rows(connection, _PROTECTED, params):
        til = row["til"]
        ends = not row["uden_udloeb"] and isinstance(til, datetime)
        found[row["objekt"]] = dansk_dag(til) if ends else None
    return found


def circle(connection: Connection, ids: Iterable[UUID], tid: Tid) -> set[UUID]:
    """These persons and their relatives, by every UUID they ever had: whose protection texts about them must keep."""
    found = set(ids)
    for sql in (_SAME, _KIN, _SAME):
        if found:
            found |= {r["objekt"] for r in rows(connection, sql, {"ids": sorted(found), **tid.params()})}
    return found


def living_with_protected(connection: Connection, persons: Iterable[UUID]) -> set[UUID]:
    """Of these the ones whose address is that of a protected relative, and would give it away."""
    wanted = list(persons)
    return {r["person"] for r in rows(connection, _SHARED, {"ids": wanted})} if wanted else set()


class Mask:
    """Takes the places of protected persons out of titles, notes and names."""

    def __init__(self, connection: Connection, ids: Iterable[UUID]) -> None:
        """Read every address that the store ever held for the protected persons given."""
        wanted = list(ids)
        self._active = bool(wanted)
        found = rows(connection, _PLACES, {"ids": wanted}) if wanted else []
        patterns = sorted(_patterns(found), key=len, reverse=True)
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def text(self, value: str | None) -> str | None:
        """The text without any protected place; an institution's name hides the whole text."""
        if not value or not self._active:
            return value
        value = composed(value)
        if _INSTITUTION.search(value):
            return STED_SKJULT
        return self._pattern.sub(SKJULT, value) if self._pattern else value

    def hides(self, *values: str | None) -> bool:
        """Whether any of the texts tells of a protected place."""
        return any(v and self.text(v) != composed(v) for v in values)

    @property
    def active(self) -> bool:
        """Whether anybody on the page is protected."""
        return self._active


def _patterns(found: Iterable[Row]) -> set[str]:
    whole: set[str] = set()
    roads: set[str] = set()
    codes: set[str] = set()
    for p in found:
        whole |= {str(p[c]) for c in ("lokalitet", "conavn") if p[c]}
        if p["tekst"]:
            said = of_text(str(p["tekst"]))
            whole.update(said.hele)
            roads.update(said.veje)
        if p["vejnavn"]:
            roads.add(str(p["vejnavn"]))
        if p["postnummer"]:
            codes.add(str(p["postnummer"]))
            whole |= {f"{p['postnummer']} {p[c]}" for c in ("postdistrikt", "bynavn") if p[c]}
    patterns = {pattern(t) for t in whole if len(t) > 3}
    patterns |= {pattern(r) + NUMBER for r in roads if len(r) > 2}
    return {p for p in patterns if p} | {rf"\b{re.escape(c)}\b\s+[A-ZÆØÅ][\wæøå]+" for c in codes}
