"""The timeline over all systems, made of what the page already shows, so that it can show nothing else."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from uuid import UUID

from caseworker.overblik.hvem import helt_navn
from caseworker.overblik.models import TRIN, Art, Dokumentkort, Haendelse, Notat, Sagskort, Udbetaling, Ydelse
from caseworker.reading import Row
from caseworker.tid import DANISH, Tid, dansk_dag


def build(
    sager: Iterable[Sagskort],
    dokumenter: Iterable[Dokumentkort],
    notater: Iterable[Notat],
    ydelser: Iterable[Ydelse],
    udbetalinger: Iterable[Udbetaling],
    person: Mapping[str, list[Row]],
    tid: Tid,
) -> list[Haendelse]:
    """Everything that has happened until tid.sand, newest first."""
    sager = list(sager)
    kle = {s.uuid: s.kle for s in sager}
    found = [*_stamdata(person)]
    for sag in sager:
        for trin in sag.forloeb:
            text = f"{sag.titel.vaerdi}: {TRIN[trin.trin].lower()}"
            found.append(_event(trin.fra, "sag", text, sag.kilder, sag.kle, sag.uuid))
    for dok in dokumenter:
        text = f"{dok.titel.vaerdi}" + (f" ({dok.type.lower()})" if dok.type else "")
        found.append(_event(dok.dato, "dok", text, dok.kilder, dok.kle, dok.sag))
    for notat in notater:
        text = f"Notat: {notat.titel or 'uden titel'}"
        found.append(_event(notat.skrevet, "notat", text, [notat.kilde], kle.get(notat.sag), notat.sag))
    for ydelse in ydelser:
        found.append(_event(ydelse.fra, "ydelse", f"{ydelse.navn} bevilget", ydelse.kilder, ydelse.kle, ydelse.sag))
    for betaling in udbetalinger:
        if not betaling.kommende:
            text = f"{betaling.navn} udbetalt"
            found.append(_event(betaling.dato, "ydelse", text, betaling.kilder, betaling.kle, None))
    return sorted((e for e in found if e and e.tid <= tid.sand), key=lambda e: e.tid, reverse=True)


def narrow(
    events: Iterable[Haendelse],
    art: str | None = None,
    kilde: str | None = None,
    kle: str | None = None,
    fra: date | None = None,
    til: date | None = None,
) -> list[Haendelse]:
    """The events of one kind, source, KLE area (32 covers 32.24) and period, both days included."""
    area = (kle or "").removesuffix("*").rstrip(".")
    return [
        e
        for e in events
        if (not art or e.art == art)
        and (not kilde or kilde in e.kilde.split(", "))
        and (not area or (e.kle is not None and (e.kle == area or e.kle.startswith(area + "."))))
        and (fra is None or (dansk_dag(e.tid) or fra) >= fra)
        and (til is None or (dansk_dag(e.tid) or til) <= til)
    ]


def _event(
    when: datetime | date | None, art: Art, text: str, kilder: list[str], kle: str | None, objekt: UUID | None
) -> Haendelse | None:
    if when is None:
        return None
    tid = when if isinstance(when, datetime) else datetime.combine(when, time(12), DANISH)
    return Haendelse(tid=tid, art=art, tekst=text, kilde=", ".join(kilder), kle=kle, objekt=objekt)


def _stamdata(person: Mapping[str, list[Row]]) -> list[Haendelse | None]:
    found: list[Haendelse | None] = []
    seen: set[tuple[str, date | None]] = set()
    for table, text in (("adresse", "Ny adresse"), ("navn", "Nyt navn")):
        rows = [r for r in person[table] if table != "adresse" or r["art"] == "bopael"]
        for row in rows[1:] if table == "navn" else rows:
            key = (table, dansk_dag(row["virkning_fra"]))
            if key not in seen and (table != "navn" or helt_navn(row)):
                seen.add(key)
                found.append(_event(row["virkning_fra"], "data", text, [row["source"]], None, None))
    return found
