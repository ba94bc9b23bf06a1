"""A lookup has a row for each person shown; the database says itself in which order and when a row was written."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT

revision = "0010"
down_revision: str | None = "0009"

GIVEN = (
    "uid, tid, bruger, brugernavn, enhed, handling, person, objekter, formaal, kanal, resultat, kriterium, hidden,"
    " sager, svar"
)
"""What the one who looks up may write; `id` and `skrevet` are the database's own."""


def upgrade() -> None:
    """Add the columns, and let the view write those only that are its to write."""
    op.add_column("opslag", sa.Column("svar", sa.Uuid()))
    # No default for rows that stand already: when they were written is not known, and their seal must hold.
    op.add_column("opslag", sa.Column("skrevet", INSTANT))
    op.alter_column("opslag", "skrevet", server_default=sa.text("clock_timestamp()"))
    op.execute("REVOKE INSERT ON opslag FROM helhed_view, helhed_sync")
    op.execute(f"GRANT INSERT ({GIVEN}) ON opslag TO helhed_view, helhed_sync")


def downgrade() -> None:
    """Take them away."""
    op.execute(f"REVOKE INSERT ({GIVEN}) ON opslag FROM helhed_view, helhed_sync")
    op.execute("GRANT INSERT ON opslag TO helhed_view, helhed_sync")
    op.drop_column("opslag", "skrevet")
    op.drop_column("opslag", "svar")
