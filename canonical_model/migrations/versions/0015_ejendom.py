"""Parcels and addresses of properties."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import fact_table

revision = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    """Make the table, and grant it as the other tables of facts."""
    fact_table(
        "ejendom",
        sa.Column("art", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("bfe_nummer", sa.String()),
        sa.Column("matrikelnummer", sa.String()),
        sa.Column("ejerlavskode", sa.String()),
        sa.Column("ejerlavsnavn", sa.String()),
        sa.Column("areal", sa.Integer()),
        sa.Column("vejnavn", sa.String()),
        sa.Column("husnummer", sa.String()),
        sa.Column("postnummer", sa.String()),
        sa.Column("postdistrikt", sa.String()),
    )
    op.create_index("ejendom_sted", "ejendom", ["vejnavn", "husnummer", "postnummer"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ejendom TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE ejendom_id_seq TO helhed_sync")
    op.execute("GRANT SELECT ON ejendom TO helhed_view")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("ejendom")
