"""Drafting and editing a commitment, and asking who would see it before anything is saved."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.stakeholders import Organisation
from portal.access import Actor, authorize
from portal.commitments.dues import write_dues
from portal.commitments.parties import Between, between
from portal.commitments.text import CommitmentText
from portal.errors import TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.recipients import AudiencePreview, RecipientList, list_of, reach_if, write_list
from portal.rules import COMMITMENTS, DRAFT_COMMITMENT, EDIT, ORGANISATIONS, READ_LEDGER


def draft_commitment(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: CommitmentText,
    with_whom: Between,
    to: RecipientList,
    now: datetime,
) -> Commitment:
    """Start a commitment of an organisation; raises Invalid with a message for each bad field.

    Days are days in the zone of that organisation. `to` is who reads it beside the parties.
    """
    verb = DRAFT_COMMITMENT
    home: Organisation
    with transition(session, actor, verb, ORGANISATIONS, organisation_ref, now) as home:
        problems = text.problems() | with_whom.problems(session, actor, home.id, now)
        problems |= text.passed(home.zone, now)
        refuse(problems | to.problems(session, actor, text.tlp, now))
        commitment = draft_of(COMMITMENTS, actor, home.id, now, zone=home.zone, edition=0)
        text.write_into(commitment)
        with_whom.write_into(commitment)
        create(session, actor, verb, COMMITMENTS, commitment, now)
        write_dues(session, commitment, text)
        write_list(session, commitment, to, now)
    return commitment


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: CommitmentText,
    with_whom: Between,
    to: RecipientList,
    version: int,
    now: datetime,
) -> Commitment:
    """Change a draft; `version` is the one the writer had before their eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, COMMITMENTS, ref, now) as commitment:
        if commitment.version != version:
            raise TooLate(EDIT)
        _rewrite(session, actor, commitment, text, with_whom, to, now)
        commitment.changed_at = now
    return commitment


def _rewrite(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    text: CommitmentText,
    with_whom: Between,
    to: RecipientList,
    now: datetime,
) -> None:
    kept, home = list_of(session, commitment), commitment.organisation_id
    problems = text.problems() | with_whom.problems(session, actor, home, now, between(commitment))
    problems |= text.passed(commitment.zone, now)
    refuse(problems | to.problems(session, actor, text.tlp, now, kept))
    text.write_into(commitment)
    with_whom.write_into(commitment)
    session.flush()
    write_dues(session, commitment, text)
    write_list(session, commitment, to, now)


def who_will_see(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: CommitmentText,
    with_whom: Between,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read this commitment once proposed: asked of the policy itself, nothing is kept."""

    def written() -> Commitment:
        return draft_commitment(
            session, actor, organisation_ref, text=text, with_whom=with_whom, to=to, now=now
        )

    return reach_if(session, actor, COMMITMENTS, written, now)


def who_would_see(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: CommitmentText,
    with_whom: Between,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read an existing draft if it said this and went to these; nothing is kept."""

    def written() -> Commitment:
        commitment = authorize(session, actor, READ_LEDGER, COMMITMENTS, ref, now)
        _rewrite(session, actor, commitment, text, with_whom, to, now)
        return commitment

    return reach_if(session, actor, COMMITMENTS, written, now)
