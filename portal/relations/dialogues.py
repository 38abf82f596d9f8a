"""How a person can stand to a dialogue and to a part of one.

Both, and records, name the dialogue by its key, so that each way to sit at the table is said once.
"""

from typing import Any

from sqlalchemy import and_, or_

from models.agenda import Sight
from models.dialogues import Attendee, Confidentiality, Delegation, Dialogue, DialogueState
from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal.db import alias
from portal.relations.belonging import MEDIATES, SPEAKERS, belongs, somebody_of, standing
from portal.relations.sentence import Now, Predicate, Who, relation, some, written_to

RUNS, RUN = alias(Attendee, "policy_runs"), alias(Dialogue, "policy_run")
ALONE = alias(Attendee, "policy_alone")
SENT, SENDER = alias(Attendee, "policy_sent"), alias(Delegation, "policy_sender")
ASKED = alias(Delegation, "policy_contact")
SPOKEN, HEARD = alias(Delegation, "policy_spoken"), alias(Dialogue, "policy_heard")
BACKED, AGREED = alias(Delegation, "policy_backed"), alias(Dialogue, "policy_agreed")
SITS, FROM = alias(Attendee, "policy_sits"), alias(Delegation, "policy_from")
FIRST = alias(Delegation, "policy_first")
VOICE, ROOM = alias(Delegation, "policy_voice"), alias(Dialogue, "policy_room")
BIDS = alias(OutboxEmail, "policy_bids")
COMING = alias(Attendee, "policy_coming")
UNNAMED = alias(Delegation, "policy_unnamed")


def organises(dialogue_id: Any, who: Who, now: Now) -> Predicate:
    """The person organises the dialogue, and still mediates or coordinates for its body."""
    return some(
        RUNS,
        RUN,
        where=(
            RUNS.dialogue_id == dialogue_id,
            RUNS.organises,
            RUNS.person_id == who,
            RUN.id == RUNS.dialogue_id,
            belongs(RUN.organisation_id, who, now, *MEDIATES),
        ),
    )


def comes(dialogue_id: Any, who: Who, now: Now) -> Predicate:
    """The person was named: by a delegation to which they still belong, or invited alone."""
    alone = some(
        ALONE,
        where=(
            ALONE.dialogue_id == dialogue_id,
            ALONE.person_id == who,
            ALONE.delegation_id.is_(None),
            ~ALONE.organises,
        ),
    )
    return or_(alone, _sent(dialogue_id, who, now))


def _sent(dialogue_id: Any, who: Who, now: Now) -> Predicate:
    return some(
        SENT,
        SENDER,
        where=(
            SENT.dialogue_id == dialogue_id,
            SENT.person_id == who,
            SENDER.id == SENT.delegation_id,
            belongs(SENDER.organisation_id, who, now),
        ),
    )


def speaks(dialogue_id: Any, who: Who, now: Now) -> Predicate:
    """The person answers for a delegation: its contact, or, unless it is RED, who speaks for it."""
    contact = some(ASKED, where=(ASKED.dialogue_id == dialogue_id, _asked(ASKED, who, now)))
    speaker = some(
        SPOKEN, HEARD, where=(SPOKEN.dialogue_id == dialogue_id, *_speaks(SPOKEN, HEARD, who, now))
    )
    return or_(contact, speaker)


def _asked(side: Any, who: Who, now: Now) -> Predicate:
    return and_(side.contact_id == who, belongs(side.organisation_id, who, now))


def _speaks(side: Any, dialogue: Any, who: Who, now: Now) -> tuple[Predicate, ...]:
    return (
        dialogue.id == side.dialogue_id,
        dialogue.tlp != Tlp.RED,
        belongs(side.organisation_id, who, now, *SPEAKERS),
    )


def at_table(dialogue_id: Any, who: Who, now: Now) -> Predicate:
    """The person organises it, comes, or answers for a delegation."""
    return or_(
        organises(dialogue_id, who, now),
        comes(dialogue_id, who, now),
        speaks(dialogue_id, who, now),
    )


def backs(dialogue_id: Any, who: Who, now: Now) -> Predicate:
    """The person belongs to an organisation with a delegation, and the dialogue is not RED."""
    return some(
        BACKED,
        AGREED,
        where=(
            BACKED.dialogue_id == dialogue_id,
            AGREED.id == BACKED.dialogue_id,
            AGREED.tlp != Tlp.RED,
            belongs(BACKED.organisation_id, who, now),
        ),
    )


def on_side(side_id: Any, who: Who, now: Now) -> Predicate:
    """The person comes for this delegation, or answers for it."""
    return or_(sits_for(side_id, who, now), answers_for(side_id, who, now))


def sits_for(side_id: Any, who: Who, now: Now) -> Predicate:
    """The person was named by this delegation, and still belongs to it."""
    return some(
        SITS,
        FROM,
        where=(
            SITS.delegation_id == side_id,
            SITS.person_id == who,
            FROM.id == SITS.delegation_id,
            belongs(FROM.organisation_id, who, now),
        ),
    )


def answers_for(side_id: Any, who: Who, now: Now) -> Predicate:
    """The person answers for this delegation, as its contact or as one who speaks for it."""
    contact = some(FIRST, where=(FIRST.id == side_id, _asked(FIRST, who, now)))
    speaker = some(VOICE, ROOM, where=(VOICE.id == side_id, *_speaks(VOICE, ROOM, who, now)))
    return or_(contact, speaker)


@relation
def nobody_can_respond(delegation: Any, _who: Who, now: Now) -> Predicate:
    """Nobody can answer for the delegation: it is not asked."""
    home = delegation.organisation_id
    return ~somebody_of(home, lambda who: answers_for(delegation.id, who, now))


@relation
def speaks_for_it(delegation: Any, who: Who, now: Now) -> Predicate:
    """The person answers for the delegation."""
    return answers_for(delegation.id, who, now)


@relation
def keeps_the_seat(attendee: Any, _who: Who, now: Now) -> Predicate:
    """Whoever has this seat may still take it: they have not left, by whatever they have it."""
    who, dialogue_id = attendee.person_id, attendee.dialogue_id
    return and_(standing(who), or_(comes(dialogue_id, who, now), organises(dialogue_id, who, now)))


@relation
def nobody_comes(delegation: Any, _who: Who, now: Now) -> Predicate:
    """The delegation has named nobody, or nobody who may still take the seat."""
    theirs, person = COMING.delegation_id == delegation.id, COMING.person_id
    still = belongs(delegation.organisation_id, person, now)
    return ~some(COMING, where=(theirs, standing(person), still))


def _unnamed(dialogue: type[Dialogue], who: Who, now: Now, *more: Predicate) -> Predicate:
    ahead = (dialogue.starts_at > now, UNNAMED.dialogue_id == dialogue.id)
    return some(UNNAMED, where=(*ahead, nobody_comes.predicate(UNNAMED, who, now), *more))


@relation
def awaits_names(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The dialogue lies ahead, and a delegation for which somebody could has named nobody."""
    return _unnamed(dialogue, who, now, ~nobody_can_respond.predicate(UNNAMED, who, now))


@relation
def names_awaited(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The dialogue lies ahead, and the person answers for a delegation that has named nobody."""
    return _unnamed(dialogue, who, now, answers_for(UNNAMED.id, who, now))


@relation
def names_reminded(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The same, of a delegation that is reminded at this very moment."""
    reminded = UNNAMED.reminded_at == now
    return _unnamed(dialogue, who, now, answers_for(UNNAMED.id, who, now), reminded)


@relation
def organiser(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The person organises the dialogue, and still mediates or coordinates for its body."""
    return organises(dialogue.id, who, now)


@relation
def attendee(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The person was named to come, and has not left who named them."""
    return comes(dialogue.id, who, now)


@relation
def delegate(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The person was named by a delegation, and still belongs to it."""
    return _sent(dialogue.id, who, now)


@relation
def may_act_for_delegation(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The person answers for a delegation."""
    return speaks(dialogue.id, who, now)


@relation
def of_delegation(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The person belongs to an organisation with a delegation, and the dialogue is not RED."""
    return backs(dialogue.id, who, now)


@relation
def answers_open(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """Delegations may see what the others answer to the poll."""
    return dialogue.hidden_answers.is_(False)


@relation
def by_person(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """The poll asks each person, not each delegation."""
    return dialogue.by_person.is_(True)


@relation
def begun(dialogue: type[Dialogue], _who: Who, now: Now) -> Predicate:
    """The time at which the dialogue begins has come."""
    return dialogue.starts_at <= now


@relation
def keeps_to_the_wall(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """The dialogue keeps to a clock on the wall, so that a change of its zone's rules moves it."""
    return dialogue.wall.is_not(None)


@relation
def convened(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """The dialogue has its time, and lies ahead."""
    return dialogue.state == DialogueState.CONVENED


@relation
def bidden(dialogue: type[Dialogue], who: Who, _now: Now) -> Predicate:
    """An e-mail bade the person come: it was sent, or a round that was broken off may have."""
    return written_to(BIDS, ("dialogues", dialogue.id), who, "invitation", "reschedule", "edit")


@relation
def closed_dialogue(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """The dialogue is closed: whoever has no seat does not even learn that it is there."""
    return dialogue.rule == Confidentiality.CLOSED


@relation
def under_chatham_house(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """The dialogue is held under the Chatham House Rule: who takes part stays at the table."""
    return dialogue.rule == Confidentiality.CHATHAM


@relation
def in_sight(part: Any, who: Who, now: Now) -> Predicate:
    """A part of a dialogue is for all who read it, for the person's side, or for the organisers."""
    theirs = and_(part.sight.in_((Sight.SIDE, Sight.CAUCUS)), on_side(part.side_id, who, now))
    ours = and_(
        part.sight.in_((Sight.CAUCUS, Sight.ORGANISERS)), organises(part.dialogue_id, who, now)
    )
    return or_(part.sight == Sight.ALL, theirs, ours)


@relation
def own_delegation(delegation: Any, who: Who, now: Now) -> Predicate:
    """The person comes for the delegation, or answers for it."""
    return on_side(delegation.id, who, now)


@relation
def asks_readiness(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """The dialogue asks its participants for a self-check, or for a unit of training."""
    return or_(dialogue.asks_check, dialogue.asks_unit != "")
