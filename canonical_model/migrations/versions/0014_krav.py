"""What is owed to the municipality."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import fact_table

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """Make the table, and grant it as the other tables of facts."""
    fact_table(
        "krav",
        sa.Column("part", sa.Uuid()),
        sa.Column("fuldt_navn", sa.String()),
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("art", sa.String()),
        sa.Column("titel", sa.String()),
        sa.Column("beloeb", sa.Numeric()),
        sa.Column("restbeloeb", sa.Numeric()),
        sa.Column("stiftelsesdato", sa.Date()),
        sa.Column("forfaldsdato", sa.Date()),
        sa.Column("tilstand", sa.String()),
        sa.Column("kle", sa.String()),
        reference="part",
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON krav TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE krav_id_seq TO helhed_sync")
    op.execute("GRANT SELECT ON krav TO helhed_view")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("krav")
