"""A backfill wakes whoever a night wakes: what it wrote is consolidated, and its DAG says so by the same asset."""

from connectors.contract import Shape
from sync.consolidate import consolidate
from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import case
from tests.sync.vendor import Vendor, sager


def test_what_a_backfill_wrote_is_consolidated_as_after_a_night(hub: Hub, vendor: Vendor) -> None:
    numbers = [f"{9_500_000_000 + n}" for n in range(12)]
    vendor.sager = {f"s{n}": case(n, cpr=number, navn="Ane Før") for n, number in enumerate(numbers)}
    hub.source("sag", vendor, sager(Shape.CHANGED))
    hub.at("2026-11-21T01:00:00+01:00")
    sync_source("sag")
    hub.at("2026-11-21T02:00:00+01:00")
    assert consolidate()["written"] == 12
    for n in (1, 5, 7):
        vendor.sager[f"s{n}"] |= {"navn": "Ane Efter", "rev": "2026-11-02T10:00:00+00:00"}
    since = hub.at("2026-11-01T01:00:00+01:00")
    hub.at("2026-11-22T01:00:00+01:00")
    result = sync_source("sag", since=since)
    assert result.streams["sager"].changed == 3
    assert consolidate() == {"persons": 3, "written": 3, "removed": 0}
    assert hub.one("select count(*) from personopslag where navn = 'Ane Efter'") == 3
