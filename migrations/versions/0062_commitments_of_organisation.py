"""An organisation's commitments by state and next day, in one index that takes the other's place.

The first page looked through what is late in the whole portal for what one has to report.
"""

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    columns = ["organisation_id", "state", "due_at"]
    op.create_index("ix_commitments_of_organisation", "commitments", columns)
    op.drop_index("ix_commitments_organisation_id", "commitments")


def downgrade() -> None:
    """Go one step down."""
    op.create_index("ix_commitments_organisation_id", "commitments", ["organisation_id"])
    op.drop_index("ix_commitments_of_organisation", "commitments")
