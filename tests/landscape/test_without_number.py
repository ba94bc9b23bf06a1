"""Who holds a permit to park is a person without a CPR number: found, shown, and never joined by the machine."""

from pathlib import Path

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.tid import tid
from korsbaek import municipality
from korsbaek.town import Town
from tests.landscape.test_landscape import ANYTHING
from tests.way.hub import opened


@pytest.mark.timeout(180)
def test_holders_are_persons_of_their_own(
    tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "town"
    municipality.up(folder, 60, 7, 0, only=("cpr", "sbsys", "sdi", "ydi", "parkering"), further=("parkering",))
    try:
        hub = opened(folder, tmp_path / "config", monkeypatch)
        hub.sync(ids=["sbsys", "sdi", "ydi", "parkering", "cpr"])
        town = Town.open(folder / "town.db")
        freja = town.person(town.meta("showcase"))
        holders = town.rows(
            "select count(distinct json_extract(body, '$.indehaver.kundenummer')) from record where good is null"
        )
        town.close()
        assert freja is not None
        namesakes = hub.rows(
            "select o.person, exists (select 1 from identitet i where i.objekt = o.person) from personopslag o"
            " where o.navn = %s order by 2",
            (freja.navn.fuldt,),
        )
        assert [numbered for _, numbered in namesakes] == [False, True], "one with a number, one without"
        page = read_borger(ANYTHING, namesakes[0][0], tid())
        assert page.hvem.cpr is None and page.hvem.navn.vaerdi == freja.navn.fuldt
        assert page.hvem.adresse is not None and freja.adresse is not None
        assert str(page.hvem.adresse.vaerdi).startswith(freja.adresse.vejnavn)
        assert page.sager and {k for s in page.sager for k in s.kilder} == {"parkering"}
        with_number = read_borger(ANYTHING, namesakes[1][0], tid())
        assert "parkering" not in {k for s in with_number.sager for k in s.kilder}
        alone = hub.rows(
            "select count(*) from personopslag o where not exists (select 1 from identitet i where i.objekt = o.person)"
            " and exists (select 1 from navn n where n.objekt = o.person and n.source = 'parkering')"
        )
        assert alone == holders
    finally:
        municipality.down(folder)
