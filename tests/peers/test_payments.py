"""The same payment told by two systems is one line that names both; two payments are two."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from canonical_model.draft import Draft, Nummer
from canonical_model.drafts import (
    BevilgetYdelseDraft,
    BevillingDraft,
    EffektueringspartDraft,
    OekonomiskEffektueringDraft,
    YdelseseffektueringDraft,
)
from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from connectors.contract import Shape, Stream
from sync.night import sync_all
from tests.sync.conftest import Hub
from tests.sync.test_night import A
from tests.sync.vendor import Vendor, read

ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)


def translate(paid: dict[str, Any]) -> Iterable[Draft]:
    """A payment on a grant of its own, and whom it went to."""
    objekt, grant, kle = UUID(paid["uuid"]), uuid5(UUID(paid["uuid"]), "bevilling"), "27.03.04"
    yield OekonomiskEffektueringDraft(
        objekt=objekt, dispositionsdato=datetime(2026, 10, paid["dag"], tzinfo=UTC), udbetalt_tekst=paid["tekst"],
        beloeb_udbetalt=Decimal(paid["kr"]),
    )  # fmt: skip
    yield EffektueringspartDraft(objekt=objekt, rolle="effektueringsmodtager", type="person", part=Nummer("cpr", A))
    yield BevillingDraft(objekt=grant)
    yield BevilgetYdelseDraft(objekt=grant, ydelse_id="1", kle=kle)
    yield YdelseseffektueringDraft(objekt=objekt, rolle="ydelse", bevilling=grant, ydelse_id="1", kle=kle)


def payments() -> Stream[Any]:
    """A stream of payments."""
    return Stream(name="betalinger", shape=Shape.LISTED, read=read, parse=json.loads, translate=translate)


def paid(key: str, uuid: UUID, dag: int = 1, kr: str = "1250.00") -> dict[str, Any]:
    """One payment as a system tells it."""
    return {"id": key, "uuid": str(uuid), "dag": dag, "kr": kr, "tekst": "Boligstøtte"}


@pytest.mark.parametrize("shared", [True, False], ids=["by the standard's id", "by ids of their own"])
def test_one_payment_of_two_systems_is_one_line(hub: Hub, new_vendor: Callable[[], Vendor], shared: bool) -> None:
    one = uuid4()
    told = {"ky": [paid("1", one), paid("2", uuid4(), kr="99.00"), paid("3", uuid4(), dag=2)],
            "ydi": [paid("a", one if shared else uuid4()), paid("b", uuid4(), dag=3)]}  # fmt: skip
    for source, records in told.items():
        vendor = new_vendor()
        vendor.sager = {record["id"]: record for record in records}
        hub.source(source, vendor, payments())
    assert {result.state for result in sync_all()} == {"succeeded"}
    person = hub.one("select objekt from identitet where nummer = %s", (A,))
    seen = read_borger(ANYTHING, person, tid()).udbetalinger
    lines = sorted((u.dato.day if u.dato else 0, str(u.beloeb), u.kilder) for u in seen)
    assert lines == [
        (1, "1250.00", ["ky", "ydi"]), (1, "99.00", ["ky"]), (2, "1250.00", ["ky"]), (3, "1250.00", ["ydi"])
    ]  # fmt: skip


def test_two_alike_payments_of_one_system_are_two(hub: Hub, vendor: Vendor) -> None:
    vendor.sager = {"1": paid("1", uuid4()), "2": paid("2", uuid4())}
    hub.source("ky", vendor, payments())
    sync_all()
    person = hub.one("select objekt from identitet where nummer = %s", (A,))
    assert len(read_borger(ANYTHING, person, tid()).udbetalinger) == 2
