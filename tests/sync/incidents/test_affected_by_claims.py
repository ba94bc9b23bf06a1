"""Citizens who owe something are affected when the system of claims fails; companies are no citizens."""

from uuid import UUID, uuid4

import pytest

from canonical_model.person import Identitet
from canonical_model.store import connect
from sync.incidents.affected import affected
from tests.caseworker.facts import Facts

pytestmark = pytest.mark.usefixtures("store")


def test_debtors_are_counted_and_companies_are_not() -> None:
    f, citizen, company = Facts(), uuid4(), uuid4()
    numbers = ((citizen, "cpr", "1402379998"), (company, "cvr", "93913685"))
    for part, art, number in numbers:
        f.fact("krav", uuid4(), "prisme", part=part)
        _known(f, part, art, number)
    f.fact("krav", uuid4(), "prisme", part=citizen)
    f.fact("krav", uuid4(), "another", part=uuid4())
    f.write()
    with connect("sync") as connection:
        assert affected(connection, "prisme", ["00"]).borgere == 1


def _known(f: Facts, part: UUID, art: str, number: str) -> None:
    f.row(Identitet, art=art, nummer=number, objekt=part, kendt_fra=f.kendt, source="prisme")
