"""One citizen's page over many systems: a payment told twice is one line, a case of four servers is one case."""

from pathlib import Path

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.tid import tid
from korsbaek import municipality
from korsbaek.systems.koerekort.leg import LEGS
from korsbaek.town import Town
from tests.landscape.test_landscape import ANYTHING
from tests.way.hub import opened

FURTHER = (*LEGS, "ydelseliste", "digitalpost", "datafordeler")


@pytest.mark.timeout(240)
def test_the_showcase_citizen(tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, systems = tmp_path / "town", ("cpr", "sbsys", "sdi", "ydi", *FURTHER)
    municipality.up(folder, 60, 7, 0, only=systems, further=FURTHER)
    try:
        hub = opened(folder, tmp_path / "config", monkeypatch)
        for result in hub.sync(
            ids=[*systems[1:4], *LEGS, "datafordeler", "cpr", "ydelseliste", "digitalpost"]
        ).values():
            assert result.state == "succeeded", result
        town = Town.open(folder / "town.db")
        cpr = town.meta("showcase")
        told_twice = town.rows(
            "select count(*) from record where kind = 'effektuering' and owner = ?"
            " and json_extract(body, '$.system') = 'KY'",
            (cpr,),
        )[0][0]
        town.close()
        ((person,),) = hub.rows("select objekt from identitet where art = 'cpr' and nummer = %s", (cpr,))
        page = read_borger(ANYTHING, person, tid())
    finally:
        municipality.down(folder)
    both = [u for u in page.udbetalinger if u.kilder == ["ydelseliste", "ydi"]]
    assert told_twice and len(both) == told_twice, "the same payment in two systems is one line with both sources"
    assert [y.kilder for y in page.ydelser if y.kilder == ["ydelseliste", "ydi"]]
    udk = [y for y in page.ydelser if y.navn in ("Folkepension", "Boligstøtte", "Børne- og ungeydelse")]
    assert len(udk) == 3 and all(y.fra is None and y.beloeb for y in udk)
    (licence,) = [s for s in page.sager if s.titel.vaerdi == "Fornyelse af kørekort"]
    assert licence.kilder == sorted(LEGS) and licence.aaben
    steps = {f.titel: f for f in page.frister if f.sag == licence.uuid}
    assert [t for t in steps if t and t.startswith("Trykkeriet")], "the expected next step"
    reminders = [f for f in page.frister if f.kilder == ["sbsys"]]
    assert any(f.aaben and f.ansvarlig for f in reminders)
    assert page.hvem.digital_post.kilde is not None and page.hvem.digital_post.kilde.kilde == "digitalpost"
    (home,) = page.ejendomme
    assert home.bfe and home.matrikler and page.hvem.adresse is not None
    assert str(page.hvem.adresse.vaerdi).startswith(home.adresser[0].split(",")[0])
    with_data = {line.kilde for line in page.coverage.kilder if line.status == "data"}
    assert with_data >= {"cpr", "sdi", "sbsys", "ydi", *FURTHER}
