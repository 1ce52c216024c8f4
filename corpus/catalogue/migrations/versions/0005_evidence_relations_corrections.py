"""What documents tell of their evidence, how they belong together, what people corrected, which pages OCR read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OF_DOCUMENTS = {"evidence": "{}", "parties": "[]", "acronyms": "[]", "responses": "[]"}


def upgrade() -> None:
    with op.batch_alter_table("documents") as table:
        for name, empty in OF_DOCUMENTS.items():
            table.add_column(sa.Column(name, sa.Text(), server_default=empty, nullable=False))
    with op.batch_alter_table("pages") as table:
        table.add_column(sa.Column("ocr", sa.Float()))
    op.create_table(
        "relations",
        sa.Column("document_id", sa.String(length=120), nullable=False),
        sa.Column("other_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_relations_document_id")),
        sa.ForeignKeyConstraint(["other_id"], ["documents.id"], name=op.f("fk_relations_other_id")),
        sa.PrimaryKeyConstraint("document_id", "other_id", "kind", name=op.f("pk_relations")),
    )
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item", sa.String(length=160), nullable=False),
        sa.Column("document_id", sa.String(length=120)),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("machine", sa.Text()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("applied_to", sa.String(length=160)),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_corrections")),
    )
    for column in ("item", "document_id"):
        op.create_index(op.f(f"ix_corrections_{column}"), "corrections", [column])


def downgrade() -> None:
    op.drop_table("corrections")
    op.drop_table("relations")
    op.drop_column("pages", "ocr")
    for name in OF_DOCUMENTS:  # one by one: a batch would make the table anew, which what refers to it forbids
        op.drop_column("documents", name)
