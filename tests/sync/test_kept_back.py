"""What a vendor keeps back for a night, and changes meanwhile, is read once it gives it again."""

import pytest

from connectors.contract import Shape
from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import fill
from tests.sync.vendor import Vendor, sager


@pytest.mark.parametrize("breaks_off", [True, False])
def test_a_change_behind_the_cursor_is_not_passed_by(hub: Hub, vendor: Vendor, breaks_off: bool) -> None:
    """Most cases are away for a night on which one of them changes before one that is there; and the run may end
    between the last chunk, which moves the cursor, and the guard, which sees that they are away."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager(Shape.CHANGED), page_size=7)
    sync_source("sag")
    away = {key: vendor.sager.pop(key) for key in list(vendor.sager)[:30]}
    away["s5"] |= {"rev": "2026-12-01", "titel": "Ændret imens"}
    vendor.sager["s39"] |= {"rev": "2026-12-02", "titel": "Ændret bagefter"}
    vendor.status = {"/keys": 500} if breaks_off else {}
    assert sync_source("sag").streams["sager"].state == ("failed" if breaks_off else "held")
    vendor.status = {}
    vendor.sager |= away
    vendor.sager["s38"] |= {"rev": "2026-12-03", "titel": "Ændret igen"}
    assert sync_source("sag").streams["sager"].state == "succeeded"
    titles = dict(hub.rows("select key, titel from sag where kendt_til is null"))
    assert len(titles) == 40 and titles["s5"] == "Ændret imens" and titles["s38"] == "Ændret igen"


def test_a_night_asks_only_for_what_came_after_the_last_whole_one(hub: Hub, vendor: Vendor) -> None:
    """Whatever broke off before it; and a first load that broke off goes on from its last chunk."""
    fill(vendor, 40)
    for number in range(40):
        vendor.sager[f"s{number}"]["rev"] = f"2026-12-{number % 28 + 1:02}"
    hub.source("sag", vendor, sager(Shape.CHANGED), page_size=7)
    vendor.status = {"/keys": 500}
    assert sync_source("sag").streams["sager"].read == 40
    vendor.status = {}
    again = sync_source("sag").streams["sager"]
    assert again.state == "succeeded" and 0 < again.read < 10
    assert 0 < sync_source("sag").streams["sager"].read < 10


@pytest.mark.parametrize("breaks_off", [True, False])
def test_a_whole_read_that_was_not_whole_is_made_again(hub: Hub, vendor: Vendor, breaks_off: bool) -> None:
    """Whether it broke off or most of the records were away."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager(Shape.CHANGED), page_size=7)
    sync_source("sag")
    away = {} if breaks_off else {key: vendor.sager.pop(key) for key in list(vendor.sager)[:30]}
    vendor.status = {"/keys": 500} if breaks_off else {}
    assert sync_source("sag", full=True).streams["sager"].state == ("failed" if breaks_off else "held")
    vendor.status = {}
    vendor.sager |= away
    assert sync_source("sag").streams["sager"].read == 40
    assert sync_source("sag").streams["sager"].read < 10
