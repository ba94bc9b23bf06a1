"""Dokument and its relations."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import fact_table

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the tables."""
    fact_table(
        "dokument",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("dokumentnummer", sa.String()),
        sa.Column("titel", sa.String()),
        sa.Column("titel_offentlig", sa.String()),
        sa.Column("offentlighed_hjemmel", sa.String()),
        sa.Column("beskrivelse", sa.String()),
        sa.Column("brevdato", sa.Date()),
        sa.Column("version", sa.Integer()),
        sa.Column("underversion", sa.Integer()),
        sa.Column("kassationskode", sa.String()),
        sa.Column("foelsomhed", sa.Integer()),
        sa.Column("type", sa.String()),
        sa.Column("filendelse", sa.String()),
    )
    fact_table(
        "dokumentfremdrift",
        sa.Column("status", sa.String()),
    )
    fact_table(
        "dokumentpart",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("part", sa.Uuid()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        reference="part",
    )
    fact_table(
        "dokumentaktoer",
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
        "dokumentklasse",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("klassetitel", sa.String()),
    )
    fact_table(
        "dokumentrelation",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("reference", sa.Uuid()),
        reference="reference",
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "dokumentrelation",
        "dokumentklasse",
        "dokumentaktoer",
        "dokumentpart",
        "dokumentfremdrift",
        "dokument",
    ):
        op.drop_table(table)
