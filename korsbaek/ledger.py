"""The town's own book: what it truly holds, what is wrong in it, and what each night changed."""

from typing import Any

from korsbaek import facts
from korsbaek.landscape import records
from korsbaek.systems.cpr.facts import FOUND
from korsbaek.town import Town

STREAMS = {
    "cpr/person": "asked by CPR number; a change shows when the person's turn comes or a message names them",
    "sdi/sager": "delta by StsTidspunkt; a removal shows only in a pass over all keys",
    "sdi/dokumenter": "delta by StsTidspunkt; a removal shows only in a pass over all keys",
    "ydi/bevillinger": "delta by StsTidspunkt; a removal shows only in a pass over all keys",
    "ydi/effektueringer": "delta by StsTidspunkt; a removal shows only in a pass over all keys",
    "nexus/borgere": "asked by CPR number; everything of a citizen each time, so removals show",
    "sbsys/sager": "listed whole each time, so removals show",
    "sbsys/dokumenter": "asked by case; all documents each time, so removals show",
    "sbsys/journalarknotater": "asked by case; all notes each time, so removals show",
    "sbsys/erindringer": "asked by case; all reminders each time, so removals show",
}
"""Each stream, and what its contract can reveal."""
_LAST = "'$.registreringer[' || (json_array_length(body, '$.registreringer') - 1) || '].notater'"
_NOTES = f"coalesce(sum(json_array_length(body, {_LAST})), 0)"
_STATES = _LAST.replace("notater", "fremdrift")
_REMINDERS = (
    f"select count(*) from sag, json_each(body, {_STATES}) as state "
    "where sbsys is not null and json_extract(state.value, '$.status') <> 'Afsluttet'"
)
_KNOWN = "cpr in (select cpr from population)"
_IN_SBSYS = "from sag where sbsys is not null"
COUNTS = {
    "cpr/person": ("select count(*) from person", f"select count(*) from person where {FOUND}"),
    "sdi/sager": ("select count(*) from sag where indeks = 1",),
    "sdi/dokumenter": ("select count(*) from dokument where indeks = 1",),
    "ydi/bevillinger": ("select count(*) from bevilling",),
    "ydi/effektueringer": ("select count(*) from effektuering",),
    "nexus/borgere": (
        "select (select count(*) from nexus) + (select count(*) from nexusref)",
        f"select (select count(*) from nexus where {_KNOWN}) + (select count(*) from nexusref "
        f"join nexus on patient = nexus.id where {_KNOWN})",
    ),
    "sbsys/sager": (f"select count(*) {_IN_SBSYS}",),
    "sbsys/dokumenter": ("select count(*) from dokument where sbsys = 1",),
    "sbsys/journalarknotater": (f"select {_NOTES} {_IN_SBSYS}",),
    "sbsys/erindringer": (_REMINDERS,),
}
"""How many records a stream has, and how many of them can be found from the citizens that the listed systems name.

Whoever is named by a former number as well as by the one in force is one person at CPR."""


def ledger(town: Town) -> dict[str, Any]:
    """Everything; the town's own truth, so it holds the numbers of its invented people."""
    nights = int(town.meta("nights"))
    return {
        "day": town.meta("day"),
        "born": town.meta("born"),
        "seed": int(town.meta("seed")),
        "citizens": int(town.meta("citizens")),
        "showcase": {"cpr": town.meta("showcase"), "holds": _showcase(town)},
        "population": [cpr for (cpr,) in town.rows("select cpr from population order by cpr")],
        "companies": sorted(records.companies(town)),
        "replaced": [
            {"former": old, "cpr": cpr}
            for old, cpr in town.rows("select f.cpr, p.cpr from former f join person p on p.nr = f.nr order by 1")
        ],
        "streams": {
            name: {
                "records": town.rows(counts[0])[0][0],
                "reachable": town.rows(counts[-1])[0][0],
                "malformed": town.rows(
                    "select count(*) from fejl where system || '/' || stream = ? "
                    "and mended is null and tolereret is null",
                    (name,),
                )[0][0],
                "contract": STREAMS[name],
            }
            for name, counts in COUNTS.items()
        }
        | records.counts(town),
        "kinds": _kinds(town),
        "facts": facts.counts(town),
        "malformed": _rows(
            town,
            "select system, stream, key, slags as kind, felt as field, owner, mended from fejl "
            "where tolereret is null order by rowid",
        ),
        "guide_breaks": _rows(town, "select system, stream, key, slags as kind from brud order by rowid")
        + _rows(
            town,
            "select system, stream, key, slags as kind, tolereret as why, mended from fejl "
            "where tolereret is not null order by rowid",
        ),
        "nights": [one_night(town, number) for number in range(1, nights + 1)],
    }


def one_night(town: Town, number: int) -> dict[str, Any]:
    """What one night changed: by stream, how many, which, and how much of it shows outside and by what."""
    streams: dict[str, Any] = {}
    rows = town.rows(
        "select system || '/' || stream, key, owner, what, revealed from change where night = ? order by rowid",
        (number,),
    )
    for name, key, owner, what, shown in rows:
        at = streams.setdefault(name, {"counts": {}, "revealed": {}, "records": []})
        at["counts"][what] = at["counts"].get(what, 0) + 1
        by = at["revealed"].setdefault(shown, {})
        by[what] = by.get(what, 0) + 1
        at["records"].append({"key": key, "owner": owner, "what": what, "revealed": shown})
    return {"night": number, "streams": streams}


def _rows(town: Town, sql: str) -> list[dict[str, Any]]:
    cursor = town.db.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _kinds(town: Town) -> dict[str, dict[str, int]]:
    counts = {
        "cpr": {"person": "select count(*) from person", "tidligere_nummer": "select count(*) from former"},
        "sdi": {
            "sag": "select count(*) from sag where indeks = 1",
            "dokument": "select count(*) from dokument where indeks = 1",
        },
        "ydi": {
            "bevilling": "select count(*) from bevilling",
            "effektuering": "select count(*) from effektuering",
        },
        "nexus": {
            "patient": "select count(*) from nexus",
            "forloeb": "select count(*) from nexusref where art = 'forloeb'",
            "indsats": "select count(*) from nexusref where art = 'indsats'",
        },
        "sbsys": {
            "sag": f"select count(*) {_IN_SBSYS}",
            "dokument": "select count(*) from dokument where sbsys = 1",
            "journalarknotat": f"select {_NOTES} {_IN_SBSYS}",
            "erindring": _REMINDERS,
        },
    }
    first = {system: {kind: town.rows(sql)[0][0] for kind, sql in kinds.items()} for system, kinds in counts.items()}
    return first | records.kinds(town)


def _showcase(town: Town) -> dict[str, int]:
    cpr = town.meta("showcase")
    sager = list(town.sager_of("cpr", cpr))
    patient = town.nexus_by_cpr(cpr)
    counts = town.rows(
        "select count(distinct b.bevilling), (select count(*) from effektuering where nummer = ?) "
        "from bevillingspart b where nummer = ?",
        (cpr, cpr),
    )[0]
    return {
        "cpr": 1,
        "sdi": sum(s.indeks for s in sager),
        "ydi": counts[0],
        "effektueringer": counts[1],
        "nexus": len(patient.forloeb) + len(patient.indsatser) if patient else 0,
        "sbsys": sum(s.sbsys is not None for s in sager),
    }
