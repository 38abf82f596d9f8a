"""The entry of commitments."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState
from models.norms import NormTag
from portal.among import among
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_MOMENT,
    NO_SERVICE,
    Activity,
    Beginning,
    Due,
    Menu,
    Noun,
    Search,
    Section,
    own_text,
)
from portal.catalogue.processes import named_on_list
from portal.commitments import apply_due_transitions, due_for_the_system
from portal.commitments.dates import DATES
from portal.commitments.filtering import WALKS
from portal.commitments.reminders import LADDERS
from portal.commitments.tasks import TASKS
from portal.email_contexts import about_commitment
from portal.parameters import HOMES, KEY, PRINCIPALS, there_is
from portal.rules import (
    ACCEPT,
    ADD_EVIDENCE,
    AMEND,
    ASK_RELEASE,
    COMMENT,
    COMMITMENTS,
    CONSENT,
    COUNTER,
    DECLARE_UNMET,
    DECLINE,
    DRAFT_COMMITMENT,
    FULFIL,
    LAPSE,
    PROPOSE,
    READ,
    READ_TERMS,
    READ_TEXT,
    REFUSE,
    RELEASE,
    REMIND,
    REPLY,
    REPORT,
    RESUME,
    START,
    SUSPEND,
    TAKE_BACK,
    VERIFY,
    WITHDRAW,
)
from portal.words import N_


def _listed(key: Any) -> ColumnElement[bool]:
    index = CommitmentAudienceRow
    found = (index.commitment_id == key, among(index.principal, PRINCIPALS))
    return there_is(index, *found)


def _listed_or_unshared(key: Any) -> ColumnElement[bool]:
    # One's own side's, which no index lists before it is shared.
    own = and_(Commitment.published_at.is_(None), among(Commitment.organisation_id, HOMES))
    return or_(_listed(key), own)


COMMITMENT: Final = Noun(
    policy=COMMITMENTS,
    label=N_("Commitments"),
    one=N_("Commitment"),
    endpoint="commitments.read",
    menu=Menu("commitments.index", N_("Commitments"), Section.WORK),
    states={
        CommitmentState.DRAFT: N_("draft"),
        CommitmentState.PROPOSED: N_("proposed"),
        CommitmentState.ACCEPTED: N_("accepted, not yet in force"),
        CommitmentState.IN_FORCE: N_("in force"),
        CommitmentState.SUSPENDED: N_("suspended"),
        CommitmentState.FULFILLED: N_("fulfilled"),
        CommitmentState.NOT_MET: N_("not met"),
        CommitmentState.RELEASED: N_("released"),
        CommitmentState.DECLINED: N_("declined"),
        CommitmentState.LAPSED: N_("lapsed"),
        CommitmentState.WITHDRAWN: N_("withdrawn"),
    },
    begins=Beginning(DRAFT_COMMITMENT, CommitmentState.DRAFT),
    title=Commitment.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            PROPOSE: N_("%(who)s proposed %(what)s"),
            WITHDRAW: N_("%(who)s withdrew %(what)s"),
            LAPSE: N_("%(what)s lapsed"),
            START: N_("%(what)s came into force"),
            SUSPEND: N_("%(what)s was suspended"),
            RESUME: N_("%(what)s resumed"),
            RELEASE: N_("%(who)s agreed to release %(what)s"),
            REPORT: N_("%(who)s reported progress on %(what)s"),
            VERIFY: N_("%(who)s recorded a verification finding on %(what)s"),
            FULFIL: N_("%(who)s verified %(what)s as fulfilled"),
            DECLARE_UNMET: N_("%(who)s closed %(what)s as not met"),
            REPLY: N_("%(who)s replied to a finding on %(what)s"),
            ADD_EVIDENCE: N_("%(who)s added evidence to %(what)s"),
        },
        # What was asked for and answered on the way is the parties' business, not the readers'.
        to_holders={
            READ_TERMS: {
                ACCEPT: N_("%(who)s accepted %(what)s"),
                DECLINE: N_("%(who)s declined %(what)s"),
                COUNTER: N_("%(who)s requested an amendment to %(what)s"),
                AMEND: N_("%(who)s requested an amendment to %(what)s"),
                ASK_RELEASE: N_("%(who)s requested release of %(what)s"),
                CONSENT: N_("%(who)s agreed to an amendment of %(what)s"),
                REFUSE: N_("%(who)s refused a request on %(what)s"),
                COMMENT: N_("%(who)s commented on %(what)s"),
                REMIND: N_("%(who)s sent a reminder about %(what)s"),
                TAKE_BACK: N_("%(who)s withdrew a request on %(what)s"),
            }
        },
        named_to=(READ,),
        moment=NO_MOMENT,
        proposal=_listed,
    ),
    search=Search(
        verb=READ_TEXT,
        sources=(
            own_text(
                "commitment_words",
                Commitment,
                Commitment.body,
                Commitment.how_known,
                key="commitment_id",
            ),
        ),
        newest_first=True,
        names=(),
        parties=(Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id),
        at=func.coalesce(Commitment.published_at, Commitment.changed_at),
        older=N_("Older commitments"),
        proposal=_listed_or_unshared,
        walks=WALKS,
    ),
    ties=or_(Commitment.process_id == KEY, named_on_list(Commitment)),
    tasks=TASKS,
    dates=DATES,
    norm_tags=NormTag.commitment_id,
    serves=NO_SERVICE,
    due=Due(due_for_the_system, apply_due_transitions),
    ladders=LADDERS,
    email_context=about_commitment,
    news=frozenset(
        {
            ACCEPT,
            COMMENT,
            DECLINE,
            FULFIL,
            LAPSE,
            REFUSE,
            RELEASE,
            REPLY,
            RESUME,
            START,
            SUSPEND,
            TAKE_BACK,
            VERIFY,
            WITHDRAW,
        }
    ),
    calendar_entry=NO_ENTRY,
)
