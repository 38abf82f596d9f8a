"""The policy on commitments: two parties, a verifier, and what time and conditions change.

What the system does it does because a sentence here says that the time has come; it sees the
envelope of such a commitment, for as long as that is so, and no text.
"""

from typing import Final

from models.commitments import Commitment, CommitmentState, Proposal
from portal.relations import (
    addressee,
    asked_for,
    asked_to_answer,
    asking,
    author,
    broken,
    finding_awaited,
    found,
    mediates_it,
    other_side,
    pending,
    promisor,
    published,
    report_overdue,
    round_over,
    system,
    unanswered,
    untrained_for_red,
    unverified,
    verifier,
    waiting,
)
from portal.rules.following import may_be_followed
from portal.rules.marking import addressees, allowed, own, readers
from portal.rules.sentence import AudienceRules, ResourceType, Rule, at
from portal.rules.verbs import (
    ACCEPT,
    ADD_EVIDENCE,
    AMEND,
    ASK_RELEASE,
    COMMENT,
    CONSENT,
    COUNTER,
    DECLARE_UNMET,
    DECLINE,
    EDIT,
    EXPORT,
    FULFIL,
    LAPSE,
    LINK_NORM,
    OPEN_ROUND,
    PROPOSE,
    PUBLISH_RED,
    READ,
    READ_LEDGER,
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

(
    DRAFT,
    PROPOSED,
    ACCEPTED,
    IN_FORCE,
    SUSPENDED,
    FULFILLED,
    NOT_MET,
    RELEASED,
    DECLINED,
    LAPSED,
    WITHDRAWN,
) = CommitmentState
AGREED: Final = (ACCEPTED, IN_FORCE, SUSPENDED)
LIVE: Final = (PROPOSED, *AGREED)
OVER: Final = (FULFILLED, NOT_MET, RELEASED, DECLINED, LAPSED, WITHDRAWN)

may_act_for_promisor = author | promisor
# The two whose consent makes and changes a commitment.
parties = may_act_for_promisor | addressee
# Who says how far it has come: the verifier, or the addressee where none is named.
finder = verifier | (unverified & addressee)
everybody_in_it = parties | verifier
# Whoever waits for the other side may remind it, and the mediators of its process may.
may_remind = everybody_in_it | mediates_it
# A proposal can be agreed on, or countered, only until its day is over.
asked_in_time = asked_to_answer & ~unanswered
commitment_readers = own | (published & other_side) | readers

COMMITMENTS: Final = ResourceType(
    "commitments",
    Commitment,
    "C",
    at(*CommitmentState),
    (
        Rule(READ, at(DRAFT), own),
        Rule(READ, at(*LIVE, *OVER), commitment_readers),
        Rule(READ, at(PROPOSED), system & unanswered),
        Rule(READ, at(ACCEPTED), system & ~waiting),
        Rule(READ, at(IN_FORCE), system & (broken | round_over)),
        Rule(READ, at(SUSPENDED), system & ~broken),
        Rule(READ_TEXT, at(DRAFT), own),
        Rule(READ_TEXT, at(*LIVE, *OVER), commitment_readers),
        # What was asked for and answered on the way is the parties' business, not the readers'.
        Rule(READ_TERMS, at(DRAFT), own),
        Rule(READ_TERMS, at(*LIVE, *OVER), own | (published & (other_side | everybody_in_it))),
        Rule(EXPORT, at(DRAFT), own),
        Rule(EXPORT, at(*LIVE, *OVER), commitment_readers),
        Rule(READ_LEDGER, at(DRAFT, *LIVE, *OVER), own),
        *may_be_followed(CommitmentState),
        Rule(EDIT, at(DRAFT), may_act_for_promisor),
        Rule(LINK_NORM, at(DRAFT), may_act_for_promisor),
        Rule(LINK_NORM, at(*LIVE), everybody_in_it),
        Rule(PROPOSE, at(DRAFT), may_act_for_promisor, then=PROPOSED, notify=addressee),
        # Asked beside proposing what is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT), may_act_for_promisor & ~untrained_for_red),
        Rule(
            WITHDRAW,
            at(DRAFT, PROPOSED),
            may_act_for_promisor,
            then=WITHDRAWN,
            notify=published & parties,
        ),
        Rule(ACCEPT, at(PROPOSED), asked_in_time, then=ACCEPTED, notify=waiting & parties),
        Rule(DECLINE, at(PROPOSED), asked_to_answer, then=DECLINED, notify=parties),
        Rule(COUNTER, at(PROPOSED), asked_in_time, notify=asked_to_answer),
        Rule(COMMENT, at(*LIVE, *OVER), commitment_readers, notify=published & everybody_in_it),
        Rule(REMIND, at(PROPOSED), may_remind & ~asked_to_answer, notify=asked_to_answer),
        Rule(
            REMIND,
            at(IN_FORCE),
            may_remind & ((report_overdue & ~may_act_for_promisor) | (finding_awaited & ~finder)),
            notify=(report_overdue & may_act_for_promisor) | (finding_awaited & finder),
        ),
        Rule(LAPSE, at(PROPOSED), system & unanswered, then=LAPSED, notify=parties),
        Rule(START, at(ACCEPTED), system & ~waiting, then=IN_FORCE, notify=everybody_in_it),
        Rule(REPORT, at(IN_FORCE), may_act_for_promisor, notify=finder),
        Rule(VERIFY, at(IN_FORCE), finder, notify=parties),
        Rule(FULFIL, at(IN_FORCE), finder, then=FULFILLED, notify=parties),
        Rule(DECLARE_UNMET, at(IN_FORCE), finder, then=NOT_MET, notify=parties),
        Rule(
            REPLY,
            at(IN_FORCE, SUSPENDED, FULFILLED, NOT_MET),
            may_act_for_promisor & found,
            notify=finder,
        ),
        Rule(ADD_EVIDENCE, at(IN_FORCE, SUSPENDED), may_act_for_promisor | finder),
        Rule(SUSPEND, at(IN_FORCE), system & broken, then=SUSPENDED, notify=everybody_in_it),
        Rule(RESUME, at(SUSPENDED), system & ~broken, then=IN_FORCE, notify=everybody_in_it),
        Rule(OPEN_ROUND, at(IN_FORCE), system & round_over),
        Rule(AMEND, at(*AGREED), parties & ~pending, notify=parties),
        Rule(ASK_RELEASE, at(*AGREED), parties & ~pending, notify=parties),
        Rule(CONSENT, at(*AGREED), asked_for(Proposal.TERMS), notify=parties),
        Rule(
            RELEASE, at(*AGREED), asked_for(Proposal.RELEASE), then=RELEASED, notify=everybody_in_it
        ),
        Rule(
            REFUSE,
            at(*AGREED),
            asked_for(Proposal.TERMS) | asked_for(Proposal.RELEASE),
            notify=parties,
        ),
        Rule(TAKE_BACK, at(*AGREED), asking, notify=parties),
    ),
    audience=AudienceRules(
        allowed | own | other_side, addressees | own | other_side, addressee | verifier
    ),
)
