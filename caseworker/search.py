"""One box: CPR number, name, address or sagsnummer. No fishing: two names or a birth date, and 20 hits at most."""

import re
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from canonical_model.folding import fold
from caseworker.coverage import receipt
from caseworker.omtale import Omtale, gathered
from caseworker.overblik.judged import Judged
from caseworker.overblik.models import Sagskort
from caseworker.overblik.sag import about_parties, parties
from caseworker.overblik.sager import Sagsdata
from caseworker.overblik.views import View
from caseworker.principal import SE_OVERBLIK, SOEG_BORGER, Principal
from caseworker.protection import Mask, circle, living_with_protected, protected
from caseworker.provenance import Rules
from caseworker.reading import Connection, Row, known, reading, rows
from caseworker.tid import Tid, alder, dansk_dag

MOST = 20
_CPR = re.compile(r"(\d{6})[- ]?(\d{4})")
_DATE = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")

Art = Literal["cpr", "navn", "adresse", "sagsnummer"]

_BY_NUMBER = """
select h.objekt as found, coalesce(o.objekt, h.objekt) as person from identitet h
left join identitet o on o.art = h.art and o.nummer = h.nummer and o.kendt_til is null
where h.art = 'cpr' and h.nummer = :nummer order by (h.kendt_til is null) desc, h.id limit 1"""
_NUMBERS = """
select objekt, nummer from identitet where objekt = any(:ids) and art = 'cpr' and kendt_til is null
order by (virkning_til is null or virkning_til > :sand), virkning_fra nulls first, id desc"""
_SELECT = "select person, navn, adresse, foedselsdato, beskyttet, doed from personopslag p where "
_NAME = (
    _SELECT + "to_tsvector('simple', navn_ord) @@ to_tsquery('simple', :q)"
    " and (cast(:born as date) is null or foedselsdato = :born) order by navn_sort, person limit :most"
)
_ADDRESS = (
    _SELECT + "to_tsvector('simple', adresse_ord) @@ to_tsquery('simple', :q) and not beskyttet"
    " order by navn_sort, person limit :most"
)
_CASES = f"select distinct t.objekt from sag t where lower(t.sagsnummer) = lower(:q) and {known('t')} limit 200"


def needed(typed: str) -> str:
    """The role that a search asks for: cases are the overview's, found by number; citizens are looked up."""
    return SE_OVERBLIK if kind(_plain(typed)) == "sagsnummer" else SOEG_BORGER


class Borgertraef(BaseModel):
    """A citizen found; a protected address is not here."""

    person: UUID
    navn: str | None = None
    cpr: str | None = None
    alder: int | None = None
    adresse: str | None = None
    beskyttet: bool = False
    doed: bool = False
    tidligere_nummer: bool = False
    """The number asked for has been replaced by the one in `cpr`."""


class Soegesvar(View):
    """What a search found."""

    art: Art
    borgere: list[Borgertraef] = []
    sager: list[Sagskort] = []
    flere: bool = False
    """There are more than the answer may hold."""
    skjulte_sager: int = 0
    afvist: str | None = None
    """Why the search was not made, in Danish."""

    @property
    def omtalte(self) -> list[Omtale]:
        """The citizens found, and those whom the cases found are about."""
        return gathered([*(Omtale(b.person) for b in self.borgere), *self._omtalte])


def kind(q: str) -> Art:
    """What the caseworker has typed."""
    if _CPR.fullmatch(q):
        return "cpr"
    if " " not in q and re.search(r"\d", q) and not _DATE.fullmatch(q):
        return "sagsnummer"
    rest = fold(_DATE.sub(" ", q)).split()
    if any(w.isdigit() or re.fullmatch(r"\d+[a-z]", w) for w in rest) and any(w.isalpha() for w in rest):
        return "adresse"
    return "navn"


def search(principal: Principal, typed: str, tid: Tid) -> Soegesvar:
    """Search as a principal. The caller logs before anything is shown."""
    q = _plain(typed)
    art = kind(q)
    with reading() as connection:
        if art == "sagsnummer":
            return _by_case(connection, principal, q, tid)
        if art == "cpr":
            return _by_number(connection, "".join(filter(str.isdigit, q)), tid)
        return _by_words(connection, q, art, tid)


def _plain(typed: str) -> str:
    return " ".join(typed.split())[:120]


def _by_number(connection: Connection, number: str, tid: Tid) -> Soegesvar:
    found = rows(connection, _BY_NUMBER, {"nummer": number})
    hits: list[Row] = []
    if found:
        ids = [found[0]["person"]]
        hits = rows(connection, _SELECT + "person = any(:ids)", {"ids": ids}) or [_nameless(ids[0])]
    people = _people(connection, hits, tid)
    people = [p.model_copy(update={"tidligere_nummer": p.cpr is not None and p.cpr != number}) for p in people]
    return Soegesvar(coverage=receipt(connection, tid, [p.person for p in people]), art="cpr", borgere=people)


def _by_words(connection: Connection, q: str, art: Art, tid: Tid) -> Soegesvar:
    born = _born(q) if art == "navn" else None
    asked = fold(_DATE.sub(" ", q) if born else q).split()
    if len(asked) < (1 if born else 2):
        why = "Skriv mindst to navne, eller et navn og en fødselsdato (dd.mm.åååå)."
        return Soegesvar(coverage=receipt(connection, tid), art=art, afvist=why)
    query = " & ".join(f"'{w}'" if w.isdigit() else f"'{w}':*" for w in asked)
    sql = _NAME if art == "navn" else _ADDRESS
    hits = rows(connection, sql, {"q": query, "born": born, "most": MOST + 1})
    people = _people(connection, hits[:MOST], tid)
    if art == "adresse":
        people = [p for p in people if p.adresse]
    return Soegesvar(coverage=receipt(connection, tid), art=art, borgere=people, flere=len(hits) > MOST)


def _by_case(connection: Connection, principal: Principal, q: str, tid: Tid) -> Soegesvar:
    found = [r["objekt"] for r in rows(connection, _CASES, {"q": q, **tid.params()})]
    judged = Judged(connection, principal, tid, "sag", found)
    data = Sagsdata(connection, judged.visible[:MOST], tid)
    people = {p for s in data.ids for p in parties(data, s)}
    mask = Mask(connection, protected(connection, circle(connection, people, tid), tid))
    rules = Rules(connection, tid)
    svar = Soegesvar(
        coverage=receipt(connection, tid),
        art="sagsnummer",
        sager=[data.kort(s, rules, mask) for s in data.ids],
        flere=len(judged.visible) > MOST,
        skjulte_sager=judged.hidden,
    )
    return svar.about(about_parties(connection, data) or [Omtale(None, tuple(data.ids))])


def _people(connection: Connection, hits: list[Row], tid: Tid) -> list[Borgertraef]:
    ids = [h["person"] for h in hits]
    shielded = protected(connection, ids, tid)
    beside = living_with_protected(connection, ids)
    found = rows(connection, _NUMBERS, {"ids": ids, **tid.params()}) if ids else []
    numbers = {r["objekt"]: r["nummer"] for r in found}
    return [
        Borgertraef(
            person=h["person"],
            navn=h["navn"],
            cpr=numbers.get(h["person"]),
            alder=None if h["doed"] else alder(h["foedselsdato"], dansk_dag(tid.nu)),
            adresse=None if h["beskyttet"] or h["person"] in shielded or h["person"] in beside else h["adresse"],
            beskyttet=h["beskyttet"] or h["person"] in shielded,
            doed=h["doed"],
        )
        for h in hits
    ]


def _nameless(person: UUID) -> dict[str, Any]:
    return {
        "person": person, "navn": None, "adresse": None, "foedselsdato": None, "beskyttet": True, "doed": False,
    }  # fmt: skip


def _born(q: str) -> date | None:
    match = _DATE.search(q)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
