"""What a landed record says, table by table; and the digests of what was sent found without reading the bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"


def upgrade() -> None:
    """The column, and the digest of what was sent beside its key in the primary key's index."""
    op.add_column("landed", sa.Column("said", sa.LargeBinary()))
    op.drop_constraint("landed_pkey", "landed")
    op.execute("alter table landed add constraint landed_pkey primary key (source, stream, key) include (sent)")


def downgrade() -> None:
    """As they were."""
    op.drop_constraint("landed_pkey", "landed")
    op.create_primary_key("landed_pkey", "landed", ["source", "stream", "key"])
    op.drop_column("landed", "said")
