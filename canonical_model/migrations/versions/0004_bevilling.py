"""Bevilling, its benefits and payments."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT, fact_table

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Make the tables."""
    fact_table(
        "bevilling",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("startdato", sa.String()),
        sa.Column("slutdato", sa.String()),
        sa.Column("begrundelse", sa.String()),
        sa.Column("foelsomhed", sa.Integer()),
    )
    fact_table(
        "bevilgetydelse",
        sa.Column("ydelse_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String()),
        sa.Column("navn", sa.String()),
        sa.Column("ydelsesnavn", sa.String()),
        sa.Column("startdato", INSTANT),
        sa.Column("slutdato", INSTANT),
        sa.Column("begrundelse", sa.String()),
        sa.Column("tilbagebetalingspligtig", sa.Boolean()),
        sa.Column("meddelelse", sa.String()),
        sa.Column("kle", sa.String()),
        sa.Column("klassetitel", sa.String()),
        sa.Column("systemnavn", sa.String()),
        sa.Column("systemuri", sa.String()),
        sa.Column("plan_start", INSTANT),
        sa.Column("plan_slut", INSTANT),
        sa.Column("frekvens", sa.String()),
        sa.Column("forud_bagud", sa.String()),
        sa.Column("dispositionsdag", sa.String()),
        sa.Column("beloeb", sa.Numeric()),
        sa.Column("manuelt_godkendes", sa.Boolean()),
        sa.Column("status", sa.String()),
    )
    fact_table(
        "bevillingspart",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("part", sa.Uuid()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        reference="part",
    )
    fact_table(
        "bevillingsaktoer",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("cvr", sa.String()),
    )
    fact_table(
        "bevillingssag",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("fuldt_navn", sa.String()),
        reference="reference",
    )
    fact_table(
        "oekonomiskeffektuering",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("startdato", INSTANT),
        sa.Column("slutdato", INSTANT),
        sa.Column("bruttobeloeb", sa.Numeric()),
        sa.Column("dispositionsdato", INSTANT),
        sa.Column("beloeb_efter_skat", sa.Numeric()),
        sa.Column("beloeb_sendt", sa.Numeric()),
        sa.Column("beloeb_udbetalt", sa.Numeric()),
        sa.Column("udbetalingsafdeling", sa.String()),
        sa.Column("sendt_tekst", sa.String()),
        sa.Column("udbetalt_tekst", sa.String()),
    )
    fact_table(
        "ydelseseffektuering",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("bevilling", sa.Uuid()),
        sa.Column("ydelse_id", sa.String()),
        sa.Column("periode_start", INSTANT),
        sa.Column("periode_slut", INSTANT),
        sa.Column("beloeb", sa.Numeric()),
        sa.Column("kle", sa.String()),
        reference="bevilling",
    )
    fact_table(
        "effektueringspart",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("part", sa.Uuid()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        reference="part",
    )
    fact_table(
        "effektueringsaktoer",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("cvr", sa.String()),
    )
    fact_table(
        "effektueringsitsystem",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("systemnavn", sa.String()),
        sa.Column("systemuri", sa.String()),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "effektueringsitsystem",
        "effektueringsaktoer",
        "effektueringspart",
        "ydelseseffektuering",
        "oekonomiskeffektuering",
        "bevillingssag",
        "bevillingsaktoer",
        "bevillingspart",
        "bevilgetydelse",
        "bevilling",
    ):
        op.drop_table(table)
