"""Organisation, and the register of sources."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT, TEXTS, fact_table

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Make the tables."""
    fact_table(
        "organisationenhed",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("navn", sa.String()),
        sa.Column("overordnet", sa.Uuid()),
        sa.Column("telefon", sa.String()),
    )
    fact_table(
        "bruger",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("navn", sa.String()),
        sa.Column("enhed", sa.Uuid()),
        sa.Column("telefon", sa.String()),
    )
    fact_table(
        "klasse",
        sa.Column("brugervendt_noegle", sa.String()),
        sa.Column("titel", sa.String()),
        sa.Column("facet", sa.String()),
        sa.Column("overordnet", sa.Uuid()),
    )
    op.create_table(
        "kilde",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("connector", sa.String(), nullable=False),
        sa.Column("navn", sa.String(), nullable=False),
        sa.Column("myndighed", sa.String(), nullable=False),
        sa.Column("systemejer", sa.String(), nullable=False),
        sa.Column("kontakt", sa.String(), nullable=False),
        sa.Column("leverandoer", sa.String(), nullable=False),
        sa.Column("formaal", sa.String(), nullable=False),
        sa.Column("hjemmel", sa.String(), nullable=False),
        sa.Column("kle", TEXTS, nullable=False),
        sa.Column("foelsomhed", sa.Integer(), nullable=False),
        sa.Column("opbevaring_maaneder", sa.Integer(), nullable=False),
        sa.Column("friskhed_timer", sa.Integer(), nullable=False),
        sa.Column("tidsplan", sa.String(), nullable=False),
        sa.Column("deep_link", sa.String()),
        sa.Column("aktiv", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "stream_state",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("cursor", sa.String()),
        sa.Column("complete_as_of", INSTANT),
        sa.Column("last_attempt", INSTANT),
        sa.Column("failing_since", INSTANT),
        sa.Column("error", sa.String()),
    )
    op.create_table(
        "asked",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("objekt", sa.Uuid(), primary_key=True),
        sa.Column("asked", INSTANT, nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("started", INSTANT, nullable=False),
        sa.Column("ended", INSTANT),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
    )
    op.create_index("ix_run_source", "run", ["source"])
    op.create_table(
        "run_stream",
        sa.Column("run", sa.BigInteger(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("unknown_fields", TEXTS),
        sa.Column("error", sa.String()),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "run_stream",
        "run",
        "asked",
        "stream_state",
        "kilde",
        "klasse",
        "bruger",
        "organisationenhed",
    ):
        op.drop_table(table)
