"""Who holds a permit is known by the vendor's customer number alone: nothing else joins two holders, or parts one."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from canonical_model.drafts import NavnDraft, SagspartDraft
from connectors.parkering import permit

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), min_size=1, max_size=20)
HOLDER = st.fixed_dictionaries(
    {"navn": TEXT, "adresse": TEXT, "postnummer": TEXT, "by": TEXT, "telefon": TEXT, "hemmeligAdresse": st.booleans()}
)


def whom(number: str, customer: str, holder: dict[str, Any]) -> set[Any]:
    """Everybody whom the permit says something of."""
    body = {
        "nummer": number, "type": "Beboerparkering", "zone": "Zone 1", "status": "Aktiv", "gyldigFra": "2026-01-01",
        "gyldigTil": "2026-12-31", "nummerplade": "QA 10 100", "indehaver": holder | {"kundenummer": customer},
    }  # fmt: skip
    drafts = list(permit(body))
    parties = {d.part for d in drafts if isinstance(d, SagspartDraft)}
    assert len(parties) == 1 and {d.objekt for d in drafts if isinstance(d, NavnDraft)} == parties
    return {d.objekt for d in drafts if d.table in ("navn", "adresse", "beskyttelse", "kontaktoplysning")} | parties


@given(HOLDER, HOLDER)
def test_a_holder_is_the_customer_number_and_nothing_else(holder: dict[str, Any], later: dict[str, Any]) -> None:
    assert whom("P1", "K1", holder).isdisjoint(whom("P2", "K2", holder)), "of one name, house and telephone"
    assert whom("P1", "K1", holder) == whom("P2", "K1", later), "married, and moved"
