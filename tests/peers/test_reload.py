"""A reload never deletes the rows that it has just loaded, also when they come in several batches."""

import pytest

from connectors.contract import Shape
from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import fill
from tests.sync.vendor import Vendor, sager


@pytest.mark.parametrize("shape", [Shape.LISTED, Shape.CHANGED])
def test_two_full_loads_in_many_batches_hold_the_same(
    hub: Hub, vendor: Vendor, monkeypatch: pytest.MonkeyPatch, shape: Shape
) -> None:
    fill(vendor, 95)
    for name in ("pull.CHUNK", "sift.CHUNK", "sift.MOST_READ"):
        monkeypatch.setattr(f"sync.{name}", 10)
    hub.source("sag", vendor, sager(shape), page_size=7)
    rows = "select (select count(*) from sag where kendt_til is null), (select count(*) from sag), count(*) from landed"
    for load in range(3):
        result = sync_source("sag", full=True)
        counts = result.streams["sager"]
        assert (result.state, counts.gone, counts.new) == ("succeeded", 0, 0 if load else 95)
        assert hub.rows(rows) == [(95, 95, 95)]
