"""What a landed record says, table by table."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"


def upgrade() -> None:
    """The column; empty until a record changes."""
    op.add_column("landed", sa.Column("said", sa.LargeBinary()))


def downgrade() -> None:
    """As it was."""
    op.drop_column("landed", "said")
