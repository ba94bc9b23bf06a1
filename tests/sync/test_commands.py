"""The command line over a real store and a real vendor."""

import json

from typer.testing import CliRunner

from helhed.commands import deletions, quarantine, runs, sources, sync
from helhed.settings import sources as known_sources
from sync.pace import Pace
from sync.register import mirror
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case, fill
from tests.sync.vendor import Vendor, personer, sager

cli = CliRunner()


def test_a_night_told_for_people_and_for_machines(hub: Hub, vendor: Vendor) -> None:
    """sync, runs, sources, quarantine and deletions, each also with --json; never a number."""
    fill(vendor, 30)
    vendor.sager["s0"].pop("titel")
    vendor.personer[A] = [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Å"}]
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    hub.source("typo", vendor, sager(), more="x = 1\n")
    done = cli.invoke(sync.app, ["--json"])
    assert done.exit_code == 1, done.output
    told = json.loads(done.stdout)
    assert [run["state"] for run in told["runs"]] == ["succeeded", "succeeded"] and len(told["bad_files"]) == 1
    assert told["consolidated"]["written"] == 2
    (hub.folder / "sources" / "typo.toml").unlink()
    done = cli.invoke(sync.app, [])
    assert done.exit_code == 0 and "sag: succeeded" in done.output and "1 quarantined" in done.output
    found = json.loads(cli.invoke(runs.app, ["--json", "--last", "2"]).stdout)
    assert [run["streams"]["sager"]["new"] for run in found if run["source"] == "sag"] == [0, 29]
    found = json.loads(cli.invoke(sources.app, ["--json"]).stdout)["sources"]
    assert [(k["id"], k["systemejer"], k["streams"][0]["late"]) for k in found if k["aktiv"]] == [
        ("reg", "Grethe Holm", False), ("sag", "Grethe Holm", False),
    ]  # fmt: skip
    assert json.loads(cli.invoke(quarantine.app, ["list", "--json"]).stdout)[0]["field"] == "titel"
    assert "1 left" in cli.invoke(quarantine.app, ["replay"]).output
    vendor.sager = dict(list(vendor.sager.items())[:5])
    assert cli.invoke(sync.app, ["sag"]).exit_code == 1
    assert json.loads(cli.invoke(deletions.app, ["list", "--json"]).stdout)[0]["held"] == 25
    refused = cli.invoke(deletions.app, ["approve", "sag", "sager", "--at-most", "24", "--by", "Grethe Holm"])
    assert refused.exit_code == 1 and "nothing was deleted" in refused.output
    assert cli.invoke(deletions.app, ["approve", "sag", "sager", "--at-most", "25", "--by", "G"]).exit_code == 0
    for app, words in ((runs.app, []), (sources.app, []), (quarantine.app, ["list"]), (deletions.app, ["list"])):
        shown = cli.invoke(app, words)
        assert shown.exit_code == 0 and A not in shown.output
    assert cli.invoke(sync.app, ["nosuch"]).exit_code == 1


def test_the_register_follows_the_files_and_writes_only_what_differs(hub: Hub, vendor: Vendor) -> None:
    """A file that is gone makes its source inactive; one that cannot be read leaves it as it was."""
    hub.source("sag", vendor, sager())
    mirror(known_sources())
    stamp = hub.rows("select xmin::text, ctid::text from kilde")
    mirror(known_sources())
    assert hub.rows("select xmin::text, ctid::text from kilde") == stamp
    path = hub.folder / "sources" / "sag.toml"
    text = path.read_text()
    path.write_text("x")
    mirror(known_sources())
    assert hub.one("select aktiv from kilde") is True
    path.unlink()
    mirror(known_sources())
    assert hub.one("select aktiv from kilde") is False
    path.write_text(text.replace("Grethe Holm", "Jens Ny"))
    mirror(known_sources())
    assert hub.rows("select systemejer, aktiv from kilde") == [("Jens Ny", True)]


def test_a_bad_precedence_file_leaves_the_former_rules(hub: Hub, vendor: Vendor) -> None:
    """And says so in one line."""
    vendor.sager["s1"] = case(1)
    hub.source("sag", vendor, sager())
    (hub.folder / "precedence.toml").write_text('navn = ["sag"]\n')
    assert cli.invoke(sync.app, []).exit_code == 0
    (hub.folder / "precedence.toml").write_text('navm = ["sag"]\n')
    done = cli.invoke(sync.app, [])
    assert done.exit_code == 1 and "unknown field 'navm'" in done.output
    assert hub.one("select count(*) from praecedens where kendt_til is null") == 1


def test_the_rate_is_shared_by_all_who_ask(hub: Hub) -> None:
    """Two processes' worth of callers get one after the other, a step apart."""
    import time

    first, second = Pace("sag", 20.0), Pace("sag", 20.0)
    begin = time.monotonic()
    for _ in range(6):
        first.wait()
        second.wait()
    assert time.monotonic() - begin >= 10 / 20.0 * 0.9
    first.close()
    second.close()
    Pace("sag", None).wait()
