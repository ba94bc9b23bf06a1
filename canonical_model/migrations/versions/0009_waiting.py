"""Held deletions and their approvals, changed fields, and what has to be and has been erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from canonical_model.migrations.first import INSTANT, TEXTS

revision = "0009"
down_revision: str | None = "0008"

NEW = ("held_deletion", "deletion_approval", "drift", "field_seen", "gone", "erasure")
VIEW_READS = ("held_deletion", "deletion_approval", "drift", "erasure")
"""The view says what waits and what has been erased; never which record."""

MAINTAIN = """
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE '{0} MAINTAIN ON ALL TABLES IN SCHEMA public {1} helhed_sync';
    END IF;
END $$
"""
"""So that what is erased can be vacuumed away at once; PostgreSQL 15 and 16 leave that to their autovacuum."""


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "held_deletion",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("ceiling", sa.Integer(), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("kinds", JSONB(), nullable=False),
        sa.Column("citizens", sa.Integer(), nullable=False),
    )
    op.create_table(
        "deletion_approval",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("hvem", sa.String(), nullable=False),
        sa.Column("tid", INSTANT, nullable=False),
        sa.Column("used", INSTANT),
        sa.Column("run", sa.BigInteger()),
        sa.Column("deleted", sa.Integer()),
    )
    op.create_index(
        "deletion_approval_open", "deletion_approval", ["source", "stream"],
        unique=True, postgresql_where=sa.text("used IS NULL"),
    )  # fmt: skip
    op.create_table(
        "drift",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("became", sa.String()),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("last_seen", INSTANT, nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("closed", INSTANT),
    )
    op.create_index(
        "drift_open", "drift", ["source", "stream", "field", "kind"],
        unique=True, postgresql_where=sa.text("closed IS NULL"),
    )  # fmt: skip
    op.create_table(
        "field_seen",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("types", TEXTS, nullable=False),
        sa.Column("absent", sa.BigInteger(), nullable=False),
        sa.Column("absent_since", INSTANT),
    )
    op.create_table(
        "gone",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("since", INSTANT, nullable=False),
    )
    op.create_index("ix_gone_since", "gone", ["since"])
    op.create_table(
        "erasure",
        sa.Column("started", INSTANT, primary_key=True),
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("place", sa.String(), primary_key=True),
        sa.Column("reason", sa.String(), primary_key=True),
        sa.Column("erased", sa.BigInteger(), nullable=False),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(NEW)} TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE deletion_approval_id_seq, drift_id_seq TO helhed_sync")
    op.execute("REVOKE DELETE ON deletion_approval, erasure FROM helhed_sync")
    op.execute(f"GRANT SELECT ON {', '.join(VIEW_READS)} TO helhed_view")
    op.execute(MAINTAIN.format("GRANT", "TO"))


def downgrade() -> None:
    """Drop them."""
    op.execute(MAINTAIN.format("REVOKE", "FROM"))
    for table in reversed(NEW):
        op.drop_table(table)
