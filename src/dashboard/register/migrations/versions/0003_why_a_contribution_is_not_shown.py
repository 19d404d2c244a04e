"""Why a contribution is not shown, out of a short list that whoever gave it may read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.add_column("contribution", sa.Column("refused_for", sa.Text(), nullable=True))


def downgrade() -> None:
    """Change them back."""
    op.drop_column("contribution", "refused_for")
