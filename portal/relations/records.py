"""How a person can stand to the record of a dialogue."""

from typing import Any

from sqlalchemy import and_, or_

from models.dialogues import Attendee, Confidentiality, Delegation, Dialogue, TableRole
from models.records import Action, Record, RecordAgreement
from portal.db import alias
from portal.relations.belonging import SPEAKERS, belongs
from portal.relations.dialogues import at_table, backs, organises
from portal.relations.sentence import Now, Predicate, Who, relation, some

GUEST = alias(Attendee, "policy_guest")
SEEN, HOME = alias(Attendee, "policy_seen"), alias(Delegation, "policy_seen_home")
PEN = alias(Attendee, "policy_pen")
TASK = alias(Action, "policy_task")
SHUT = alias(Dialogue, "policy_shut")
CAME, QUIET = alias(Attendee, "policy_came"), alias(Attendee, "policy_quiet")
ASSENT, SPOKEN = alias(RecordAgreement, "policy_assent"), alias(RecordAgreement, "policy_spoken")
MINUTES, TALK = alias(Record, "policy_minutes"), alias(Dialogue, "policy_talk")


@relation
def writer(record: type[Record], who: Who, now: Now) -> Predicate:
    """The person organises the dialogue of the record, or takes its notes for the organisers.

    Whom a delegation sends to take notes takes them for that side: no side makes its own writers.
    """
    pen = some(
        PEN,
        where=(
            PEN.dialogue_id == record.dialogue_id,
            PEN.person_id == who,
            PEN.role == TableRole.NOTE_TAKER,
            PEN.delegation_id.is_(None),
            ~PEN.organises,
        ),
    )
    return or_(organises(record.dialogue_id, who, now), pen)


@relation
def present(record: type[Record], who: Who, now: Now) -> Predicate:
    """The person was there as a guest or for a delegation, and has not left who named them.

    Organisers are no side: they write the record, and take it back rather than object.
    """
    guest = some(
        GUEST,
        where=(
            GUEST.dialogue_id == record.dialogue_id,
            GUEST.person_id == who,
            GUEST.came,
            GUEST.delegation_id.is_(None),
            ~GUEST.organises,
        ),
    )
    seen = some(
        SEEN,
        HOME,
        where=(
            SEEN.dialogue_id == record.dialogue_id,
            SEEN.person_id == who,
            SEEN.came,
            HOME.id == SEEN.delegation_id,
            belongs(HOME.organisation_id, who, now),
        ),
    )
    return or_(guest, seen)


@relation
def had_a_seat(record: type[Record], who: Who, now: Now) -> Predicate:
    """The person was at the table of the record's dialogue, there or not."""
    return at_table(record.dialogue_id, who, now)


@relation
def behind_a_delegation(record: type[Record], who: Who, now: Now) -> Predicate:
    """The person belongs to an organisation with a delegation, and the dialogue is not RED."""
    return backs(record.dialogue_id, who, now)


@relation
def redacted(record: type[Record], _who: Who, _now: Now) -> Predicate:
    """The record is a redacted version, made for others than those at the table."""
    return record.source_id.is_not(None)


@relation
def last_editor(record: type[Record], who: Who, _now: Now) -> Predicate:
    """The person was the last to mark what is taken out."""
    return record.author_id == who


@relation
def silence_over(record: type[Record], _who: Who, now: Now) -> Predicate:
    """The time in which somebody may object has passed."""
    return record.silence_until_at <= now


@relation
def agreed_by_all(record: type[Record], _who: Who, _now: Now) -> Predicate:
    """Every delegation that attended, and every guest, agrees to what was circulated last."""
    agrees = some(
        ASSENT,
        where=(
            ASSENT.record_id == record.id,
            ASSENT.edition == record.edition,
            or_(ASSENT.person_id == QUIET.person_id, ASSENT.delegation_id == QUIET.delegation_id),
        ),
    )
    quiet = some(
        QUIET,
        where=(QUIET.dialogue_id == record.dialogue_id, QUIET.came, ~QUIET.organises, ~agrees),
    )
    attended = some(
        CAME, where=(CAME.dialogue_id == record.dialogue_id, CAME.came, ~CAME.organises)
    )
    return and_(attended, ~quiet)


@relation
def agrees_to_it(record: type[Record], who: Who, _now: Now) -> Predicate:
    """The person agrees to what was circulated last, or somebody did so for them."""
    said = (SPOKEN.record_id == record.id, SPOKEN.edition == record.edition)
    return some(SPOKEN, where=(*said, SPOKEN.person_id == who))


@relation
def owes_an_action(record: type[Record], who: Who, now: Now) -> Predicate:
    """The person speaks for an organisation that an action falls to, not yet a commitment."""
    return some(
        TASK,
        where=(
            TASK.record_id == record.id,
            TASK.commitment_id.is_(None),
            belongs(TASK.organisation_id, who, now, *SPEAKERS),
        ),
    )


@relation
def of_closed_dialogue(record: type[Record], _who: Who, _now: Now) -> Predicate:
    """The dialogue of the record is closed."""
    return some(SHUT, where=(SHUT.id == record.dialogue_id, SHUT.rule == Confidentiality.CLOSED))


@relation
def of_chatham_house(record: type[Record], _who: Who, _now: Now) -> Predicate:
    """The dialogue of the record was held under the Chatham House Rule."""
    return some(SHUT, where=(SHUT.id == record.dialogue_id, SHUT.rule == Confidentiality.CHATHAM))


@relation
def may_know_whose(action: Any, who: Who, now: Now) -> Predicate:
    """The person was at the table, or it was not under the Chatham House Rule."""
    return some(
        MINUTES,
        TALK,
        where=(
            MINUTES.id == action.record_id,
            TALK.id == MINUTES.dialogue_id,
            or_(TALK.rule != Confidentiality.CHATHAM, at_table(TALK.id, who, now)),
        ),
    )
