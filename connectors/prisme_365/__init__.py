"""Prisme 365: what citizens and companies owe the municipality, over OData v4."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Lokal, Nummer
from canonical_model.drafts import KravDraft
from connectors import identifiers, odata
from connectors.contract import Access, Ask, Connector, Page, listed
from connectors.errors import RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi

ENTITY = "CustClaimDatasEntity_FUJ"
FIELDS = (
    *("ClaimId", "IdentificationNumber", "Name", "ClaimType", "Description", "InvoiceDate", "DueDate", "AmountCur"),
    *("RemainAmountCur", "CurrencyCode", "ClaimStatus"),
)
"""Asked for by $select, so that nothing else leaves Prisme."""
SHEET = Sheet(kept=frozenset(FIELDS))
TILSTAND = {
    "Open": "open", "Reminded": "reminded", "Instalments": "instalments", "Collection": "collection",
    "Settled": "settled", "Cancelled": "cancelled",
}  # fmt: skip


PAGE = 1_000
"""Rows a page that we ask for (options.page_size in the source's file); Prisme gives at most 10,000."""


def open_api(access: Access) -> RestApi:
    """A session with a token for Prisme's resource; amounts come as texts, so that none is rounded on the way."""
    rest = RestApi.with_token(access)
    rest.session.headers["Accept"] = "application/json;odata.metadata=minimal;IEEE754Compatible=true"
    rest.session.headers["Prefer"] = f"odata.maxpagesize={int(access.options.get('page_size') or PAGE)}"
    return rest


def read_krav(api: RestApi, ask: Ask) -> Iterator[Page]:
    """Every claim, by next links; Prisme has no way to ask for what changed."""
    return map(Page, odata.entities(api, ENTITY, {"$select": ",".join(FIELDS)}, "ClaimId", SHEET))


def check(api: RestApi) -> None:
    """Asks for one claim: token, address and the right to read are all in order when it comes."""
    api.get(ENTITY, {"$top": 1})


def krav(raw: Any) -> Iterator[Draft]:
    """A claim on a citizen (ten digits) or a company (eight); amounts are Danish kroner to the oere."""
    found = Fields(raw)
    number = found.need_text("IdentificationNumber")
    if found.need("CurrencyCode") != "DKK":
        raise RecordError("CurrencyCode", "not Danish kroner")
    art = "cvr" if len(number) == 8 else "cpr"
    part = Nummer("cvr", identifiers.cvr(number, "IdentificationNumber")) if art == "cvr" else None
    yield KravDraft(
        objekt=Lokal("krav", found.need_text("ClaimId")),
        brugervendt_noegle=found.need_text("ClaimId"),
        part=part or Nummer("cpr", found.need_cpr("IdentificationNumber")),
        fuldt_navn=found.text("Name"),
        art=found.need_text("ClaimType"),
        titel=found.text("Description"),
        beloeb=found.need_beloeb("AmountCur"),
        restbeloeb=found.need_beloeb("RemainAmountCur"),
        stiftelsesdato=found.dato("InvoiceDate"),
        forfaldsdato=found.dato("DueDate"),
        tilstand=found.need_code("ClaimStatus", TILSTAND),
    )


CONNECTOR = Connector(
    name="prisme_365",
    system="Prisme 365",
    open=open_api,
    check=check,
    streams=(listed("krav", read_krav, parse, krav),),
)
