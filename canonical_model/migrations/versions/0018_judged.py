"""From where a changed stream is read again when its last run broke off before it was known what had been kept back."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    """Add the column; what has been read until now counts as judged."""
    op.add_column("stream_state", sa.Column("judged", sa.String()))
    op.execute("update stream_state set judged = cursor")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("stream_state", "judged")
