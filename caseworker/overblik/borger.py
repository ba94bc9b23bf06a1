"""One citizen, read as a principal at two instants."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from caseworker.coverage import receipt
from caseworker.identity import Identity, identity
from caseworker.overblik import (
    afvigelser,
    dokumenter,
    ejendom,
    familie,
    frister,
    hvem,
    kontakter,
    krav,
    notater,
    penge,
    sager,
    tidslinje,
)
from caseworker.overblik.dele import Dele
from caseworker.overblik.judged import Judged
from caseworker.overblik.models import Opslagslinje, Skjult
from caseworker.overblik.views import Borgeroverblik
from caseworker.predicate import params, visible
from caseworker.principal import Principal
from caseworker.protection import Mask, circle, living_with_protected, protected
from caseworker.provenance import Rules
from caseworker.reading import Connection, Row, reading, rows
from caseworker.tid import Tid

LOOKBACK = timedelta(days=90)
_LOOKUPS = f"""
select tid, brugernavn, enhed, handling,
  case when handling = 'address' then split_part(formaal, ': ', 1) else formaal end as formaal
from opslag
where person = any(:ids) and resultat = 'shown' and tid > :since
  and ((handling not in ('sag', 'relation') and kriterium is distinct from 'sagsnummer') or not exists (
    select 1 from unnest(sager) as shown(sag) where not {visible("sag", "shown.sag::uuid")}))
order by tid desc, id desc limit 50"""
"""A lookup of a case is known to those only who may see the case."""


class UnknownPerson(Exception):
    """Nobody is known by the UUID."""


def read_borger(principal: Principal, person: UUID, tid: Tid) -> Borgeroverblik:
    """The whole page of one citizen. Raises UnknownPerson. The caller logs before anything is shown."""
    with reading() as connection:
        who = identity(connection, person, tid)
        if who is None:
            raise UnknownPerson
        return _read(connection, principal, who, tid)


def _read(connection: Connection, principal: Principal, who: Identity, tid: Tid) -> Borgeroverblik:
    rules = Rules(connection, tid)
    own = hvem.read_facts(connection, who, tid)
    dele = Dele(connection, who.ids, tid)
    judged = Judged(connection, principal, tid, "sag", dele.sager)
    data = sager.Sagsdata(connection, judged.visible, tid)
    relatives = familie.references(own["personrelation"], tid)
    others = {r["part"] for s in data.ids for r in data.by["sagspart"][s] if r["part"]}
    others |= dele.andre(dokumenter.filed(data))
    protection = protected(connection, circle(connection, {*who.ids, *relatives, *others}, tid), tid)
    mask = Mask(connection, protection)

    citizen = hvem.build(who, own, rules, tid, protection)
    if living_with_protected(connection, [who.person]):
        citizen = citizen.model_copy(update={"adresse": None})
    # A household may hold somebody protected whom the page does not name, and a property tells where it is.
    homes = ejendom.read(connection, own["adresse"], tid) if citizen.adresse and not mask.active else []
    cases = sager.order(data.kort(s, rules, mask) for s in data.ids)
    by_uuid = {s.uuid: s for s in cases}
    docs, judged_docs = dokumenter.read(connection, principal, tid, dele.dokumenter, data, by_uuid, rules, mask)
    money = penge.read(connection, principal, tid, dele, rules, mask)
    claims, judged_claims = krav.read(connection, principal, tid, dele.krav, rules, mask)
    notes = notater.build(data, mask)
    verdicts = (judged, judged_docs, money.bevillinger, money.effektueringer, judged_claims)
    return Borgeroverblik(
        coverage=receipt(
            connection,
            tid,
            who.ids,
            _shown(own, cases, docs, money.ydelser, money.udbetalinger, claims, homes),
            sum((v.hidden_sources for v in verdicts), Counter()),
        ),
        kendt=tid.kendt,
        sand=tid.sand,
        rejser=tid.rejser,
        hvem=citizen,
        ejendomme=homes,
        sager=cases,
        ydelser=money.ydelser,
        udbetalinger=money.udbetalinger,
        krav=claims,
        dokumenter=docs,
        notater=notes,
        frister=frister.build(data, mask),
        tidslinje=tidslinje.build(cases, docs, notes, money.ydelser, money.udbetalinger, own, tid),
        familie=familie.build(connection, own["personrelation"], tid, protection),
        kontakter=kontakter.build(data, mask),
        afvigelser=afvigelser.build(citizen, cases),
        opslag_paa_borgeren=_lookups(connection, principal, who, tid),
        skjult=Skjult(
            sager=judged.hidden,
            dokumenter=judged_docs.hidden,
            bevillinger=money.bevillinger.hidden,
            effektueringer=money.effektueringer.hidden,
            krav=judged_claims.hidden,
        ),
    )


def _shown(own: dict[str, list[Row]], *cards: Iterable[object]) -> Counter[str]:
    """How many facts and objects of the answer come from each source."""
    found: Counter[str] = Counter(r["source"] for table in own.values() for r in table)
    for group in cards:
        for card in group:
            found.update(getattr(card, "kilder", []))
    return found


def _lookups(connection: Connection, principal: Principal, who: Identity, tid: Tid) -> list[Opslagslinje]:
    since = {"ids": list(who.ids), "since": tid.nu - LOOKBACK}
    found = rows(connection, _LOOKUPS, {**since, **params(principal, tid)})
    return [
        Opslagslinje(tid=r["tid"], navn=r["brugernavn"], enhed=r["enhed"], handling=r["handling"], formaal=r["formaal"])
        for r in found
    ]
