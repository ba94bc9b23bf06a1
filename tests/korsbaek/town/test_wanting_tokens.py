"""The municipality can begin to want tokens, and stop, with its servers running."""

from korsbaek import municipality, tokens
from tests.connectors.idws.scene import Scene, fresh_tokens, knock, refused
from tests.korsbaek_town import RunningTown


def test_tokens_are_wanted_from_now_on_and_no_more(own_town: RunningTown) -> None:
    scene = Scene(own_town.folder)
    with fresh_tokens():
        before = own_town.status
        assert before["sts"] is None and before["systems"]["sdi"]["auth"]["type"] == "mtls"
        old = scene.open()
        knock(old)
        municipality.up(own_town.folder, token=("sdi",))
        during = own_town.status
        assert during["sts"]["alive"] and during["systems"]["sdi"]["auth"]["type"] == "idws"
        assert during["systems"]["sdi"]["url"] == before["systems"]["sdi"]["url"]
        assert during["systems"]["ydi"]["pid"] == before["systems"]["ydi"]["pid"], "who is not concerned goes on"
        knock(scene.open())
        knock(scene.open("ydi"), "ydi")
        assert "extra.auth" in refused(lambda: knock(old))
        municipality.up(own_town.folder)
        assert own_town.systems["sdi"]["auth"]["type"] == "idws", "it is remembered"
        municipality.up(own_town.folder, token=())
        after = own_town.status
        assert after["sts"] is None and after["systems"]["sdi"]["auth"]["type"] == "mtls"
        knock(scene.open())


def test_only_services_that_can_may_want_one(own_town: RunningTown) -> None:
    before = tokens.read(own_town.folder)
    try:
        municipality.up(own_town.folder, token=("nexus",))
    except ValueError as error:
        assert "nexus" in str(error)
    else:
        raise AssertionError("nexus has no token door")
    assert tokens.read(own_town.folder) == before
