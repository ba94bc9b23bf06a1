"""All tables in one place, for migrations, loading and export."""

from canonical_model import (
    anmodning,
    bevilling,
    dokument,
    ejendom,
    frist,
    incident,
    kilde,
    krav,
    landing,
    opslag,
    organisation,
    person,
    personopslag,
    retention,
    sag,
    waiting,
)
from canonical_model.fact import Fact
from canonical_model.indexes import index_facts, index_search

MODULES = (
    anmodning, person, sag, frist, ejendom, dokument, bevilling, krav, organisation, kilde, incident, landing,
    opslag, personopslag, waiting, retention,
)  # fmt: skip

FACT_TABLES: dict[str, type[Fact]] = {
    str(c.__tablename__): c
    for module in MODULES
    for c in vars(module).values()
    if isinstance(c, type) and issubclass(c, Fact) and c is not Fact
}
"""The tables of facts by name."""

index_facts(FACT_TABLES)
index_search()
