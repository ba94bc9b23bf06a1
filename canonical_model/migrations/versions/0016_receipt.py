"""What a receipt must know: whom the records in quarantine concern, and which streams are asked about each person."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"


def upgrade() -> None:
    """Make the view of quarantine anew, with the person, and add the column; each run fills it in."""
    _make("source, stream, owner")
    op.add_column("stream_state", sa.Column("by_person", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Make the former view, and drop the column."""
    op.drop_column("stream_state", "by_person")
    _make("source, stream")


def _make(by: str) -> None:
    op.execute("DROP VIEW antal_karantaene")
    op.execute(f"CREATE VIEW antal_karantaene AS SELECT {by}, count(*)::bigint as antal FROM quarantine GROUP BY {by}")
    op.execute("GRANT SELECT ON antal_karantaene TO helhed_view")
