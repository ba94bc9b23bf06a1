"""The property behind the citizen's address: its land, its addresses now and before, from the registers."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from caseworker.reading import Connection, Row, facts, is_true, known, rows
from caseworker.tid import Tid, dansk_dag


class Ejendom(BaseModel):
    """The property that the citizen lives on; never told of a protected address."""

    bfe: str | None = None
    matrikler: list[str] = []
    adresser: list[str] = []
    tidligere: list[str] = []
    """Addresses that it had before, each with the day on which it ended."""
    hentet: datetime
    kilder: list[str] = []


_HERE = f"""
select distinct t.objekt from ejendom t where t.art = 'adresse' and t.vejnavn = :vejnavn and t.husnummer = :husnummer
  and t.postnummer = :postnummer and {known("t")}"""


def read(connection: Connection, adresser: list[Row], tid: Tid) -> list[Ejendom]:
    """Of the addresses in force that are somebody's home: the properties. The caller has made sure that none is
    protected."""
    found: list[UUID] = []
    for row in adresser:
        if row["art"] != "bopael" or not is_true(row, tid) or not (row["vejnavn"] and row["husnummer"]):
            continue
        number = str(row["husnummer"]).lstrip("0").replace(" ", "")
        asked = {"vejnavn": row["vejnavn"], "husnummer": number, "postnummer": row["postnummer"], **tid.params()}
        found += [r["objekt"] for r in rows(connection, _HERE, asked) if r["objekt"] not in found]
    told = facts(connection, "ejendom", found, tid)
    return [_ejendom([r for r in told if r["objekt"] == objekt], tid) for objekt in found]


def _ejendom(found: list[Row], tid: Tid) -> Ejendom:
    plots = [r for r in found if r["art"] == "jordstykke"]
    houses = [r for r in found if r["art"] == "adresse"]
    past = [r for r in houses if not is_true(r, tid)]
    return Ejendom(
        bfe=next((r["bfe_nummer"] for r in found if r["bfe_nummer"]), None),
        matrikler=sorted(_plot(r) for r in plots),
        adresser=sorted(_house(r) for r in houses if is_true(r, tid)),
        tidligere=[f"{_house(r)} (til {dansk_dag(r['virkning_til']):%d.%m.%Y})" for r in past if r["virkning_til"]],
        hentet=max(r["kendt_fra"] for r in found),
        kilder=sorted({r["source"] for r in found}),
    )


def _plot(row: Row) -> str:
    size = f", {row['areal']} m²" if row["areal"] else ""
    return f"{row['matrikelnummer']} {row['ejerlavsnavn'] or row['ejerlavskode'] or ''}".strip() + size


def _house(row: Row) -> str:
    town = " ".join(t for t in (row["postnummer"], row["postdistrikt"]) if t)
    return ", ".join(t for t in (f"{row['vejnavn']} {row['husnummer']}", town) if t)
