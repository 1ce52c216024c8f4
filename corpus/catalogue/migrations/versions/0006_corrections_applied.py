"""Corrections of library cards beside them; a correction's field may name any concept, and may name a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("corrected", sa.Text(), server_default="{}", nullable=False))
    with op.batch_alter_table("corrections") as table:
        table.add_column(sa.Column("page", sa.Integer()))
        table.alter_column("field", type_=sa.String(length=80), existing_type=sa.String(length=40))


def downgrade() -> None:
    with op.batch_alter_table("corrections") as table:
        table.alter_column("field", type_=sa.String(length=40), existing_type=sa.String(length=80))
        table.drop_column("page")
    op.drop_column("documents", "corrected")  # a batch would make the table anew, which what refers to it forbids
