"""A class of KLE-online as a fact: in force from the day it was made until it was retired or moved."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from canonical_model.draft import UNSET, Draft, Sent
from canonical_model.drafts import KlasseDraft
from connectors.dates import midnight
from connectors.kle_online.sheet import SHEETS
from connectors.soap_node import TOM, Node
from connectors.soap_xml import Held

DAGE = re.compile(r"P(\d{1,5})D", re.ASCII)
VARIGHED = re.compile(r"P(?=\d)(\d{1,3}Y)?(\d{1,3}M)?(\d{1,5}D)?", re.ASCII)


def klasse(record: Held) -> Iterator[Draft]:
    """What one record says."""
    node = Node(record)
    art = node.value("art") or ""
    if art not in SHEETS:
        raise node.error("art", "no class of KLE")
    nummer, titel = node.value(f"{art}Nr"), node.value(f"{art}Titel")
    if not nummer or not titel:
        raise node.error(f"{art}Titel" if nummer else f"{art}Nr", "missing")
    fra, til = _gaelder(node, art)
    yield KlasseDraft(
        objekt=node.need_uuid("UUID"),
        virkning_fra=fra,
        virkning_til=til,
        brugervendt_noegle=nummer,
        titel=titel,
        facet=node.text("plan"),
        overordnet=node.uuid("overordnet") or UNSET,
        afloest_af=node.uuid("afloest_af") or UNSET,
        bevaring=node.text("BevaringJaevnfoerArkivloven"),
        slettefrist=_slettefrist(node),
    )


def _gaelder(node: Node, art: str) -> tuple[datetime | None, datetime | None]:
    info = node.one(f"{art}AdministrativInfo") or TOM
    historisk = info.one("Historisk") or TOM
    fra = _dag(info, "OprettetDato")
    slut = [_dag(historisk, "UdgaaetDato"), _dag(historisk.one("Flyttet") or TOM, "FlyttetDato")]
    til = min((day for day in slut if day), default=None)
    return fra, max(fra, til) if fra and til else til


def _dag(node: Node, name: str) -> datetime | None:
    found = node.dato(name)
    try:
        return midnight(found) if isinstance(found, date) else None
    except OverflowError:
        raise node.error(name, "not a time") from None


def _slettefrist(node: Node) -> Sent[str]:
    """An xs:duration; KL writes years as days, 365 of them each (P1825D is five years)."""
    name = "SletningJaevnfoerPersondataloven"
    said = node.text(name)
    if not said:
        return said
    if not VARIGHED.fullmatch(said):
        raise node.error(name, "not a duration")
    days = DAGE.fullmatch(said)
    years, rest = divmod(int(days[1]), 365) if days else (0, 1)
    return f"P{years}Y" if years and not rest else said
