"""Prisme's amounts keep every digit, and what is left is told apart from what was charged."""

from decimal import Decimal
from typing import Any

import pytest

from canonical_model.draft import Nummer
from canonical_model.drafts import KravDraft
from connectors.errors import RecordError
from connectors.prisme_365 import krav

CLAIM = {
    "ClaimId": "KRAV-1", "IdentificationNumber": "1402379998", "Name": "Otto Kjeldsen", "ClaimType": "Madservice",
    "Description": "Madudbringning", "InvoiceDate": "2026-02-01T12:00:00Z", "DueDate": "2026-03-03T12:00:00Z",
    "AmountCur": "123456789012345.67", "RemainAmountCur": "0.10", "CurrencyCode": "DKK", "ClaimStatus": "Instalments",
}  # fmt: skip


def said(**change: Any) -> KravDraft:
    """The one draft of a claim."""
    (draft,) = krav(CLAIM | change)
    assert isinstance(draft, KravDraft)
    return draft


def test_amounts_are_exact() -> None:
    assert (said().beloeb, said().restbeloeb) == (Decimal("123456789012345.67"), Decimal("0.10"))
    assert said(AmountCur=1234.1).beloeb == Decimal("1234.1"), "a vendor that sends numbers all the same"
    assert said(AmountCur=-5).beloeb == Decimal(-5), "money that the citizen has to their credit"


@pytest.mark.parametrize("wrong", ["1.234,50", "1e3", "NaN", "12,5", True, 1e300, "", None])
def test_what_is_no_amount_is_refused(wrong: Any) -> None:
    with pytest.raises(RecordError, match="RemainAmountCur"):
        said(RemainAmountCur=wrong)


def test_a_claim_is_on_a_citizen_or_a_company() -> None:
    assert said().part == Nummer("cpr", "1402379998")
    assert said(IdentificationNumber="93913685").part == Nummer("cvr", "93913685")
    with pytest.raises(RecordError, match="CurrencyCode"):
        said(CurrencyCode="EUR")
