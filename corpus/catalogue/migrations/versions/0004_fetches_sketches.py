"""What was fetched from where and when, and sketches of documents' words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fetches",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetches")),
    )
    op.create_table(
        "sketches",
        sa.Column("document_id", sa.String(length=120), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("linked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_sketches_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_sketches")),
    )


def downgrade() -> None:
    op.drop_table("sketches")
    op.drop_table("fetches")
