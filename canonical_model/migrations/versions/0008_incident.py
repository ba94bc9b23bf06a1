"""Incidents, an owner that no door lets out, an error for runs that never reached a stream, and counts for the view."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT, TEXTS

revision = "0008"
down_revision: str | None = "0007"

VIEWS = {
    "antal_karantaene": "select source, stream, count(*)::bigint as antal from quarantine group by source, stream",
    "antal_beskeder": "select count(*) filter (where handled is null and parked is null)::bigint as venter,"
    " count(*) filter (where parked is not null)::bigint as parkeret from inbox",
}
"""Counts of what the view's role may not read."""


def upgrade() -> None:
    """Make the table and the views, and grant them."""
    op.create_table(
        "incident",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("opened", INSTANT, nullable=False),
        sa.Column("closed", INSTANT),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("tekst", sa.String(), nullable=False),
        sa.Column("navn", sa.String(), nullable=False),
        sa.Column("systemejer", sa.String(), nullable=False),
        sa.Column("kontakt", sa.String(), nullable=False),
        sa.Column("kontakt_mail", sa.String()),
        sa.Column("leverandoer", sa.String(), nullable=False),
        sa.Column("enheder", TEXTS, nullable=False),
        sa.Column("kle", TEXTS, nullable=False),
        sa.Column("borgere", sa.Integer(), nullable=False),
        sa.Column("told", INSTANT),
        sa.Column("told_level", sa.Integer(), nullable=False),
        sa.Column("told_closed", sa.Boolean(), nullable=False),
        sa.Column("untold", sa.Boolean(), nullable=False),
    )
    op.create_index(
        "incident_aktuel", "incident", ["kind", "source", "stream"],
        unique=True, postgresql_where=sa.text("closed IS NULL"),
    )  # fmt: skip
    op.create_index("incident_untold", "incident", ["id"], postgresql_where=sa.text("untold"))
    op.create_index("inbox_parked", "inbox", ["received"], postgresql_where=sa.text("parked IS NOT NULL"))
    op.add_column("kilde", sa.Column("kontakt_mail", sa.String()))
    op.create_check_constraint("kilde_har_ejer", "kilde", "btrim(systemejer) <> '' and btrim(kontakt) <> ''")
    op.add_column("run", sa.Column("error", sa.String()))
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON incident TO helhed_sync")
    op.execute("GRANT USAGE ON SEQUENCE incident_id_seq TO helhed_sync")
    op.execute("GRANT SELECT ON incident TO helhed_view")
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
        op.execute(f"GRANT SELECT ON {name} TO helhed_view")


def downgrade() -> None:
    """Take them back."""
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.drop_column("run", "error")
    op.drop_constraint("kilde_har_ejer", "kilde")
    op.drop_column("kilde", "kontakt_mail")
    op.drop_index("inbox_parked", "inbox")
    op.drop_table("incident")
