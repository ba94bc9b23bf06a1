"""The invented citizens of the page's benchmark: the same every time, thirty rows each, with what is hidden."""

from benchmarks.citizens import Citizens
from canonical_model.tables import FACT_TABLES
from korsbaek.numbers import passes_modulus_11

MANY = 400


def test_about_thirty_facts_a_citizen_in_columns_that_exist() -> None:
    citizens = Citizens()
    citizens.town()
    found = [citizens.citizen(number) for number in range(MANY)]
    rows = citizens.taken()
    facts = {name: rows[name] for name in rows if name in FACT_TABLES}
    assert 28 * MANY < sum(map(len, facts.values())) < 34 * MANY
    for name, told in facts.items():
        assert set().union(*told) <= set(FACT_TABLES[name].model_fields), name
    assert {1, 2, 3, 4} <= {row["foelsomhed"] for row in rows["sagindeks"]}
    assert any(row["beskyttet"] for row in rows["personopslag"])
    assert not any(passes_modulus_11(row["nummer"]) for row in rows["identitet"])
    again = Citizens()
    again.town()
    assert [again.citizen(number) for number in range(MANY)] == found
