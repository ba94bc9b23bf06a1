"""Prisme 365: what citizens and companies owe the municipality, over OData v4."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Lokal
from canonical_model.drafts import KravDraft
from connectors import odata
from connectors.contract import Access, Connector, listed
from connectors.errors import RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.rest_pages import knock

ENTITY = "CustClaimDatasEntity_FUJ"
SHEET = Sheet.of(
    "ClaimId IdentificationNumber Name ClaimType Description InvoiceDate DueDate AmountCur RemainAmountCur CurrencyCode"
    " ClaimStatus"
)
"""Asked for by $select, so that nothing else leaves Prisme."""
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


def krav(raw: Any) -> Iterator[Draft]:
    """A claim on a citizen (ten digits) or a company (eight); amounts are Danish kroner to the oere."""
    found = Fields(raw)
    number = found.need_text("IdentificationNumber")
    if found.need("CurrencyCode") != "DKK":
        raise RecordError("CurrencyCode", "not Danish kroner")
    yield KravDraft(
        objekt=Lokal("krav", found.need_text("ClaimId")),
        brugervendt_noegle=found.need_text("ClaimId"),
        part=found.need_nummer("IdentificationNumber", "cvr" if len(number) == 8 else "cpr"),
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
    check=knock(ENTITY, {"$top": 1}),
    # Prisme has no way to ask for what changed, so every claim is read, always.
    streams=(listed("krav", odata.reader(ENTITY, "ClaimId", SHEET), parse, krav),),
)
