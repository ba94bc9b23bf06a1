"""The indexes of the fact tables and of search. Each serves a statement that loading, reading or search is made of."""

from sqlalchemy import Index, Table, func, text

from canonical_model.fact import Fact
from canonical_model.person import Identitet
from canonical_model.personopslag import Personopslag

REFERENCES: dict[str, str] = {
    "sagspart": "part",
    "dokumentpart": "part",
    "bevillingspart": "part",
    "effektueringspart": "part",
    "krav": "part",
    "personrelation": "reference",
    "sagsrelation": "reference",
    "dokumentrelation": "reference",
    "bevillingssag": "reference",
    "journalpost": "dokument",
    "ydelseseffektuering": "bevilling",
}
"""Table to the column by which its rows are found from the other end: from a person, a Sag, a Dokument, a Bevilling."""

CONSOLIDATED = ("person", "navn", "adresse", "kontaktoplysning", "beskyttelse")
"""Tables that consolidation reads from its watermark on."""


def index_facts(tables: dict[str, type[Fact]]) -> None:
    """Give every fact table its indexes.

    `<table>_aktuel` is the one that loading compares and closes by: at most one open row a fact.
    """
    for name, model in tables.items():
        table: Table = model.__table__  # type: ignore[attr-defined]
        columns = table.c
        Index(
            f"{name}_aktuel", columns.source, columns.stream, columns.key, columns.fact,
            unique=True, postgresql_where=text("kendt_til IS NULL"),
        )  # fmt: skip
        Index(f"{name}_objekt", columns.objekt)
        if name in REFERENCES:
            column = columns[REFERENCES[name]]
            Index(f"{name}_{column.name}", column, postgresql_where=text(f"{column.name} IS NOT NULL"))
        if name in CONSOLIDATED:
            Index(f"{name}_kendt_fra", columns.kendt_fra, postgresql_using="brin")
            Index(f"{name}_kendt_til", columns.kendt_til, postgresql_where=text("kendt_til IS NOT NULL"))
        if name == "sag":
            Index("sag_sagsnummer", func.lower(columns.sagsnummer))
        if name == "ejendom":
            Index("ejendom_sted", columns.vejnavn, columns.husnummer, columns.postnummer)
        if name == "klasse":
            Index("klasse_noegle", columns.brugervendt_noegle)


def index_search() -> None:
    """Give Identitet and Personopslag theirs.

    Search by words uses the expressions `to_tsvector('simple', navn_ord)` and `to_tsvector('simple', adresse_ord)`;
    a query must use the same, with a prefix: `to_tsvector('simple', navn_ord) @@ to_tsquery('simple', 'ann:*')`.
    """
    number: Table = Identitet.__table__  # type: ignore[attr-defined]
    Index("identitet_nummer", number.c.art, number.c.nummer)
    Index(
        "identitet_aktuel", number.c.art, number.c.nummer,
        unique=True, postgresql_where=text("kendt_til IS NULL"),
    )  # fmt: skip
    search: Table = Personopslag.__table__  # type: ignore[attr-defined]
    for column in (search.c.navn_ord, search.c.adresse_ord):
        vector = func.to_tsvector(text("'simple'"), column)
        Index(f"personopslag_{column.name}", vector, postgresql_using="gin")
    Index("personopslag_navn_sort", search.c.navn_sort, search.c.person)
    Index("personopslag_foedselsdato", search.c.foedselsdato)
