"""Reading one record: what it says, and all that belongs to it, in two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from models.records import Record, RecordEdition, RecordState
from models.stakeholders import Organisation
from portal.access import Actor, as_column, granted, predicate, verbs_of
from portal.errors import NotFound, Refused
from portal.ledger import audit, only_reads
from portal.parameters import ME, NOW, REF, ready
from portal.policy_sql import SOME
from portal.records.action_rows import FollowedActionRow, followed_actions
from portal.records.adopting import adopt, silence_ended
from portal.records.editions import (
    AgreementRow,
    CommentRow,
    ConfirmationRow,
    EditionRow,
    VersionRow,
    confirmations,
    sent_parts,
)
from portal.records.margin import Margin, titles_of
from portal.records.related import (
    ATTRIBUTED,
    MOST,
    REDACTED,
    SAID,
    UNATTRIBUTED,
    keys_of,
    said_by,
    said_in,
)
from portal.records.text import text_from, without_names
from portal.related import Related, Together
from portal.rules import DIALOGUES, READ, READ_TEXT, RECORDS
from portal.rules.verbs import READ_COMMENTS, READ_TABLE

TALK = SOME[DIALOGUES.name]
SENT, CONFIRMED = "sent", "confirmed"


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one record; `text` is what `portal.records.text` says of it.

    It is the live text of a draft, and afterwards that of the edition that was sent round.
    `knows_dialogue` is whether the person may read the dialogue itself.
    """

    record: Record
    dialogue: Any
    body: str
    knows_dialogue: bool
    verbs: frozenset[str]
    text: dict[str, Any]
    actions: Sequence[FollowedActionRow]
    margin: Margin
    editions: Sequence[EditionRow]
    versions: Sequence[VersionRow]
    confirmations: Sequence[ConfirmationRow]
    agreements: Sequence[AgreementRow]

    @property
    def comments(self) -> Sequence[CommentRow]:
        """All that was said to it."""
        return self.margin.comments

    def action(self, number: int) -> FollowedActionRow | None:
        """The live row of an action that the text names; None where it is gone."""
        return next((row for row in self.actions if row.id == number), None)


def read(
    session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ, **detail: str
) -> Reading:
    """One record as this person may see it; that it was read goes into the trail.

    To be taken along it is read with the verb EXPORT, and `format` as detail of the trail. Raises
    NotFound when it is absent or hidden, Refused when the verb is not this person's.
    """
    asked = {ME.key: actor.person_id, NOW.key: now}
    row = session.execute(QUESTION, {**asked, REF.key: ref}).one_or_none()
    if row is not None and silence_ended(row.Record, now) and not only_reads(session):
        # Whoever comes first after the silence sees it adopted, whether the jobs ran or not.
        adopt(session, ref, now)
        row = session.execute(QUESTION, {**asked, REF.key: ref}).one_or_none()
    verbs = verbs_of(RECORDS, row)
    if row is None or READ_TEXT not in verbs:
        raise NotFound(ref)
    if verb not in verbs:
        raise Refused(verb)
    record, dialogue, sealed = row.Record, row._mapping[TALK], row.sealed
    audit(session, actor, verb, RECORDS, record, now, **detail)
    # A redacted version has no text but the one that was made of its source.
    live = sealed is None or (record.state == RecordState.DRAFT and record.source_id is None)
    beside = CONFIRMED if record.source_id is not None else SENT if READ_COMMENTS in verbs else ""
    together = PAGES[said_by(record, dialogue) if live else "", beside]
    rows = together.load(session, asked | keys_of(record))
    actions = rows[FollowedActionRow]
    text = text_from(record, dialogue, said_in(rows, actions)) if live else sealed
    if not dialogue.attributed and not row.at_table:
        text = without_names(text)
    return Reading(
        record,
        dialogue,
        row.body,
        row.knows_dialogue,
        verbs,
        text,
        actions=actions,
        margin=Margin(
            record.edition, titles_of(sealed), list(titles_of(text).items()), rows[CommentRow]
        ),
        editions=rows[EditionRow],
        versions=rows[VersionRow],
        confirmations=rows[ConfirmationRow],
        agreements=rows[AgreementRow],
    )


def _question() -> Select[*tuple[Any, ...]]:
    knows = predicate(DIALOGUES, READ_TEXT, ME, NOW, some=True)
    at_table = predicate(DIALOGUES, READ_TABLE, ME, NOW, some=True)
    edition = and_(RecordEdition.record_id == Record.id, RecordEdition.number == Record.edition)
    return (
        select(
            Record,
            TALK,
            Organisation.name.label("body"),
            as_column(knows).label("knows_dialogue"),
            RecordEdition.text.label("sealed"),
            as_column(at_table).label("at_table"),
            *granted(RECORDS, ME, NOW),
        )
        .join(TALK, TALK.id == Record.dialogue_id)
        .join(Organisation, Organisation.id == Record.organisation_id)
        .outerjoin(RecordEdition, edition)
        .where(Record.ref == REF)
    )


def _page(said: str, beside: str) -> Together:
    parts = (followed_actions(), *SAID.get(said, ()), *BESIDE[beside])
    return Together(parts, MOST).completed()


QUESTION: Final = ready(_question())
BESIDE: Final[dict[str, tuple[Related[Any], ...]]] = {
    "": (),
    SENT: sent_parts(),
    CONFIRMED: (confirmations(),),
}
# By what the text is made from (the text of what was sealed is there), and what is beside it.
PAGES: Final = {
    **{it: _page(*it) for it in product(("", ATTRIBUTED, UNATTRIBUTED), ("", SENT))},
    **{it: _page(*it) for it in product(("", REDACTED), (CONFIRMED,))},
}
