"""A system that fails makes no shorter list: every answer says which did, and shows what it said last."""

import itertools
from collections.abc import Callable
from uuid import uuid4

from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from sync.night import sync_all
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case
from tests.sync.vendor import Vendor, sager

ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)
WAYS = ("well", "down", "refused", "half")


def behave(vendor: Vendor, way: str) -> None:
    """Answer well, with an error, with a refusal, or hang up in the middle of the list."""
    vendor.status, vendor.after = {}, None
    if way == "down":
        vendor.status["/"] = 500
    elif way == "refused":
        vendor.status["/"] = 401
    elif way == "half":
        vendor.after = 1


def test_the_receipt_says_what_each_system_did_and_no_case_is_missing(
    hub: Hub, new_vendor: Callable[[], Vendor]
) -> None:
    """Two systems in every combination of ways to fail, night after night."""
    vendors = {"et": new_vendor(), "to": new_vendor()}
    for name, vendor in vendors.items():
        vendor.sager = {f"{name}{n}": case(n, id=f"{name}{n}", cpr=A) for n in range(4)}
        hub.source(name, vendor, sager(), page_size=2)
    hub.at("2026-11-01T01:00:00+01:00")
    sync_all()
    person = hub.one("select objekt from identitet where nummer = %s", (A,))
    for night, ways in enumerate(itertools.product(WAYS, repeat=2)):
        hub.at(f"2026-11-{2 + night:02}T01:00:00+01:00")
        for (name, vendor), way in zip(vendors.items(), ways, strict=True):
            behave(vendor, way)
            vendor.sager[f"{name}0"]["titel"] = f"Nat {night}"
        states = {result.source: result.state for result in sync_all()}
        page = read_borger(ANYTHING, person, tid())
        truth = {name: way for name, way in zip(vendors, ways, strict=True) if way != "well"}
        assert {name for name, state in states.items() if state != "succeeded"} == set(truth), ways
        assert {line.kilde for line in page.coverage.failed} == set(truth), ways
        assert all(line.systemejer == "Grethe Holm" and line.failing_since for line in page.coverage.failed)
        assert len(page.sager) == 8, ways
