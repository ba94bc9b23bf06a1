"""What a whole read asks for first stands in indexes: the digests of what was sent, and who has names nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision: str | None = "0020"


def upgrade() -> None:
    """The primary key with the digests beside the keys, and an index of the records with names that nobody knows."""
    op.drop_constraint("landed_pkey", "landed")
    op.execute("alter table landed add constraint landed_pkey primary key (source, stream, key) include (sent)")
    op.create_index("landed_unknown", "landed", ["source", "stream"], postgresql_where=sa.text("unknown IS NOT NULL"))


def downgrade() -> None:
    """As it was."""
    op.drop_index("landed_unknown", "landed")
    op.drop_constraint("landed_pkey", "landed")
    op.create_primary_key("landed_pkey", "landed", ["source", "stream", "key"])
