"""A payment whose grant no source holds: it vanished there, or never came. It is not shown to all, and never lost."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from canonical_model.store import engine
from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from tests.caseworker.facts import CVR, Facts

TABLES = ("bevilling", "bevillingsaktoer", "bevillingspart", "bevilgetydelse")


@pytest.fixture
def citizen(store: dict[str, str]) -> UUID:
    """Somebody with two payments, whose Bevilling is gone."""
    f = Facts()
    f.kilde("ydi", 2, "32")
    part = f.person("1108194002", "Ane", "Ågård")
    f.ydelse(part, "Sygedagpenge")
    f.write()
    with engine("owner").begin() as connection:
        for table in TABLES:
            connection.execute(text(f"update {table} set kendt_til = now() - interval '1 hour'"))
    return part


def reader(niveau: int, kle: str = "32.*", cvr: str = CVR) -> Principal:
    """A reader with one grant."""
    return Principal(uuid4(), "x", "X", "Y", CVR, (Grant(cvr, (kle,), niveau),), ROLLER)


def test_who_may_see_all_that_is_unknown_sees_it_and_the_receipt_says_data(citizen: UUID) -> None:
    page = read_borger(reader(4), citizen, tid())
    (line,) = page.coverage.kilder
    assert len(page.udbetalinger) == 2 and line.status == "data"


@pytest.mark.parametrize("other", [reader(3), reader(4, kle="27.*"), reader(4, cvr="22222222")])
def test_nobody_else_sees_or_counts_it(citizen: UUID, other: Principal) -> None:
    page = read_borger(other, citizen, tid())
    assert not page.udbetalinger and page.skjult.effektueringer == 0
