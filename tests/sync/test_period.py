"""A period that is read again: a backfill, from streams that can tell what changed when."""

from collections.abc import Callable

from connectors.contract import Shape
from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import fill, sager
from tests.sync.vendor import Vendor


def test_a_period_leaves_all_but_its_own_records_as_it_was(
    hub: Hub, vendor: Vendor, new_vendor: Callable[[], Vendor]
) -> None:
    """It is no night: work lists, failures and what can only be read whole wait for that."""
    fill(vendor, 20)
    hub.source("sag", vendor, sager(Shape.CHANGED))
    hub.source("liste", other := new_vendor(), sager())
    fill(other, 5)
    sync_source("sag")
    vendor.status = {"/sager": 418}
    assert sync_source("sag").state == "failed"
    vendor.status = {}
    hub.connection.execute(
        "insert into worklist (source, stream, key, since, cause) values ('sag', 'sager', 's1', now(), '')"
    )
    hub.connection.commit()
    before = hub.rows("select * from stream_state")
    assert hub.one("select failing_since is not null from stream_state")
    period = {"since": hub.at("2026-11-15T01:00:00+01:00"), "until": hub.at("2026-11-17T01:00:00+01:00")}
    counts = sync_source("sag", **period).streams["sager"]
    assert 0 < counts.read < sync_source("sag", since=period["since"]).streams["sager"].read
    assert hub.rows("select * from stream_state") == before
    assert hub.one("select count(*) from worklist") == 1
    assert sync_source("liste", **period).streams == {}, "a list has no past"
    assert hub.one("select count(*) from landed where source = 'liste'") == 0
