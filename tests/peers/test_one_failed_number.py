"""One citizen whom a system cannot answer about makes the run partial, is on the list, and is red to the engineer."""

import pytest

from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import A, B, fill
from tests.sync.vendor import Vendor, personer, sager


def test_the_run_is_partial_and_the_citizen_is_listed(hub: Hub, vendor: Vendor) -> None:
    from airflow.sdk.exceptions import AirflowException

    from dags.work import pull_source

    fill(vendor, 4)
    vendor.personer[A] = [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Aa"}]
    vendor.status[f"/person/{B}"] = 500
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    sync_source("sag")
    with pytest.raises(AirflowException, match="partial: 1 of 2 keys could not be asked") as red:
        pull_source("reg")
    assert B not in str(red.value)
    assert hub.rows("select state from run where source = 'reg'") == [("partial",)]
    failed = hub.one("select objekt from identitet where nummer = %s", (B,))
    assert hub.rows("select key, cause from worklist") == [(str(failed), "failed")]
    [(error, since, complete)] = hub.rows(
        "select error, failing_since, complete_as_of from stream_state where source = 'reg'"
    )
    assert "1 of 2 keys could not be asked" in error and since is not None and complete is None
    assert hub.one("select count(*) from navn where kendt_til is null") == 1, "the other citizen's facts are in"
