"""Deadlines and tasks on a Sag."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import fact_table

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Make the table, and grant it as the other tables of facts."""
    fact_table(
        "frist",
        sa.Column("art", sa.String(), nullable=False),
        sa.Column("indeks", sa.String()),
        sa.Column("titel", sa.String()),
        sa.Column("beskrivelse", sa.String()),
        sa.Column("fristdato", sa.Date()),
        sa.Column("tilstand", sa.String()),
        sa.Column("venter_paa", sa.String()),
        sa.Column("ansvarlig", sa.String()),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON frist TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE frist_id_seq TO helhed_sync")
    op.execute("GRANT SELECT ON frist TO helhed_view")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("frist")
