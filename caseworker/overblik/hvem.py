"""Who the citizen is: names, civil status, protection and the ways to reach them, chosen among the sources."""

from datetime import date
from typing import Any
from uuid import UUID

from caseworker.identity import Identity
from caseworker.overblik.models import Hvem
from caseworker.provenance import Felt, Rules
from caseworker.reading import Connection, Row, facts_of, is_true
from caseworker.tid import Tid, alder, dansk_dag

CIVILSTAND = {
    "U": "Ugift", "G": "Gift", "F": "Skilt", "E": "Enke/enkemand", "P": "Registreret partner",
    "O": "Ophævet partnerskab", "L": "Længstlevende partner", "D": "Død",
}  # fmt: skip
STATUS = {20: "Uden fast bopæl", 30: "Annulleret", 50: "Slettet", 60: "Ændret nummer", 70: "Forsvundet", 80: "Udrejst"}
DOED = 90
DIGITAL_POST = {True: "Tilmeldt Digital Post", False: "Ikke tilmeldt Digital Post"}
TABLES = ("person", "navn", "adresse", "kontaktoplysning", "personrelation")


def read_facts(connection: Connection, who: Identity, tid: Tid) -> dict[str, list[Row]]:
    """The person's own facts by table."""
    return facts_of(connection, TABLES, who.ids, tid)


def build(
    who: Identity, found: dict[str, list[Row]], rules: Rules, tid: Tid, protection: dict[UUID, date | None]
) -> Hvem:
    """Who the citizen is. The address is left out when it is protected."""
    now = {table: [r for r in found[table] if is_true(r, tid)] for table in TABLES}
    navn = rules.choose("navn", now["navn"], helt_navn)
    foedt = next((r["foedselsdato"] for r in rules.order("person", found["person"]) if r["foedselsdato"]), None)
    status = next((r for r in rules.order("person", now["person"]) if r["status"] is not None), None)
    doed = bool(status and status["status"] == DOED)
    doedsdato = dansk_dag(status["statusdato"] or status["virkning_fra"]) if status and doed else None
    protected = bool(protection.keys() & set(who.ids))
    return Hvem(
        uuid=who.person,
        navn=navn,
        tidligere_navne=_former(found["navn"], navn.vaerdi, tid),
        cpr=who.cpr,
        tidligere_cpr=list(who.former),
        foedselsdato=foedt,
        alder=alder(foedt, doedsdato or dansk_dag(tid.sand)),
        civilstand=rules.choose(
            "civilstand", now["person"], lambda r: CIVILSTAND.get(r["civilstand"], r["civilstand"])
        ),
        statsborgerskab=next((r["statsborgerskab"] for r in now["person"] if r["statsborgerskab"]), None),
        status=STATUS.get(status["status"]) if status else None,
        doed=doed,
        doedsdato=doedsdato,
        beskyttet=protected,
        beskyttet_til=next((d for i, d in protection.items() if i in who.ids and d), None) if protected else None,
        adresse=None if protected else adresse(found, rules, tid),
        telefon=rules.choose("kontakt", _kontakt(now, "mobil", "telefon"), "vaerdi"),
        email=rules.choose("kontakt", _kontakt(now, "email"), "vaerdi"),
        digital_post=rules.choose("digitalpost", now["person"], lambda r: DIGITAL_POST.get(r["tilmeldt_digitalpost"])),
        tilbageholdt=sorted({field for rows in now.values() for r in rows for field in r["withheld"] or []}),
    )


def adresse(found: dict[str, list[Row]], rules: Rules, tid: Tid) -> Felt:
    """The address in force: where the person lives, else where they can be reached."""
    now = [r for r in found["adresse"] if is_true(r, tid)]
    for art in ("bopael", "kontakt", "udland"):
        felt = rules.choose("adresse", [r for r in now if r["art"] == art], hel_adresse)
        if felt.vaerdi:
            return felt
    return Felt()


def helt_navn(row: Row) -> str | None:
    """The whole name of a Navn fact."""
    parts = [row["fornavn"], row["mellemnavn"], row["efternavn"]]
    return " ".join(p for p in parts if p) or row["adresseringsnavn"]


def hel_adresse(row: Row) -> str | None:
    """The whole address of an Adresse fact."""
    if not row["vejnavn"]:
        return str(row["tekst"]) if row["tekst"] else None
    number = str(row["husnummer"] or "").lstrip("0")
    floor = " ".join(str(v).lstrip("0") for v in (row["etage"], row["sidedoer"]) if v)
    road = f"{row['vejnavn']} {number}".strip() + (f", {floor}" if floor else "")
    town = " ".join(str(v) for v in (row["postnummer"], row["postdistrikt"]) if v)
    return ", ".join(p for p in (road, row["bynavn"], town) if p)


def _former(rows: list[Row], current: str | None, tid: Tid) -> list[str]:
    names: list[str] = []
    for row in rows:
        name: Any = helt_navn(row)
        ended = row["virkning_til"] is not None and row["virkning_til"] <= tid.sand
        if ended and name and name != current and name not in names:
            names.append(name)
    return names


def _kontakt(now: dict[str, list[Row]], *arter: str) -> list[Row]:
    return [r for art in arter for r in now["kontaktoplysning"] if r["art"] == art]
