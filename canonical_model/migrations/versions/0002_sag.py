"""Sag and what hangs on it."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT, TEXTS, fact_table

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Make the tables."""
    fact_table(
        "sag",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("sagsnummer", sa.String()),
        sa.Column("titel", sa.String()),
        sa.Column("titel_offentlig", sa.String()),
        sa.Column("offentlighed_hjemmel", sa.String()),
        sa.Column("beskrivelse", sa.String()),
        sa.Column("hjemmel", sa.String()),
        sa.Column("kassationskode", sa.String()),
        sa.Column("afleveret", sa.Boolean()),
        sa.Column("principiel", sa.Boolean()),
    )
    op.create_index("sag_sagsnummer", "sag", [sa.text("lower(sagsnummer)")])
    fact_table(
        "sagindeks",
        sa.Column("sagsstatus", sa.String()),
        sa.Column("sagskategori", sa.String()),
        sa.Column("foelsomhed", sa.Integer()),
        sa.Column("lokation", sa.String()),
        sa.Column("oprettet", INSTANT),
    )
    fact_table(
        "fremdrift",
        sa.Column("status", sa.String()),
    )
    fact_table(
        "sagspart",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("part", sa.Uuid()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        reference="part",
    )
    fact_table(
        "sagsaktoer",
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
        "sagsklasse",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("klassetitel", sa.String()),
        sa.Column("facettitel", sa.String()),
        sa.Column("soegeord", TEXTS),
    )
    fact_table(
        "sagsrelation",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("reference", sa.Uuid()),
        reference="reference",
    )
    fact_table(
        "sagsgenstand",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("type", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("tekst", sa.String()),
    )
    fact_table(
        "sagsitsystem",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
        sa.Column("systemnavn", sa.String()),
        sa.Column("systemuri", sa.String()),
    )
    fact_table(
        "sikkerhedsprofil",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("reference", sa.Uuid()),
        sa.Column("urn", sa.String()),
    )
    fact_table(
        "journalpost",
        sa.Column("rolle", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("dokument", sa.Uuid()),
        sa.Column("dokumenttitel", sa.String()),
        sa.Column("titel_offentlig", sa.String()),
        sa.Column("offentlighed_hjemmel", sa.String()),
        reference="dokument",
    )
    fact_table(
        "journalnotat",
        sa.Column("indeks", sa.String()),
        sa.Column("titel", sa.String()),
        sa.Column("notat", sa.String()),
        sa.Column("format", sa.String()),
        sa.Column("skrevet", INSTANT),
        sa.Column("forfatter", sa.String()),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "journalnotat",
        "journalpost",
        "sikkerhedsprofil",
        "sagsitsystem",
        "sagsgenstand",
        "sagsrelation",
        "sagsklasse",
        "sagsaktoer",
        "sagspart",
        "fremdrift",
        "sagindeks",
        "sag",
    ):
        op.drop_table(table)
