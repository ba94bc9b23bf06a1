"""KLE-online, KL's own edition of KLE: subjects and handlingsfacetter, their rules, retired and moved numbers."""

from collections.abc import Iterator

from canonical_model.draft import UNSET, Draft, Sent
from canonical_model.drafts import KlasseDraft
from connectors.contract import NAMELESS, Connector, Page, Record, listed
from connectors.dates import until
from connectors.rest import RestApi
from connectors.rest_pages import knock
from connectors.soap_node import TOM, Node
from connectors.soap_sheet import kept, left_out
from connectors.soap_xml import Held, Sheet, body, local, parse, sift

EMNER = ("emneplan", "KLE-Emneplan")
"""Main groups, groups and subjects: the path below the address, and the root of what is answered."""
FACETTER = ("handlingsfacetter", "KLE-Handlingsfacetter")
"""Handlingsfacetter and their categories: the same."""
WHOLE: dict[str, str | int] = {"udgaaede": "true", "uuid": "true"}
"""Asks for the whole plan, with what is retired, and with UUIDs."""
VEJLEDNING = "guidance to whoever files a case; KLE-online shows it"
BELOW = {"Hovedgruppe": "Gruppe", "Gruppe": "Emne", "HandlingsfacetKategori": "Handlingsfacet"}
"""Those that have classes below them, to what these are."""
SHEETS: dict[str, Sheet] = {
    art: {
        **kept(f"{art}Nr {art}Titel UUID BevaringJaevnfoerArkivloven SletningJaevnfoerPersondataloven"),
        f"{art}AdministrativInfo": {
            "OprettetDato": None, "RettetDato": "when a word of it was mended, which is not when it came into force",
            "Historisk": {
                "UdgaaetDato": None, "Flyttet": {"FlyttetDato": None, "AfloestAf": "the connector puts its UUID in"},
            },
        },
        **left_out(VEJLEDNING, f"{art}Vejledning {art}RetskildeReference {art}Filter"),
        **left_out(VEJLEDNING, f"{art}Stikord {art}OgHandlingsfacetStikord"),
        **left_out("a class of its own, a record of its own", BELOW.get(art, "")),
    }
    for art in ("Hovedgruppe", "Gruppe", "Emne", "HandlingsfacetKategori", "Handlingsfacet")
}  # fmt: skip
"""What a class can be, to its elements, whose names begin with what it is."""


def klasser(api: RestApi, path: str, root: str) -> Iterator[Page]:
    """Each class of a plan, with the UUIDs of the class above it and of what took its place."""
    found = [(e, local(str(e.tag))) for e in api.get_xml(path, root, WHOLE).iter() if local(str(e.tag)) in SHEETS]
    uuids: dict[object, str] = {e: e.findtext("{*}UUID", "").strip().lower() for e, _ in found}
    numbers = {(art, e.findtext(f"{{*}}{art}Nr", "").strip()): uuids[e] for e, art in found}
    records = list[Record]()
    for element, art in found:
        held, unknown = sift(element, SHEETS[art])
        said = {"art": art, "plan": root, "overordnet": uuids.get(element.getparent())}
        # What took its place is told by its number, in an element whose name begins with what it is: EmneNr.
        new = element.find(f"{{*}}{art}AdministrativInfo[1]//{{*}}AfloestAf[1]/*")
        if new is not None:
            said["afloest_af"] = numbers.get((local(str(new.tag))[:-2], (new.text or "").strip()))
        key = uuids[element] or f"{NAMELESS}{art}-" + element.findtext(f"{{*}}{art}Nr", "").strip()
        records.append(Record(key, body(held | {name: text for name, text in said.items() if text}), unknown))
    yield Page(records)


def klasse(record: Held) -> Iterator[Draft]:
    """A class as a fact: in force from the day it was made until it was retired or moved."""
    node = Node(record)
    art = node.value("art") or ""
    if art not in SHEETS:
        raise node.error("art", "no class of KLE")
    nummer, titel = node.value(f"{art}Nr"), node.value(f"{art}Titel")
    if not nummer or not titel:
        raise node.error(f"{art}Titel" if nummer else f"{art}Nr", "missing")
    info = node.one(f"{art}AdministrativInfo") or TOM
    historisk = info.one("Historisk") or TOM
    fra, retired = info.midnight("OprettetDato") or None, historisk.midnight("UdgaaetDato") or None
    moved = (historisk.one("Flyttet") or TOM).midnight("FlyttetDato") or None
    yield KlasseDraft(
        objekt=node.need_uuid("UUID"), virkning_fra=fra, virkning_til=until(fra, retired, moved),
        brugervendt_noegle=nummer, titel=titel, facet=node.text("plan"),
        overordnet=node.uuid("overordnet") or UNSET, afloest_af=node.uuid("afloest_af") or UNSET,
        bevaring=node.text("BevaringJaevnfoerArkivloven"), slettefrist=_slettefrist(node),
    )  # fmt: skip


def _slettefrist(node: Node) -> Sent[str]:
    """KL writes years as days, 365 of them each (P1825D is five years)."""
    said = node.varighed("SletningJaevnfoerPersondataloven")
    days = said[1:-1] if said and said.endswith("D") else ""
    years, rest = divmod(int(days), 365) if days.isdecimal() else (0, 1)
    return f"P{years}Y" if years and not rest else said


CONNECTOR: Connector[RestApi] = Connector(
    name="kle_online",
    system="KLE-online",
    open=RestApi,  # the service is open: no agreement and no key
    check=knock(FACETTER[0], WHOLE, root=FACETTER[1]),  # the shorter plan
    streams=(
        listed("emner", lambda api, ask: klasser(api, *EMNER), parse, klasse),
        listed("handlingsfacetter", lambda api, ask: klasser(api, *FACETTER), parse, klasse),
    ),
)
