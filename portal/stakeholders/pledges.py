"""Pledges that an organisation declares to support: its own word, with evidence, until it ends it.

Nobody checks it here, and no page says that anybody did. Who sees the organisation sees it.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, String, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.norms import Support
from models.stakeholders import Organisation
from portal.access import Actor, readable
from portal.days import day_of
from portal.errors import NotFound, TooLate, refuse
from portal.ledger import transition
from portal.norms import PLEDGES
from portal.paging import NewestFirst, Page
from portal.parameters import KEY, ME, NOW, at_most, ready
from portal.partial_days import first_day, known_day
from portal.rules import DECLARE_SUPPORT, END_SUPPORT, ORGANISATIONS
from portal.words import N_

LONGEST: Final = 500
MOST: Final = 100
FRAMEWORK: Final[BindParameter[str]] = bindparam("framework", type_=String())


def declare_support(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    framework: str,
    since: str,
    evidence: str,
    now: datetime,
) -> None:
    """Declare for an organisation that it supports a pledge; `since` is a year, month or day.

    Raises Invalid for what is not said, or said already.
    """
    day, evidence = known_day(since), evidence.strip()
    with transition(
        session, actor, DECLARE_SUPPORT, ORGANISATIONS, ref, now, framework=framework
    ) as organisation:
        problems = _problems(framework, day, evidence, actor, now)
        if session.scalar(select(Support.id).where(*_current(organisation.id, framework))):
            problems["framework"] = N_("This support is declared already. End it first.")
        refuse(problems)
        session.add(
            Support(
                organisation_id=organisation.id,
                framework=framework,
                since=day,
                evidence=evidence,
                by_id=actor.person_id,
                at=now,
            )
        )
        try:
            session.flush()
        except IntegrityError as taken:
            raise TooLate(DECLARE_SUPPORT) from taken


def _problems(
    framework: str, day: str | None, evidence: str, actor: Actor, now: datetime
) -> dict[str, str]:
    found = {}
    if framework not in PLEDGES:
        found["framework"] = N_("Choose a pledge from the list.")
    if day is None:
        found["since"] = N_("Enter a year, a month or a day, as in 2018, 2018-11 or 2018-11-12.")
    elif first_day(day) > day_of(now, actor.zone):
        found["since"] = N_("Give a day that is not in the future.")
    elif not found and day < PLEDGES[framework].since[: len(day)]:
        found["since"] = N_("The pledge did not exist yet at that time.")
    if not evidence.startswith(("https://", "http://")) or any(map(str.isspace, evidence)):
        found["evidence"] = N_("Enter an address that begins with https:// or http://.")
    if len(evidence) > LONGEST:
        found["evidence"] = N_("This is too long.")
    return found


def _current(organisation_id: int, framework: str) -> tuple[Any, Any, Any]:
    return (
        Support.organisation_id == organisation_id,
        Support.framework == framework,
        Support.ended_at.is_(None),
    )


def end_support(session: Session, actor: Actor, ref: str, *, framework: str, now: datetime) -> None:
    """Declare that an organisation supports a pledge no longer; it stays as a thing of the past.

    Raises NotFound when it does not stand.
    """
    with transition(
        session, actor, END_SUPPORT, ORGANISATIONS, ref, now, framework=framework
    ) as organisation:
        row = session.scalar(select(Support).where(*_current(organisation.id, framework)))
        if row is None:
            raise NotFound(framework)
        row.ended_at, row.ended_by_id = now, actor.person_id


def pledges_of(session: Session, organisation_id: int) -> list[Any]:
    """What an organisation declares that one may read: what stands, then what is over."""
    return list(session.execute(OF_ORGANISATION, {KEY.key: organisation_id}))


def supporters(
    session: Session, actor: Actor, now: datetime, *, framework: str, after: str = ""
) -> Page:
    """A page of the organisations that support a pledge, as far as one may see them.

    Rows have name, ref, since, evidence and at.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, FRAMEWORK.key: framework}
    return SUPPORTERS.page(session, asked, after)


SHOWN: Final = (Support.id, Support.framework, Support.since, Support.evidence, Support.at)
OF_ORGANISATION: Final = ready(
    select(*SHOWN, Support.ended_at)
    .where(Support.organisation_id == KEY)
    .order_by(Support.ended_at.is_not(None), Support.id.desc())
    .limit(at_most(MOST))
)
SUPPORTERS: Final = NewestFirst(
    readable(ORGANISATIONS, *SHOWN, Organisation.ref, Organisation.name)
    .join(Support, Support.organisation_id == Organisation.id)
    .where(Support.framework == FRAMEWORK, Support.ended_at.is_(None)),
    Support.at,
    Support.id,
)
