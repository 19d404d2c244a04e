"""English of why a project stands as it does and of notes on milestones; a mark by which a restore is seen."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ENGLISH = (("project", "status_why_en"), ("milestone", "note_en"))


def upgrade() -> None:
    """Change the tables."""
    for table, name in _ENGLISH:
        # Added in place: a table that others name cannot be exchanged for a copy while it is watched that they find it.
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    mark = op.create_table(
        "mark",
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("generation", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_mark"),
    )
    op.bulk_insert(mark, [{"number": 1, "generation": secrets.token_hex(16)}])


def downgrade() -> None:
    """Change them back."""
    op.drop_table("mark")
    for table, name in _ENGLISH:
        op.drop_column(table, name)
