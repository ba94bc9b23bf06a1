"""A source may change its door: no fact goes, none is doubled, and only history is not told any more."""

from pathlib import Path

import pytest

from korsbaek import municipality
from tests.connectors.idws.scene import fresh_tokens
from tests.way.hub import Hub, opened

NOW = """select objekt, navn, telefon, {of} from {table} where kendt_til is null and source = 'organisation'
and (virkning_til is null or virkning_til > now()) order by 1, 2"""


@pytest.mark.full
@pytest.mark.timeout(240)
def test_organisation_by_soap_and_by_graphql(
    tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = tmp_path / "town"
    only = ("organisation", "sts")
    municipality.up(town, 40, 7, 0, only=only, token=("organisation",), further=("organisation",))
    try:
        with fresh_tokens():
            hub = opened(town, tmp_path / "config", monkeypatch)
            by_soap = held(hub)
            file = hub.config / "sources" / "organisation.toml"
            before = file.read_text()
            file.write_text(f'{before}\n[options]\ndoor = "graphql"\n')
            by_graphql = held(hub)
            file.write_text(before)
            again = held(hub)
    finally:
        municipality.down(town)
    assert by_soap["brugere"] and by_soap["enheder"]
    assert by_soap == by_graphql == again


def held(hub: Hub) -> dict[str, list[tuple[object, ...]]]:
    """What is held of units and users at present, after a sync in which nothing was found to be gone."""
    result = hub.sync(ids=["organisation"])["organisation"]
    assert result.state == "succeeded", result
    assert {counts.gone for counts in result.streams.values()} == {0}
    tables = {"enheder": ("organisationenhed", "leder"), "brugere": ("bruger", "enhed")}
    return {name: hub.rows(NOW.format(table=table, of=of)) for name, (table, of) in tables.items()}
