"""The audience index: a derived list of who can find what, so that lists stay fast.

The index proposes, the law disposes: a stale row can hide a notice, never show one, because each
page of hits is asked READ again. `expected_rows` says the index afresh from the recipient lists.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.notices import Notice, Recipient
from models.vocabulary import Tlp

EVERYONE = "*"


def principals_of(notice: Notice, lines: list[Recipient]) -> set[str]:
    """The principals that can find a published notice, by its marking and its list."""
    if notice.tlp in (Tlp.CLEAR, Tlp.GREEN):
        return {EVERYONE}
    wanted = {f"p:{line.person_id}" for line in lines if line.person_id and not line.excepted}
    if notice.tlp == Tlp.RED:
        return wanted | {f"p:{notice.author_id}"}
    for line in lines:
        if line.organisation_id and not line.excepted:
            wanted.add(f"o:{line.organisation_id}")
            if notice.tlp == Tlp.AMBER:
                wanted.add(f"c:{line.organisation_id}")
        if line.group_id:
            wanted.add(f"g:{line.group_id}")
            if notice.tlp == Tlp.AMBER:
                wanted.add(f"h:{line.group_id}")
    return wanted | {f"o:{notice.organisation_id}"}


def can_find(principal: str, tlp: str) -> bool:
    """Whether rows of a principal can lead to notices of a marking (any, where none is given)."""
    if tlp in (Tlp.CLEAR, Tlp.GREEN):
        return principal == EVERYONE
    if tlp == Tlp.RED:
        return principal.startswith("p:")
    if tlp == Tlp.AMBER_STRICT:
        return principal.startswith(("p:", "o:", "g:"))
    return not tlp or principal != EVERYONE


def expected_rows(session: Session, notice: Notice) -> set[str]:
    """What the index must hold for this notice: nothing before it is published."""
    if notice.published_at is None:
        return set()
    lines = session.scalars(select(Recipient).where(Recipient.notice_id == notice.id)).all()
    return principals_of(notice, list(lines))


def reindex(session: Session, notice: Notice) -> None:
    """Rewrite the rows of one notice, in the transaction that changed its sharing."""
    session.execute(delete(AudienceRow).where(AudienceRow.notice_id == notice.id))
    if notice.published_at is None:
        return
    session.add_all(
        AudienceRow(principal=name, notice_id=notice.id, published_at=notice.published_at)
        for name in sorted(expected_rows(session, notice))
    )
    session.flush()
