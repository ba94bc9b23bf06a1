"""What waits in quarantine is counted by whom it concerns, so that a receipt can say what may be missing."""

from alembic import op

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Make the view anew, with the person."""
    _make("source, stream, owner")


def downgrade() -> None:
    """Make the former view."""
    _make("source, stream")


def _make(by: str) -> None:
    op.execute("DROP VIEW antal_karantaene")
    op.execute(f"CREATE VIEW antal_karantaene AS SELECT {by}, count(*)::bigint as antal FROM quarantine GROUP BY {by}")
    op.execute("GRANT SELECT ON antal_karantaene TO helhed_view")
