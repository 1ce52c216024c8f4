"""Practices read from documents, documents that are alike, and what a person decided to withhold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("practices") as table:
        table.add_column(sa.Column("document_id", sa.String(length=120), nullable=True))
        table.create_index(op.f("ix_practices_document_id"), ["document_id"])
    op.create_table(
        "likenesses",
        sa.Column("document_id", sa.String(length=120), nullable=False),
        sa.Column("other_id", sa.String(length=120), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_likenesses_document_id")),
        sa.ForeignKeyConstraint(["other_id"], ["documents.id"], name=op.f("fk_likenesses_other_id")),
        sa.PrimaryKeyConstraint("document_id", "other_id", name=op.f("pk_likenesses")),
    )
    op.create_table(
        "sensitivities",
        sa.Column("item", sa.String(length=160), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_sensitivities")),
    )


def downgrade() -> None:
    op.drop_table("sensitivities")
    op.drop_table("likenesses")
    with op.batch_alter_table("practices") as table:
        table.drop_index(op.f("ix_practices_document_id"))
        table.drop_column("document_id")
