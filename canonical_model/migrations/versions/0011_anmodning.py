"""Requests as a worker executes them, and what is refreshed outside the nights."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from canonical_model.migrations.first import INSTANT

revision = "0011"
down_revision: str | None = "0010"

ASKED = "uid, slags, objekt, bruger, formaal, noegle, oprettet"
"""What the view says of a request; the rest is the worker's."""


def upgrade() -> None:
    """Make the tables; the former Anmodning had neither reader nor writer, and is empty."""
    op.drop_table("anmodning")
    op.create_table(
        "anmodning",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("uid", sa.Uuid(), nullable=False, unique=True),
        sa.Column("slags", sa.String(), nullable=False),
        sa.Column("objekt", sa.Uuid(), nullable=False),
        sa.Column("bruger", sa.Uuid(), nullable=False),
        sa.Column("formaal", sa.String(), nullable=False),
        sa.Column("noegle", sa.String(), nullable=False),
        sa.Column("oprettet", INSTANT, nullable=False),
        sa.Column("tilstand", sa.String(), nullable=False, server_default=sa.text("'waiting'")),
        sa.Column("forsoeg", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("begyndt", INSTANT),
        sa.Column("svar", JSONB(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("afsluttet", INSTANT),
    )
    op.create_index("anmodning_noegle", "anmodning", ["bruger", "noegle"], unique=True)
    op.create_index("anmodning_objekt", "anmodning", ["objekt", "oprettet"])
    op.create_index(
        "anmodning_open", "anmodning", ["slags", "objekt"],
        unique=True, postgresql_where=sa.text("afsluttet IS NULL"),
    )  # fmt: skip
    op.create_table(
        "refreshed",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON anmodning, refreshed TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE anmodning_id_seq TO helhed_sync")
    op.execute(f"GRANT SELECT, INSERT ({ASKED}) ON anmodning TO helhed_view")
    op.execute("GRANT USAGE ON SEQUENCE anmodning_id_seq TO helhed_view")


def downgrade() -> None:
    """The former table again."""
    op.drop_table("refreshed")
    op.drop_table("anmodning")
    op.create_table(
        "anmodning",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("noegle", sa.String(), nullable=False, unique=True),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("person", sa.Uuid()),
        sa.Column("hvem", sa.Uuid(), nullable=False),
        sa.Column("hvorfor", sa.String(), nullable=False),
        sa.Column("oprettet", INSTANT, nullable=False),
        sa.Column("udfoert", INSTANT),
        sa.Column("resultat", sa.String()),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON anmodning TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE anmodning_id_seq TO helhed_sync, helhed_view")
    op.execute("GRANT SELECT, INSERT ON anmodning TO helhed_view")
