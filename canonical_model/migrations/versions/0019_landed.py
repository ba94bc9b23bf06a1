"""What is asked of landed by person, and by age, is found by indexes that hold what can be asked for, and no more."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"


def upgrade() -> None:
    """Records of persons alone by their owner, and those that still have a body by when they landed."""
    op.drop_index("ix_landed_owner", "landed")
    op.create_index("landed_owner", "landed", ["owner"], postgresql_where=sa.text("owner IS NOT NULL"))
    op.create_index("landed_body", "landed", ["source", "landed"], postgresql_where=sa.text("body IS NOT NULL"))


def downgrade() -> None:
    """As they were."""
    op.drop_index("landed_body", "landed")
    op.drop_index("landed_owner", "landed")
    op.create_index("ix_landed_owner", "landed", ["owner"])
