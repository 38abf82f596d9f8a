"""Confidence-building measures in use: what in the portal serves each, and how much of it there is.

Which service serves which measure is our own reading. Every number is counted by the policy of
whoever looks, from the same question that shows its rows, so that it is never more than they show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from models.contacts import ContactCheck, ContactPoint, ContactState, Verified
from models.dialogues import Dialogue, DialogueState
from models.notices import Notice, NoticeState
from models.training import Completion, CompletionState
from portal.access import Actor, beside_read, readable
from portal.catalogue import OF_NAME, Noun, Without
from portal.coverage.matrix import Matrix, matrix
from portal.db import in_state
from portal.norms import FRAMEWORKS, Framework, Norm
from portal.parameters import ME, NOW, ready
from portal.recipients import Reader, principals
from portal.rules import CONTACTS, NOTICES, READ_LEDGER, TRAINING
from portal.words import N_

SHOWN: Final = 100
MEASURES: Final = {key: FRAMEWORKS[key] for key in ("un-oewg-global-cbm", "osce-cbm")}


@dataclass(frozen=True)
class Service:
    """Something in the portal that serves measures: its rows are those of a noun, narrowed."""

    key: str
    name: str
    says: str
    noun: Noun[Any]
    at: Any
    narrowed: tuple[Any, ...]
    measures: frozenset[str]


@dataclass(frozen=True)
class InUse:
    """The measures of a framework with the count of each service for each; None: it serves none.

    `linked` has for each measure how many notices and commitments are linked to it.
    """

    measures: tuple[Norm, ...]
    counts: tuple[tuple[int | None, ...], ...]
    linked: Matrix


def measures_in_use(session: Session, actor: Actor, now: datetime, *, framework: str) -> InUse:
    """What serves the measures of a framework, and how much of it the person may see.

    A number over 100 is 101.
    """
    reader = Reader(actor, principals(session, actor, now), now)
    found = {row.service: row.times for row in session.execute(COUNTS, reader.values)}
    linked = matrix(session, actor, now, framework=framework)
    counts = tuple(_counts_of(norm.key, found) for norm in linked.norms)
    return InUse(linked.norms, counts, linked)


def _counts_of(measure: str, found: Mapping[str, int]) -> tuple[int | None, ...]:
    return tuple(found[one.key] if measure in one.measures else None for one in SERVICES)


def rows_of_service(session: Session, actor: Actor, now: datetime, service: str) -> list[Any]:
    """The newest 100 rows behind the number of a service: key, ref, tlp, title and at."""
    reader = Reader(actor, principals(session, actor, now), now)
    return list(session.execute(ROWS[service], reader.values))


def _keys(framework: Framework, *numbers: int) -> frozenset[str]:
    return frozenset(f"{framework.key}-{number}" for number in numbers)


UN, OSCE = MEASURES.values()
MET: Final = (DialogueState.CONVENED, DialogueState.HELD, DialogueState.CONCLUDED)
POINT, CURRENT = OF_NAME[CONTACTS.name], in_state(ContactPoint, ContactState.CURRENT)
SERVICES: Final = (
    Service(
        "contacts",
        N_("Contact points"),
        N_("Contact points in use."),
        POINT,
        ContactPoint.changed_at,
        (CURRENT,),
        _keys(UN, 1) | _keys(OSCE, 8),
    ),
    Service(
        "checks",
        N_("Answered liveness checks"),
        N_("Contact points that were last confirmed by an answered liveness check, and are fresh."),
        POINT,
        ContactPoint.verified_at,
        (
            CURRENT,
            ContactPoint.verified_how == Verified.CHECK,
            func.coalesce(ContactPoint.stale_at > NOW, literal(False)),
        ),
        _keys(UN, 1) | _keys(OSCE, 8),
    ),
    Service(
        "exercises",
        N_("Exercises"),
        N_("Contact points of your organisation that were asked in an exercise."),
        POINT,
        ContactPoint.changed_at,
        (
            CURRENT,
            exists().where(
                ContactCheck.contact_id == ContactPoint.id, ContactCheck.exercise.is_(True)
            ),
            beside_read(CONTACTS, READ_LEDGER, ME, NOW),
        ),
        _keys(UN, 4),
    ),
    Service(
        "notices",
        N_("Open notices"),
        N_("Open notices: what companies, response teams and others tell one another."),
        OF_NAME[NOTICES.name],
        Notice.published_at,
        (in_state(Notice, NoticeState.OPEN),),
        _keys(UN, 8) | _keys(OSCE, 2, 14),
    ),
    Service(
        "dialogues",
        N_("Dialogues"),
        N_("Dialogues that are convened, held or concluded."),
        OF_NAME["dialogues"],
        Dialogue.convened_at,
        (or_(*(in_state(Dialogue, state) for state in MET)),),
        _keys(UN, 2) | _keys(OSCE, 3),
    ),
    Service(
        "training",
        N_("Completed training"),
        N_("Completed units that have not expired: your own, and of the people you administer."),
        OF_NAME[TRAINING.name],
        Completion.completed_at,
        (in_state(Completion, CompletionState.COMPLETED), Completion.expires_at > NOW),
        _keys(UN, 6),
    ),
)


def _rows(service: Service) -> Select[Any]:
    noun, model = service.noun, service.noun.policy.model
    title = beside_read(noun.policy, noun.title_verb, ME, NOW)
    said = literal("") if isinstance(noun.title, Without) else case((title, noun.title), else_="")
    proposed = () if isinstance(noun.search, Without) else (noun.search.proposal(model.id),)
    return (
        readable(
            noun.policy,
            model.id.label("key"),
            model.ref,
            (model.tlp if noun.marked else literal("")).label("tlp"),
            said.label("title"),
            service.at.label("at"),
        )
        .where(*proposed, *service.narrowed)
        .order_by(service.at.desc(), model.id.desc())
    )


def _counts(services: Sequence[Service]) -> Any:
    # In no order: the count ends with the first hundred that are found.
    parts = (_rows(one).order_by(None).limit(SHOWN + 1).subquery() for one in services)
    return union_all(
        *(
            select(literal(one.key).label("service"), func.count(part.c.key).label("times"))
            for one, part in zip(services, parts, strict=True)
        )
    )


COUNTS: Final = ready(_counts(SERVICES))
ROWS: Final = {one.key: ready(_rows(one).limit(SHOWN)) for one in SERVICES}
