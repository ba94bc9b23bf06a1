"""What the sources say of an object's Ejer, primary KLE and Foelsomhed at one pair of instants, as SQL.

A claim is a row (source, cvr, kle, niveau). What a source says is what is in force; where nothing is, its last word
stands, so that an end of virkning opens nothing. A class said only by its UUID has the number that Klasse gives it;
what cannot be read at all is `UNKNOWN`. A silent source takes what the others state (the strictest level), and the
defaults of its Kilde only if none does: then every KLE area of the Kilde counts. `{objekt}` is any SQL expression that
gives the object's UUID.
"""

from typing import Any

from caseworker.tid import Tid

UNKNOWN = "?"
"""An Ejer or KLE that is stated but cannot be read; only the KLE pattern `*` covers it."""

NUMBER = "^[0-9][0-9]([.][0-9][0-9]){0,2}$"
"""A KLE number whole: of a main group, a group or a subject."""

TABLES = {
    "sag": (
        "sag", "sagindeks", "sagsklasse", "sagsaktoer", "sagspart", "fremdrift", "journalpost", "journalnotat",
        "sagsrelation", "sagsgenstand", "sagsitsystem", "frist",
    ),
    "dokument": (
        "dokument", "dokumentklasse", "dokumentaktoer", "dokumentpart", "dokumentfremdrift", "dokumentrelation",
    ),
    "bevilling": ("bevilling", "bevilgetydelse", "bevillingspart", "bevillingsaktoer", "bevillingssag"),
    "effektuering": (
        "oekonomiskeffektuering", "ydelseseffektuering", "effektueringspart", "effektueringsaktoer",
        "effektueringsitsystem",
    ),
    "krav": ("krav",),
}  # fmt: skip
"""Kind of object to every table whose rows are about it: a source of any of them has a say."""

_OWNER = {"sag": "sagsaktoer", "dokument": "dokumentaktoer", "bevilling": "bevillingsaktoer",
          "effektuering": "effektueringsaktoer"}  # fmt: skip
_CLASS = {"sag": "sagsklasse", "dokument": "dokumentklasse"}
_LEVEL = {"sag": "sagindeks", "dokument": "dokument", "bevilling": "bevilling"}


INSTANTS = """unnest(cast(:p_kendt as timestamptz[]), cast(:p_sand as timestamptz[]), cast(:p_nu as boolean[]),
  cast(:p_spurgt as boolean[])) as i(kendt, sand, nu, spurgt)"""
"""The pairs of instants by which a read is judged, as a table i; conditions and queries below stand beside it."""


def instants(tid: Tid) -> dict[str, list[Any]]:
    """The parameters of INSTANTS: what was asked for (`spurgt`), and with it everything that is known or true now."""
    pairs = [(k, s) for k in dict.fromkeys([tid.kendt, tid.nu]) for s in dict.fromkeys([tid.sand, tid.nu])]
    return {
        "p_kendt": [k for k, _ in pairs],
        "p_sand": [s for _, s in pairs],
        "p_nu": [k == tid.nu for k, _ in pairs],
        "p_spurgt": [k == tid.kendt for k, _ in pairs],
    }


def held(t: str) -> str:
    """SQL: the hub holds the row, and its source has not replaced it. Known now is whatever has not been closed."""
    until = f"({t}.kendt_til is null or {t}.kendt_til > i.kendt)"
    return f"((i.nu or {t}.kendt_fra <= i.kendt) and {until} and {t}.registreret_til is null)"


def in_force(t: str) -> str:
    """SQL: the row's virkning contains the instant."""
    since, until = f"{t}.virkning_fra", f"{t}.virkning_til"
    return f"(({since} is null or {since} <= i.sand) and ({until} is null or {until} > i.sand))"


def exists(kind: str, objekt: str) -> str:
    """SQL condition: anything at all is held about the object."""
    return "(" + " or ".join(
        f"exists (select 1 from {t} x where x.objekt = {objekt} and {held('x')})" for t in TABLES[kind]
    ) + ")"  # fmt: skip


def level(column: str) -> str:
    """SQL: a Foelsomhed; anything that is not on the ladder is its top."""
    return f"(case when {column} is null or {column} between 1 and 4 then {column} else 4 end)"


def claims(kind: str, objekt: str) -> str:
    """Query: source, cvr, kle, niveau of every claim about an object of a kind."""
    cvr = f"coalesce(a.cvr, substring(a.urn from '^urn:oio:cvr-nr:([0-9]{{8}})$'), '{UNKNOWN}')"
    number = (
        f"coalesce(c.brugervendt_noegle, substring(c.urn from '^urn:oio:kle:([0-9.]+)$'), {_numbered('c.reference')})"
    )
    kle = f"coalesce({number}, '{UNKNOWN}')"
    said = [_said(_OWNER[kind], "a", objekt, "{x}.rolle = 'ejer'")] if kind in _OWNER else []
    if kind in _CLASS:
        said.append(_said(_CLASS[kind], "c", objekt, "{x}.rolle = 'primaer_klasse'"))
    if kind in _LEVEL:
        said.append(_said(_LEVEL[kind], "l", objekt, "{x}.foelsomhed is not null"))
    sources = " union ".join(
        f"select x.source from {t} x where x.objekt = {objekt} and {held('x')}" for t in TABLES[kind]
    )
    return f"""select r.source, coalesce(r.cvr, max(r.cvr) over (), k.myndighed) as cvr,
      coalesce(r.kle, max(r.kle) over (), {area("d.kle")}) as kle,
      coalesce(r.niveau, max(r.niveau) over (), {level("k.foelsomhed")}, 4) as niveau
      from (select s.source,
        {f"case when a.id is not null then {cvr} end" if kind in _OWNER else "cast(null as text)"} as cvr,
        {f"case when c.id is not null then {kle} end" if kind in _CLASS else "cast(null as text)"} as kle,
        {level("l.foelsomhed") if kind in _LEVEL else "cast(null as integer)"} as niveau
        from ({sources}) s {" ".join(said)}) r
      left join kilde k on k.id = r.source left join lateral unnest(k.kle) as d(kle) on true"""


def _numbered(reference: str) -> str:
    """SQL: the KLE number that registers give a class (ADR 0086); null for none, several, or no KLE number."""
    return f"""(select max(n.brugervendt_noegle) from klasse n where n.objekt = {reference} and {held("n")}
      having count(distinct n.brugervendt_noegle) = 1 and max(n.brugervendt_noegle) ~ '{NUMBER}')"""


def area(column: str) -> str:
    """SQL: a KLE area of a Kilde as the number that stands for it (`27.*` is `27`)."""
    return f"regexp_replace({column}, '[.][*]$', '')"


def _said(table: str, t: str, objekt: str, what: str) -> str:
    """Join: what source s says in a table, in force; where nothing of it is, its last word."""

    def mine(x: str) -> str:
        return f"{x}.objekt = {objekt} and {x}.source = s.source and {held(x)} and {what.format(x=x)}"

    still = f"exists (select 1 from {table} z where {mine('z')} and {in_force('z')})"
    return f"left join {table} {t} on {mine(t)} and ({in_force(t)} or not {still})"
