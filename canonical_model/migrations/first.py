"""The shape of a fact table as the first schema had it. Frozen: later migrations alter tables, never this file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

INSTANT = sa.DateTime(timezone=True)
TEXTS = ARRAY(sa.Text())


def fact_table(name: str, *columns: "sa.Column[object]", reference: str | None = None, watched: bool = False) -> None:
    """Make a table of facts with its indexes; `reference` is indexed too, `watched` is read by consolidation."""
    op.create_table(
        name,
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("objekt", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("virkning_fra", INSTANT),
        sa.Column("virkning_til", INSTANT),
        sa.Column("registreret", INSTANT),
        sa.Column("registreret_til", INSTANT),
        sa.Column("sts_tidspunkt", INSTANT),
        sa.Column("kendt_fra", INSTANT, nullable=False),
        sa.Column("kendt_til", INSTANT),
        sa.Column("withheld", TEXTS),
        sa.Column("flag", sa.String()),
        *columns,
    )
    op.create_index(
        f"{name}_aktuel", name, ["source", "stream", "key", "fact"],
        unique=True, postgresql_where=sa.text("kendt_til IS NULL"),
    )  # fmt: skip
    op.create_index(f"{name}_objekt", name, ["objekt"])
    if reference:
        op.create_index(f"{name}_{reference}", name, [reference], postgresql_where=sa.text(f"{reference} IS NOT NULL"))
    if watched:
        op.create_index(f"{name}_kendt_fra", name, ["kendt_fra"], postgresql_using="brin")
        op.create_index(f"{name}_kendt_til", name, ["kendt_til"], postgresql_where=sa.text("kendt_til IS NOT NULL"))
