"""What the shared registers say of units, classes and companies."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"

COLUMNS: dict[str, list[tuple[str, type[sa.Uuid[UUID]] | type[sa.String] | type[sa.Boolean]]]] = {
    "organisationenhed": [("leder", sa.Uuid)],
    "klasse": [("afloest_af", sa.Uuid), ("bevaring", sa.String), ("slettefrist", sa.String)],
    "virksomhed": [
        ("virksomhedsform", sa.String), ("branche", sa.String), ("adresse", sa.String), ("telefon", sa.String),
        ("email", sa.String), ("reklamebeskyttet", sa.Boolean),
    ],
}  # fmt: skip


def upgrade() -> None:
    """Add the columns, and find a class by its number."""
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind()))
    op.create_index("klasse_noegle", "klasse", ["brugervendt_noegle"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("klasse_noegle", table_name="klasse")
    for table, columns in COLUMNS.items():
        for name, _ in columns:
            op.drop_column(table, name)
