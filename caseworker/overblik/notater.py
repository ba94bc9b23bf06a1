"""Notes on visible cases, as plain text."""

import html
import re

from caseworker.overblik.models import Notat
from caseworker.overblik.sager import Sagsdata
from caseworker.protection import Mask

_TAG = re.compile(r"<(br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)


def build(data: Sagsdata, mask: Mask) -> list[Notat]:
    """All notes, newest first; the same note from two systems once."""
    seen: dict[tuple[object, ...], Notat] = {}
    for sag in data.ids:
        for row in data.now("journalnotat", sag):
            written = row["skrevet"] or row["registreret"] or row["virkning_fra"]
            note = Notat(
                sag=sag,
                titel=mask.text(row["titel"]),
                tekst=mask.text(plain(row["notat"])),
                skrevet=written,
                forfatter=mask.text(row["forfatter"]),
                kilde=row["source"],
            )
            seen.setdefault((sag, note.titel, note.tekst, written), note)
    return sorted(seen.values(), key=lambda n: n.skrevet.timestamp() if n.skrevet else 0.0, reverse=True)


def plain(text: str | None) -> str | None:
    """HTML as plain text; plain text as it is."""
    if not text or "<" not in text:
        return text
    return html.unescape(re.sub(r"<[^>]*>", "", _TAG.sub("\n", text))).strip()
