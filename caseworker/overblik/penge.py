"""Money: granted benefits and payments, each behind the predicate of its own."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from caseworker.overblik.dele import Dele
from caseworker.overblik.judged import Judged
from caseworker.overblik.models import Udbetaling, Ydelse
from caseworker.predicate import params, ydelse_visible
from caseworker.principal import Principal
from caseworker.protection import Mask
from caseworker.provenance import Rules
from caseworker.reading import Connection, Row, facts, facts_of, known, rows
from caseworker.tid import Tid

_LINES = f"""select y.* from bevilgetydelse y where y.objekt = any(:ids) and {known("y")} and {ydelse_visible("y")}
order by y.startdato nulls first, y.id"""


@dataclass(frozen=True)
class Penge:
    """What is granted and paid, and the verdicts."""

    ydelser: list[Ydelse]
    udbetalinger: list[Udbetaling]
    bevillinger: Judged
    effektueringer: Judged


def read(connection: Connection, principal: Principal, tid: Tid, dele: Dele, rules: Rules, mask: Mask) -> Penge:
    """Benefits, running ones first; payments, the latest first."""
    bevillinger = Judged(connection, principal, tid, "bevilling", dele.bevillinger)
    lines: dict[tuple[UUID, str], list[Row]] = defaultdict(list)
    if bevillinger.visible:
        for row in rows(connection, _LINES, {"ids": bevillinger.visible, **params(principal, tid)}):
            lines[row["objekt"], row["ydelse_id"]].append(row)
    linked = [r for r in facts(connection, "bevillingssag", bevillinger.visible, tid) if r["reference"]]
    shown = set(Judged(connection, principal, tid, "sag", [r["reference"] for r in linked]).visible)
    sager = {r["objekt"]: r["reference"] for r in linked if r["reference"] in shown}
    ydelser = [_ydelse(key, found, sager.get(key[0]), rules, mask, tid) for key, found in lines.items()]
    paid = dele.effektueringer(bevillinger.visible)
    effektueringer = Judged(connection, principal, tid, "effektuering", paid)
    return Penge(
        ydelser=sorted(_once(ydelser), key=lambda y: (not y.loebende, -(y.fra.timestamp() if y.fra else 0.0))),
        udbetalinger=_udbetalinger(connection, effektueringer.visible, ydelser, rules, mask, tid),
        bevillinger=bevillinger,
        effektueringer=effektueringer,
    )


def _ydelse(key: tuple[UUID, str], found: list[Row], sag: UUID | None, rules: Rules, mask: Mask, tid: Tid) -> Ydelse:
    best = rules.order("ydelse", found)
    first = best[0]
    til = next((r["slutdato"] for r in best if r["slutdato"]), None)
    plan = next((r for r in best if r["beloeb"] is not None), first)
    navn = rules.choose("ydelse", found, lambda r: r["ydelsesnavn"] or r["navn"] or r["klassetitel"]).vaerdi
    return Ydelse(
        bevilling=key[0],
        ydelse_id=key[1],
        navn=mask.text(navn) or "Ydelse",
        fra=next((r["startdato"] for r in best if r["startdato"]), first["virkning_fra"]),
        til=til,
        beloeb=plan["beloeb"],
        frekvens=plan["frekvens"],
        status=next((r["status"] for r in best if r["status"]), None),
        loebende=til is None or til > tid.sand,
        kle=next((r["kle"] for r in best if r["kle"]), None),
        sag=sag,
        kilder=sorted({r["source"] for r in found}),
    )


def _once(found: list[Ydelse]) -> list[Ydelse]:
    """The same benefit told by two systems (same name, start and amount) is one line naming both."""
    seen: dict[tuple[object, ...], Ydelse] = {}
    for y in found:
        key = (y.navn.casefold(), y.fra, y.beloeb)
        twin = seen.get(key)
        if twin is not None and not set(twin.kilder) & set(y.kilder):
            seen[key] = twin.model_copy(update={"kilder": sorted({*twin.kilder, *y.kilder})})
        else:
            seen[key if twin is None else (*key, y.bevilling, y.ydelse_id)] = y
    return list(seen.values())


def _udbetalinger(
    connection: Connection, ids: list[UUID], ydelser: list[Ydelse], rules: Rules, mask: Mask, tid: Tid
) -> list[Udbetaling]:
    names = {(y.bevilling, y.ydelse_id): (y.navn, y.kle) for y in ydelser}
    what: dict[UUID, tuple[str, str | None]] = {}
    said = facts_of(connection, ("ydelseseffektuering", "oekonomiskeffektuering"), ids, tid)
    for line in said["ydelseseffektuering"]:
        known_as = names.get((line["bevilling"], line["ydelse_id"] or ""))
        if known_as:
            what[line["objekt"]] = known_as
    payments: dict[UUID, list[Row]] = defaultdict(list)
    for row in said["oekonomiskeffektuering"]:
        payments[row["objekt"]].append(row)
    result = []
    for objekt, found in payments.items():
        best = rules.order("ydelse", found)
        paid = next((r["beloeb_udbetalt"] for r in best if r["beloeb_udbetalt"] is not None), None)
        dato = next((d for r in best for d in (r["dispositionsdato"], r["slutdato"]) if d), None)
        name, kle = what.get(objekt, (None, None))
        result.append(
            Udbetaling(
                uuid=objekt,
                navn=name or mask.text(best[0]["udbetalt_tekst"] or best[0]["sendt_tekst"]) or "Udbetaling",
                dato=dato,
                beloeb=paid if paid is not None else next((_amount(r) for r in best if _amount(r) is not None), None),
                kommende=dato is not None and dato > tid.sand,
                kle=kle,
                kilder=sorted({r["source"] for r in found}),
            )
        )
    return sorted(_paid_once(result), key=lambda u: u.dato.timestamp() if u.dato else 0.0, reverse=True)


def _paid_once(found: list[Udbetaling]) -> list[Udbetaling]:
    """The same payment told by two systems under ids of their own (same name, day and amount) is one line naming both;
    two that one system tells are two."""
    kept: list[Udbetaling] = []
    for u in found:
        alike = (
            n
            for n, twin in enumerate(kept)
            if u.dato and u.beloeb is not None and (u.navn.casefold(), u.dato, u.beloeb)
            == (twin.navn.casefold(), twin.dato, twin.beloeb) and not set(twin.kilder) & set(u.kilder)
        )  # fmt: skip
        place = next(alike, None)
        if place is None:
            kept.append(u)
        else:
            kept[place] = kept[place].model_copy(update={"kilder": sorted({*kept[place].kilder, *u.kilder})})
    return kept


def _amount(row: Row) -> Decimal | None:
    return next((row[c] for c in ("beloeb_sendt", "beloeb_efter_skat", "bruttobeloeb") if row[c] is not None), None)
