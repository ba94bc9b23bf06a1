"""A property with its parcels and addresses: put together from five entities, and said as facts."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Lokal
from canonical_model.drafts import EjendomDraft
from connectors.contract import Ask, Page, Record
from connectors.datafordeler.graphql import Datafordeler
from connectors.errors import ContractError, RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, record

CHUNK = 500
"""Properties put together at a time."""
STYKKE = ("id_lokalId", "matrikelnummer", "ejerlavLokalId", "registreretAreal", "samletFastEjendomLokalId")
HUS = ("id_lokalId", "husnummertekst", "navngivenVej", "postnummer", "jordstykke", "status", "virkningFra")
GAELDENDE, NEDLAGT = "3", "4"
"""Status in DAR: in force, and taken out of use (since virkningFra). Others are drafts of addresses."""
SHEET = Sheet(
    kept=frozenset({"id_lokalId", "BFEnummer", "status"})
    | {f"jordstykker.{f}" for f in ("id_lokalId", "matrikelnummer", "registreretAreal", "ejerlavskode", "ejerlavsnavn")}
    | {f"husnumre.{f}" for f in ("id_lokalId", "husnummertekst", "status", "virkningFra", "vejnavn", "postnr", "navn")}
)


def read(api: Datafordeler, ask: Ask) -> Iterator[Page]:
    """Every property with land in the municipality, always: a change of an address does not show on its property."""
    owned: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for plot in api.nodes("MAT_Jordstykke", STYKKE, {"kommuneLokalId": ("eq", api.kommune)}, ask.now):
        owned[_id(plot, "samletFastEjendomLokalId")].append(plot)
    ejerlav = _index(api, ask, "MAT_Ejerlav", ("ejerlavskode", "ejerlavsnavn"), owned.values(), "ejerlavLokalId")
    ids = sorted(owned)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        plots = [_id(plot, "id_lokalId") for sfe in some for plot in owned[sfe]]
        houses: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for house in api.named("DAR_Husnummer", HUS, "jordstykke", plots, ask.now):
            houses[_id(house, "jordstykke")].append(house)
        veje = _index(api, ask, "DAR_NavngivenVej", ("vejnavn",), houses.values(), "navngivenVej")
        byer = _index(api, ask, "DAR_Postnummer", ("postnr", "navn"), houses.values(), "postnummer")
        found = api.named("MAT_SamletFastEjendom", ("id_lokalId", "BFEnummer", "status"), "id_lokalId", some, ask.now)
        yield Page([_whole(sfe, owned, houses, ejerlav, veje, byer) for sfe in found])


Index = dict[str, dict[str, Any]]


def _index(api: Datafordeler, ask: Ask, entity: str, fields: tuple[str, ...], held: Any, by: str) -> Index:
    """What the nodes that others point to say, by id."""
    ids = sorted({str(node[by]) for nodes in held for node in nodes if node.get(by)})
    found = api.named(entity, ("id_lokalId", *fields), "id_lokalId", ids, ask.now)
    return {_id(node, "id_lokalId"): {name: node.get(name) for name in fields} for node in found}


def _whole(sfe: dict[str, Any], owned: Any, houses: Any, ejerlav: Index, veje: Index, byer: Index) -> Record:
    key = _id(sfe, "id_lokalId")
    plots = sorted(owned[key], key=lambda plot: str(plot["id_lokalId"]))
    mine = sorted((h for p in plots for h in houses[p["id_lokalId"]]), key=lambda house: str(house["id_lokalId"]))
    stykker = [
        {n: p.get(n) for n in ("id_lokalId", "matrikelnummer", "registreretAreal")}
        | ejerlav.get(str(p.get("ejerlavLokalId")), {})
        for p in plots
    ]
    husnumre = [
        {n: h.get(n) for n in ("id_lokalId", "husnummertekst", "status", "virkningFra")}
        | veje.get(str(h.get("navngivenVej")), {})
        | byer.get(str(h.get("postnummer")), {})
        for h in mine
    ]
    return record(key, sfe | {"jordstykker": stykker, "husnumre": husnumre}, SHEET)


def _id(node: dict[str, Any], name: str) -> str:
    found = node.get(name)
    if not isinstance(found, str) or not found:
        raise ContractError(f"a node without {name} cannot be kept")
    return found


def ejendom(raw: Any) -> Iterator[Draft]:
    """The parcels, and the addresses: those in force, and those taken out of use with the day that they ended."""
    fields = Fields(raw)
    bfe = _whole_number(fields, "BFEnummer")
    if bfe is None:
        raise RecordError("BFEnummer", "missing")
    objekt, nummer = Lokal("ejendom", fields.need_text("id_lokalId")), str(bfe)
    for plot in fields.many("jordstykker"):
        kode = _whole_number(plot, "ejerlavskode")
        yield EjendomDraft(
            objekt=objekt,
            art="jordstykke",
            indeks=plot.need_text("id_lokalId"),
            bfe_nummer=nummer,
            matrikelnummer=plot.need_text("matrikelnummer"),
            ejerlavskode=None if kode is None else str(kode),
            ejerlavsnavn=plot.text("ejerlavsnavn"),
            areal=_whole_number(plot, "registreretAreal"),
        )
    for house in fields.many("husnumre"):
        status, since = house.need_text("status"), house.need_instant("virkningFra")
        if status not in (GAELDENDE, NEDLAGT):
            continue
        yield EjendomDraft(
            objekt=objekt,
            art="adresse",
            indeks=house.need_text("id_lokalId"),
            virkning_fra=since if status == GAELDENDE else None,
            virkning_til=since if status == NEDLAGT else None,
            bfe_nummer=nummer,
            vejnavn=house.need_text("vejnavn"),
            husnummer=house.need_text("husnummertekst"),
            postnummer=house.text("postnr"),
            postdistrikt=house.text("navn"),
        )


def _whole_number(fields: Fields, name: str) -> int | None:
    """A whole number; None when not sent or empty."""
    if not fields.has(name):
        return None
    value = fields.need(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise RecordError(fields.path(name), "not a whole number")
    return value
