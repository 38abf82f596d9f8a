"""An organisation's notices by state, in one index that takes the place of two; so of commitments.

The lists looked through the drafts of the whole portal for one's own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

DRAFTS = sa.text("state = 'draft'")
ONLY_DRAFTS = {"sqlite_where": DRAFTS, "postgresql_where": DRAFTS}


def upgrade() -> None:
    """Go one step up."""
    op.create_index("ix_notices_of_organisation", "notices", ["organisation_id", "state"])
    op.drop_index("ix_notices_organisation_id", "notices")
    op.drop_index("ix_notices_drafts", "notices")
    op.drop_index("ix_commitments_drafts", "commitments")


def downgrade() -> None:
    """Go one step down."""
    columns = ["organisation_id", "changed_at"]
    op.create_index("ix_commitments_drafts", "commitments", columns, **ONLY_DRAFTS)
    op.create_index("ix_notices_drafts", "notices", ["changed_at"], **ONLY_DRAFTS)
    op.create_index("ix_notices_organisation_id", "notices", ["organisation_id"])
    op.drop_index("ix_notices_of_organisation", "notices")
