"""What a source no longer holds is closed with every value it had, until its time is up: not emptied."""

from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case, fill
from tests.sync.vendor import Vendor, sager


def test_a_closed_row_keeps_its_last_values(hub: Hub, vendor: Vendor) -> None:
    fill(vendor, 40)
    vendor.sager["s3"] = case(
        3, cpr=A, navn="Ane Aa", fremdrift=[{"status": "Opstaaet", "fra": "2026-01-01T00:00:00Z"}]
    )
    hub.source("sag", vendor, sager())
    hub.at("2026-11-20T01:00:00+01:00")
    sync_source("sag")
    tables = ("sag", "sagspart", "fremdrift")
    what = "select to_jsonb(t) - 'kendt_til' from {} t where key = 's3' order by id"
    before = {table: hub.rows(what.format(table)) for table in tables}
    assert all(before.values())
    del vendor.sager["s3"]
    at = hub.at("2026-11-21T01:00:00+01:00")
    assert sync_source("sag").streams["sager"].gone == 1
    assert {table: hub.rows(what.format(table)) for table in tables} == before
    for table in tables:
        assert hub.rows(f"select distinct kendt_til from {table} where key = 's3'") == [(at,)]
    sync_source("sag", full=True)
    assert {table: hub.rows(what.format(table)) for table in tables} == before
