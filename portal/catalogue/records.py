"""The entry of minutes: the noun is `records` in the policy and in addresses."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from models.ledger import AuditEvent
from models.records import Point, Position, Record, RecordEdition, RecordState
from portal.access import predicate, sub_resource
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_NORMS,
    NO_PART,
    NO_SERVICE,
    NOT_WALKED,
    Activity,
    Beginning,
    Due,
    Noun,
    Search,
    Source,
    Without,
    word_table,
)
from portal.catalogue.processes import named_on_list
from portal.email_contexts import about_record
from portal.parameters import KEY, ME, NOW
from portal.policy_sql import SOME
from portal.records import adopt, due_for_adoption
from portal.records.dates import DATES
from portal.records.listing import could_know
from portal.records.reminders import LADDERS
from portal.records.tasks import TASKS
from portal.rules import (
    DIALOGUES,
    READ,
    READ_LEDGER,
    READ_TEXT,
    RECORDS,
)
from portal.rules.verbs import (
    ADOPT,
    CIRCULATE,
    COMMENT,
    CONFIRM,
    DRAFT_RECORD,
    OBJECT,
    OBJECT_LATE,
    READ_COMMENTS,
    RECALL,
    REDACT,
    TAKE_UP,
)
from portal.words import N_

TALK: Final = SOME[DIALOGUES.name]
# A draft is read as it stands, everything else as the version that was circulated, adopted or
# redacted: the words of the other are nobody's to find.
LIVE: Final = and_(Record.state == RecordState.DRAFT, Record.source_id.is_(None))
VERSIONS: Final = word_table("record_words", "record_id", "number", "said")
POINTS: Final = word_table("point_words", "key")
POSITIONS: Final = word_table("position_words", "key")


def _known(key: Any) -> Any:
    return key.in_(could_know(ME))


def _of_its_moment() -> ColumnElement[bool]:
    # Who is at the table now need not have been when this version was circulated.
    version = (
        RecordEdition.record_id == AuditEvent.resource_id,
        RecordEdition.number == AuditEvent.edition,
    )
    its_readers = sub_resource(RecordEdition, ME, NOW)
    never_sent = func.coalesce(AuditEvent.edition, 0) == 0
    return or_(never_sent, exists().where(*version, its_readers).correlate(AuditEvent))


def _tied() -> Any:
    # Whoever reads a redacted version need not know the dialogue, nor learn of what it is a part.
    known = (
        select(Record.id)
        .join(TALK, TALK.id == Record.dialogue_id)
        .where(TALK.process_id == KEY, predicate(DIALOGUES, READ, ME, NOW, some=True))
    )
    return named_on_list(Record, known)


def _of_draft(words: Any, model: Any, said: tuple[Any, ...], record: Any) -> Source:
    return Source(
        words=words,
        pg_key="key",
        row=model,
        resource=record,
        said=said,
        part=NO_PART,
        where=(exists().where(Record.id == record, LIVE).correlate(model),),
    )


RECORD: Final = Noun(
    policy=RECORDS,
    label=N_("Minutes"),
    one=N_("Minutes"),
    endpoint="records.read",
    menu=Without("minutes are reached from their dialogue, and listed beside dialogues"),
    states={
        RecordState.DRAFT: N_("draft"),
        RecordState.CIRCULATED: N_("circulated"),
        RecordState.ADOPTED: N_("adopted"),
    },
    begins=Beginning(DRAFT_RECORD, RecordState.DRAFT),
    title=Record.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            ADOPT: N_("%(what)s were adopted"),
            CONFIRM: N_("%(who)s confirmed the redacted version %(what)s"),
        },
        to_holders={
            READ_COMMENTS: {
                CIRCULATE: N_("%(who)s circulated %(what)s"),
                RECALL: N_("%(who)s recalled %(what)s"),
                COMMENT: N_("%(who)s commented on %(what)s"),
                OBJECT: N_("%(who)s objected to %(what)s"),
                OBJECT_LATE: N_("%(who)s objected to %(what)s after they were adopted"),
                TAKE_UP: N_("%(who)s turned an action item of %(what)s into a commitment"),
            },
            READ_LEDGER: {
                DRAFT_RECORD: N_("%(who)s started %(what)s"),
                REDACT: N_("%(who)s started the redacted version %(what)s"),
            },
        },
        named_to=(READ_COMMENTS, READ_LEDGER),
        moment=_of_its_moment(),
        proposal=_known,
    ),
    search=Search(
        verb=READ_TEXT,
        sources=(
            Source(
                words=VERSIONS,
                pg_key="record_id",
                row=Record,
                resource=Record.id,
                said=(VERSIONS.c.said,),
                part=NO_PART,
                where=(VERSIONS.c.number == Record.edition, ~LIVE),
            ),
            _of_draft(POINTS, Point, (Point.title, Point.notes), Point.record_id),
            _of_draft(
                POSITIONS,
                Position,
                (Position.words,),
                select(Point.record_id)
                .where(Point.id == Position.point_id)
                .correlate(Position)
                .scalar_subquery(),
            ),
        ),
        newest_first=False,
        names=(Record.title,),
        parties=(Record.organisation_id,),
        at=func.coalesce(Record.published_at, Record.changed_at),
        older=N_("Older minutes"),
        proposal=_known,
        walks=NOT_WALKED,
    ),
    ties=_tied(),
    tasks=TASKS,
    dates=DATES,
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=Due(due_for_adoption, adopt),
    ladders=LADDERS,
    email_context=about_record,
    news=frozenset({ADOPT, RECALL}),
    calendar_entry=NO_ENTRY,
)
