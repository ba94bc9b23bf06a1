"""Datafordeleren: properties with their land (Matriklen) and their addresses, present and past (DAR)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from canonical_model.draft import Draft, Lokal
from canonical_model.drafts import EjendomDraft
from connectors import given, graphql
from connectors.contract import Access, Ask, Connector, Page, Record, listed
from connectors.fields import Fields
from connectors.graphql_nodes import Entity, Groups, Node, Nodes, key
from connectors.minimise import Sheet, parse, record
from connectors.paging import parts
from connectors.rest import RestApi

PAGE = 500
"""Properties put together at a time; and nodes a page (option page_size)."""
ANY_DAY = datetime(2025, 1, 1, tzinfo=UTC)
ID = "id_lokalId"
EJENDOM = Entity("MAT/v1", "MAT_SamletFastEjendom", "BFEnummer status")
STYKKE = Entity("MAT/v1", "MAT_Jordstykke", "matrikelnummer ejerlavLokalId registreretAreal samletFastEjendomLokalId")
EJERLAV = Entity("MAT/v1", "MAT_Ejerlav", "ejerlavskode ejerlavsnavn")
HUS = Entity("DAR/v1", "DAR_Husnummer", "husnummertekst navngivenVej postnummer jordstykke status virkningFra")
VEJ = Entity("DAR/v1", "DAR_NavngivenVej", "vejnavn")
POSTNUMMER = Entity("DAR/v1", "DAR_Postnummer", "postnr navn")
"""What is asked for. References are ids: none of these holds another."""
GAELDENDE, NEDLAGT = "3", "4"
"""Status in DAR: in force, and taken out of use (since virkningFra). Others are drafts of addresses."""
SHEET = Sheet.of(
    "id_lokalId BFEnummer status jordstykker(id_lokalId matrikelnummer registreretAreal ejerlavskode ejerlavsnavn)"
    " husnumre(id_lokalId husnummertekst status virkningFra vejnavn postnr navn)"
)
_judge = graphql.by_code(
    "code", r"[A-Z]{2,8}(-[A-Z0-9]{1,12}){1,4}", {".*AUTH.*": "check the API key and what it gives access to"},
    "has the register's contract changed?",
)  # fmt: skip


class Datafordeler:
    """The open registers, with an API key. Every question names the instant that it asks about (bitemporal data)."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi.with_key(access, "apikey", "make one at datafordeler.dk")
        self.kommune = given.option(access, "kommunekode", r"\d{4}", "the municipality's four digits")
        self.size = int(access.options.get("page_size") or PAGE)

    def at(self, tid: datetime) -> Nodes:
        """What is true at an instant, as the registers knew it then."""
        at = tid.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Nodes(self.rest.post, _judge, self.size, ID, {"virkningstid": at, "registreringstid": at})


def read(api: Datafordeler, ask: Ask) -> Iterator[Page]:
    """Every property with land in the municipality, always: a change of an address does not show on its property."""
    register = api.at(ask.now)
    plots = register.each(STYKKE, {"kommuneLokalId": {"eq": api.kommune}})
    owned = register.grouped(STYKKE, plots, "samletFastEjendomLokalId", {"ejerlavLokalId": EJERLAV})
    for some in parts(sorted(owned), PAGE):
        ids = [key(plot, ID) for sfe in some for plot in owned[sfe]]
        houses = register.below(HUS, ids, "jordstykke", {"navngivenVej": VEJ, "postnummer": POSTNUMMER})
        yield Page([_whole(sfe, owned, houses) for sfe in register.named(EJENDOM, some)])


def _whole(sfe: Node, owned: Groups, houses: Groups) -> Record:
    stykker = owned.of([key(sfe, ID)], order=ID)
    husnumre = houses.of([plot[ID] for plot in stykker], order=ID)
    return record(key(sfe, ID), sfe | {"jordstykker": stykker, "husnumre": husnumre}, SHEET)


def ejendom(raw: Any) -> Iterator[Draft]:
    """The parcels, and the addresses: those in force, and those taken out of use with the day that they ended."""
    fields = Fields(raw)
    nummer = str(fields.need_whole_number("BFEnummer"))
    objekt = Lokal("ejendom", fields.need_text(ID))
    for plot in fields.many("jordstykker"):
        kode = plot.whole_number("ejerlavskode")
        yield EjendomDraft(
            objekt=objekt, art="jordstykke", indeks=plot.need_text(ID), bfe_nummer=nummer,
            matrikelnummer=plot.need_text("matrikelnummer"), ejerlavskode=None if kode is None else str(kode),
            ejerlavsnavn=plot.text("ejerlavsnavn"), areal=plot.whole_number("registreretAreal"),
        )  # fmt: skip
    for house in fields.many("husnumre"):
        status, since = house.need_text("status"), house.need_instant("virkningFra")
        if status in (GAELDENDE, NEDLAGT):
            yield EjendomDraft(
                objekt=objekt, art="adresse", indeks=house.need_text(ID), bfe_nummer=nummer,
                virkning_fra=since if status == GAELDENDE else None, virkning_til=since if status == NEDLAGT else None,
                vejnavn=house.need_text("vejnavn"), husnummer=house.need_text("husnummertekst"),
                postnummer=house.text("postnr"), postdistrikt=house.text("navn"),
            )  # fmt: skip


CONNECTOR = Connector(
    name="datafordeler", system="Datafordeleren", open=Datafordeler,
    check=lambda api: api.at(ANY_DAY).knock(HUS), streams=(listed("ejendomme", read, parse, ejendom),),
)  # fmt: skip
