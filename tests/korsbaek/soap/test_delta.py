"""A delta by StsTidspunkt finds exactly what a night changed; what vanished shows only in the whole list."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from korsbaek.night import pass_night
from korsbaek.systems.index.kind import Kind
from korsbaek.systems.sdi.kinds import DOKUMENT, SAG
from korsbaek.systems.soap.node import render
from korsbaek.systems.ydi.kinds import BEVILLING, EFFEKTUERING
from korsbaek.town import Town
from tests.korsbaek.soap.conftest import Apps, apps_of
from tests.korsbaek.soap.messages import VIS, ask, fremsoeg, paging, since, soeg, status, uuids

KINDS = {"SoegSag": SAG, "SoegDokument": DOKUMENT, "SoegBevillingIndeks": BEVILLING}
KINDS["SoegOekonomiskEffektueringIndeks"] = EFFEKTUERING
STREAMS = dict(zip(KINDS, ("sdi/sager", "sdi/dokumenter", "ydi/bevillinger", "ydi/effektueringer"), strict=True))


def shown(town: Town, kind: Kind) -> dict[str, str]:
    """What the index says of each object."""
    vis = frozenset[str]().union(*kind.sections.values())
    return {body.uuid: render(kind.registreringer(town, body, vis)) for body in town.each(kind.model, kind.where)}


def pull(apps: Apps, name: str, head: str = "", size: int = 37) -> list[str]:
    """All pages of a search."""
    prefix, system = ("sdi", "sdi") if name in ("SoegSag", "SoegDokument") else ("yi", "ydi")
    out: list[str] = []
    while True:
        udtryk = soeg(name, head=paging(len(out), size) + head)
        found = uuids(ask(apps[system], fremsoeg(prefix, udtryk, {name: VIS[name].split()[0]})))
        out += found
        if len(found) < size:
            return out


@pytest.mark.parametrize("name", KINDS)
def test_a_night(own_soap_town: Town, tmp_path: Path, name: str) -> None:
    town, kind, apps = own_soap_town, KINDS[name], apps_of(own_soap_town)
    for _ in range(2):
        before = shown(town, kind)
        ((newest,),) = town.rows(f"select max(sts) from {kind.table} where {kind.where}")
        night = pass_night(town, tmp_path)
        after = shown(town, kind)
        moment = datetime.fromisoformat(newest).isoformat()
        delta = pull(apps, name, since(moment))
        known = {uuid for uuid in delta if before.get(uuid) == after[uuid]}
        assert all(_sts(town, kind, uuid) == newest for uuid in known), "only what stood at the bound may come again"
        changed = {uuid for uuid in after if before.get(uuid) != after[uuid]}
        assert set(delta) - known == changed
        book = night["streams"].get(STREAMS[name], {"records": []})["records"]
        assert {record["key"] for record in book if record["revealed"] == "pull"} == changed, "the ledger says the same"
        assert set(pull(apps, name)) == set(after)
    assert len(delta) < len(after)


def _sts(town: Town, kind: Kind, uuid: str) -> Any:
    return town.rows(f"select sts from {kind.table} where uuid = ?", (uuid,))[0][0]


@pytest.mark.parametrize("name", KINDS)
def test_pages_are_complete_and_stable(soap_town: Town, apps: Apps, name: str) -> None:
    expected = [
        uuid
        for (uuid,) in soap_town.rows(
            f"select uuid from {KINDS[name].table} where {KINDS[name].where} order by sts, uuid"
        )
    ]
    for size in (1000, 50, 13):
        # A page is never bigger than 500, whatever is asked: reading by what came is what a puller must do.
        assert pull(apps, name, size=min(size, 500)) == expected
    assert pull(apps, name, size=13) == expected


def test_the_server_cuts_a_page(soap_town: Town) -> None:
    apps = apps_of(soap_town, page=20)
    answer = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag", head=paging(0, 5000)), {"SoegSag": "egenskaber"}))
    assert len(uuids(answer)) == 20
    assert [n.text for n in answer.iter("{urn:oio:sagdok:3.0.0}MaksimalAntalKvantitet")] == ["20"]


def test_beyond_the_last_and_none_at_all(apps: Apps) -> None:
    vis = {"SoegSag": "egenskaber"}
    beyond = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag", head=paging(100000, 5)), vis))
    assert (status(beyond), uuids(beyond)) == ("20", [])
    none = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag", head=since("2999-01-01T00:00:00Z")), vis))
    assert (status(none), uuids(none)) == ("44", [])
    negative = ask(apps["sdi"], fremsoeg("sdi", soeg("SoegSag", head=paging(-1, 5)), vis))
    assert status(negative) == "40"
