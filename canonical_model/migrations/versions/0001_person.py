"""Person, Virksomhed and who they are."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import INSTANT, fact_table

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "identitet",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("art", sa.String(), nullable=False),
        sa.Column("nummer", sa.String(), nullable=False),
        sa.Column("objekt", sa.Uuid(), nullable=False),
        sa.Column("virkning_fra", INSTANT),
        sa.Column("virkning_til", INSTANT),
        sa.Column("kendt_fra", INSTANT, nullable=False),
        sa.Column("kendt_til", INSTANT),
        sa.Column("source", sa.String()),
    )
    op.create_index(
        "identitet_aktuel", "identitet", ["art", "nummer"], unique=True, postgresql_where=sa.text("kendt_til IS NULL")
    )
    op.create_index("identitet_nummer", "identitet", ["art", "nummer"])
    op.create_index("ix_identitet_objekt", "identitet", ["objekt"])
    op.create_table(
        "objekt",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("art", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("objekt", sa.Uuid(), nullable=False),
    )
    fact_table(
        "person",
        sa.Column("foedselsdato", sa.Date()),
        sa.Column("foedselsdato_usikker", sa.Boolean()),
        sa.Column("koen", sa.String()),
        sa.Column("status", sa.Integer()),
        sa.Column("statusdato", INSTANT),
        sa.Column("civilstand", sa.String()),
        sa.Column("civilstandsdato", INSTANT),
        sa.Column("statsborgerskab", sa.String()),
        sa.Column("stilling", sa.String()),
        sa.Column("tilmeldt_digitalpost", sa.Boolean()),
        watched=True,
    )
    fact_table(
        "navn",
        sa.Column("fornavn", sa.String()),
        sa.Column("mellemnavn", sa.String()),
        sa.Column("efternavn", sa.String()),
        sa.Column("adresseringsnavn", sa.String()),
        watched=True,
    )
    fact_table(
        "adresse",
        sa.Column("art", sa.String(), nullable=False),
        sa.Column("kommunekode", sa.String()),
        sa.Column("vejkode", sa.String()),
        sa.Column("vejnavn", sa.String()),
        sa.Column("husnummer", sa.String()),
        sa.Column("etage", sa.String()),
        sa.Column("sidedoer", sa.String()),
        sa.Column("bynavn", sa.String()),
        sa.Column("postnummer", sa.String()),
        sa.Column("postdistrikt", sa.String()),
        sa.Column("conavn", sa.String()),
        sa.Column("lokalitet", sa.String()),
        sa.Column("landekode", sa.String()),
        sa.Column("tekst", sa.String()),
        watched=True,
    )
    fact_table(
        "kontaktoplysning",
        sa.Column("art", sa.String(), nullable=False),
        sa.Column("vaerdi", sa.String()),
        watched=True,
    )
    fact_table(
        "beskyttelse",
        sa.Column("art", sa.String(), nullable=False),
        watched=True,
    )
    fact_table(
        "personrelation",
        sa.Column("relationstype", sa.String(), nullable=False),
        sa.Column("reference", sa.Uuid()),
        sa.Column("navn", sa.String()),
        sa.Column("foedselsdato", sa.Date()),
        sa.Column("kode", sa.String()),
        reference="reference",
    )
    fact_table(
        "virksomhed",
        sa.Column("navn", sa.String()),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "virksomhed",
        "personrelation",
        "beskyttelse",
        "kontaktoplysning",
        "adresse",
        "navn",
        "person",
        "objekt",
        "identitet",
    ):
        op.drop_table(table)
