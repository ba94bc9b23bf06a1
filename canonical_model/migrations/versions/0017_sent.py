"""In which bytes a landed record was last sent, and which unknown fields it had: what comes so again is as it was."""

import sqlalchemy as sa
from alembic import op

from canonical_model.migrations.first import TEXTS

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    """Add the columns; the next whole read of each stream fills them in."""
    op.add_column("landed", sa.Column("sent", sa.LargeBinary()))
    op.add_column("landed", sa.Column("unknown", TEXTS))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("landed", "unknown")
    op.drop_column("landed", "sent")
