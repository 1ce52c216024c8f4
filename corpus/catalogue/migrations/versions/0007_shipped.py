"""What shipped last, so that a new version refreshes only what nobody has changed since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shipped",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "item", name=op.f("pk_shipped")),
    )


def downgrade() -> None:
    op.drop_table("shipped")
