"""Whether letters reach the citizen digitally: the post box's own word before CPR's, both shown."""

from uuid import uuid4

from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from tests.caseworker.conftest import World

ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)


def test_the_post_box_goes_before_cpr_and_the_disagreement_is_shown(world: World) -> None:
    f = world.facts
    f.kilde("digitalpost", 1)
    f.rank("digitalpost", "digitalpost", "cpr")
    f.fact("person", world.bent, "digitalpost", tilmeldt_digitalpost=False)
    f.fact("person", world.bent, "cpr", tilmeldt_digitalpost=True)
    f.write()
    page = read_borger(ANYTHING, world.bent, tid())
    said = page.hvem.digital_post
    assert said.vaerdi == "Ikke tilmeldt Digital Post" and said.kilde is not None and said.kilde.kilde == "digitalpost"
    assert [u.vaerdi for u in said.uenig] == ["Tilmeldt Digital Post"]
    assert "Digital Post" in [a.felt for a in page.afvigelser]
