"""Deadlines and tasks of visible cases."""

from datetime import date

from caseworker.overblik.models import Frist
from caseworker.overblik.sager import Sagsdata
from caseworker.protection import Mask
from caseworker.reading import is_true
from caseworker.tid import dansk_dag

OPEN = ("open", "paused")
"""Tilstand of what is still to be done."""


def build(data: Sagsdata, mask: Mask) -> list[Frist]:
    """All of them: the open ones first, by day, then the others; the same one from two systems once."""
    today = dansk_dag(data.tid.sand) or date.max
    seen: dict[tuple[object, ...], Frist] = {}
    for sag in data.ids:
        for row in data.by["frist"][sag]:
            if not is_true(row, data.tid):
                continue
            titel = mask.text(row["titel"]) or ART.get(row["art"], "Frist")
            is_open = row["tilstand"] is None or row["tilstand"] in OPEN
            dag = row["fristdato"]
            key = (sag, titel, dag, is_open)
            if key in seen:
                seen[key].kilder = sorted({*seen[key].kilder, row["source"]})
                continue
            seen[key] = Frist(
                sag=sag,
                titel=titel,
                tekst=mask.text(row["beskrivelse"]),
                dato=dag,
                aaben=is_open,
                i_bero=row["tilstand"] == "paused",
                overskredet=is_open and row["tilstand"] != "paused" and dag is not None and dag < today,
                venter_paa=row["venter_paa"],
                ansvarlig=mask.text(row["ansvarlig"]),
                kilder=[row["source"]],
            )
    return sorted(seen.values(), key=lambda f: (not f.aaben, f.dato or date.max, f.titel))


ART = {"frist": "Frist", "erindring": "Erindring", "opgave": "Opgave", "forventet_svar": "Forventet svar"}
"""What a deadline without a title of its own is called."""
