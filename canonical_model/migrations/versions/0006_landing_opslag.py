"""Landed records, the log of lookups, and search."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT, TEXTS

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "landed",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("owner", sa.Uuid()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("landed", INSTANT, nullable=False),
    )
    op.create_index("ix_landed_owner", "landed", ["owner"])
    op.create_table(
        "quarantine",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.Uuid()),
    )
    op.create_table(
        "worklist",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("stream", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("besked_id", sa.String(), primary_key=True),
        sa.Column("received", INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("handled", INSTANT),
        sa.Column("parked", sa.String()),
    )
    op.create_table(
        "opslag",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("uid", sa.Uuid(), nullable=False, unique=True),
        sa.Column("tid", INSTANT, nullable=False),
        sa.Column("bruger", sa.Uuid(), nullable=False),
        sa.Column("brugernavn", sa.String(), nullable=False),
        sa.Column("enhed", sa.String(), nullable=False),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("person", sa.Uuid()),
        sa.Column("objekter", sa.Integer(), nullable=False),
        sa.Column("formaal", sa.String(), nullable=False),
        sa.Column("kanal", sa.String(), nullable=False),
        sa.Column("resultat", sa.String(), nullable=False),
        sa.Column("kriterium", sa.String()),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.Column("sager", TEXTS),
    )
    op.create_index("opslag_person_tid", "opslag", ["person", "tid"])
    op.create_table(
        "opslagsblok",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("fra", sa.BigInteger(), nullable=False),
        sa.Column("til", sa.BigInteger(), nullable=False),
        sa.Column("lukket", INSTANT, nullable=False),
        sa.Column("forrige", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
    )
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
    op.create_table(
        "personopslag",
        sa.Column("person", sa.Uuid(), primary_key=True),
        sa.Column("navn", sa.String()),
        sa.Column("navn_sort", sa.String(), nullable=False),
        sa.Column("navn_ord", sa.String(), nullable=False),
        sa.Column("adresse", sa.String()),
        sa.Column("adresse_ord", sa.String(), nullable=False),
        sa.Column("foedselsdato", sa.Date()),
        sa.Column("beskyttet", sa.Boolean(), nullable=False),
        sa.Column("doed", sa.Boolean(), nullable=False),
        sa.Column("konflikt", sa.Boolean(), nullable=False),
        sa.Column("opdateret", INSTANT, nullable=False),
    )
    op.create_index(
        "personopslag_adresse_ord",
        "personopslag",
        [sa.text("to_tsvector('simple', adresse_ord)")],
        postgresql_using="gin",
    )
    op.create_index("personopslag_foedselsdato", "personopslag", ["foedselsdato"])
    op.create_index(
        "personopslag_navn_ord", "personopslag", [sa.text("to_tsvector('simple', navn_ord)")], postgresql_using="gin"
    )
    op.create_index("personopslag_navn_sort", "personopslag", ["navn_sort", "person"])
    op.create_table(
        "praecedens",
        sa.Column("felt", sa.String(), primary_key=True),
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("kendt_fra", INSTANT, primary_key=True),
        sa.Column("kendt_til", INSTANT),
        sa.Column("rang", sa.Integer(), nullable=False),
    )
    op.create_table(
        "vandmaerke",
        sa.Column("navn", sa.String(), primary_key=True),
        sa.Column("tid", INSTANT, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "vandmaerke",
        "praecedens",
        "personopslag",
        "anmodning",
        "opslagsblok",
        "opslag",
        "inbox",
        "worklist",
        "quarantine",
        "landed",
    ):
        op.drop_table(table)
