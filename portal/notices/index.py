"""The audience index of notices: a derived list of who can find what, so that lists stay fast."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.audience import NO_DAY, AudienceRow
from models.notices import Notice
from portal.recipients import lines_of, principals_of


def expected_rows(session: Session, notice: Notice) -> set[str]:
    """What the index must hold for this notice: nothing before it is published."""
    if notice.published_at is None:
        return set()
    return principals_of(notice, lines_of(session, notice))


def reindex(session: Session, notice: Notice) -> None:
    """Rewrite the rows of one notice, in the transaction that changed its sharing."""
    session.execute(delete(AudienceRow).where(AudienceRow.notice_id == notice.id))
    if notice.published_at is None:
        return
    session.add_all(
        AudienceRow(
            principal=name,
            notice_id=notice.id,
            published_at=notice.published_at,
            changed_at=notice.changed_at,
            acknowledge_by_at=notice.acknowledge_by_at or NO_DAY,
        )
        for name in sorted(expected_rows(session, notice))
    )
    session.flush()
