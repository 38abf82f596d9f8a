"""The law on commitments: two parties, a verifier, and the house that watches time and conditions.

What the house does it does because a sentence here says that the time has come; it sees the
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
    found,
    house,
    other_side,
    pending,
    promisor,
    published,
    round_over,
    unanswered,
    unverified,
    verifier,
    waiting,
)
from portal.rules.marking import Reaching, addressees, allowed, own, readers
from portal.rules.sentence import Kind, Rule, at
from portal.rules.verbs import (
    ACCEPT,
    ADD_EVIDENCE,
    AMEND,
    ASK_RELEASE,
    CONSENT,
    COUNTER,
    DECLARE_UNMET,
    DECLINE,
    EDIT,
    EXPORT,
    FIND,
    FULFIL,
    LAPSE,
    OPEN_ROUND,
    PROPOSE,
    READ,
    READ_LEDGER,
    READ_TERMS,
    READ_TEXT,
    REFUSE,
    RELEASE,
    REPLY,
    REPORT,
    RESUME,
    START,
    SUSPEND,
    TAG,
    TAKE_BACK,
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

promisor_hand = author | promisor
# The two whose consent makes and changes a commitment.
parties = promisor_hand | addressee
# Who says how far it has come: the verifier, or the addressee where none is named.
finder = verifier | (unverified & addressee)
everybody_in_it = parties | verifier
# A proposal can be agreed on, or countered, only until its day is over.
asked_in_time = asked_to_answer & ~unanswered
commitment_readers = own | (published & other_side) | readers
COMMITMENT_REACH: Final = Reaching(
    allowed | own | other_side, addressees | own | other_side, addressee | verifier
)

COMMITMENTS: Final = Kind(
    "commitments",
    Commitment,
    "C",
    at(*CommitmentState),
    (
        Rule(READ, at(DRAFT), own),
        Rule(READ, at(*LIVE, *OVER), commitment_readers),
        Rule(READ, at(PROPOSED), house & unanswered),
        Rule(READ, at(ACCEPTED), house & ~waiting),
        Rule(READ, at(IN_FORCE), house & (broken | round_over)),
        Rule(READ, at(SUSPENDED), house & ~broken),
        Rule(READ_TEXT, at(DRAFT), own),
        Rule(READ_TEXT, at(*LIVE, *OVER), commitment_readers),
        # What was asked for and answered on the way is the parties' business, not the readers'.
        Rule(READ_TERMS, at(DRAFT), own),
        Rule(READ_TERMS, at(*LIVE, *OVER), own | (published & (other_side | everybody_in_it))),
        Rule(EXPORT, at(DRAFT), own),
        Rule(EXPORT, at(*LIVE, *OVER), commitment_readers),
        Rule(READ_LEDGER, at(DRAFT, *LIVE, *OVER), own),
        Rule(EDIT, at(DRAFT), promisor_hand),
        Rule(TAG, at(DRAFT), promisor_hand),
        Rule(TAG, at(*LIVE), everybody_in_it),
        Rule(PROPOSE, at(DRAFT), promisor_hand, then=PROPOSED, tell=addressee),
        Rule(
            WITHDRAW, at(DRAFT, PROPOSED), promisor_hand, then=WITHDRAWN, tell=published & parties
        ),
        Rule(ACCEPT, at(PROPOSED), asked_in_time, then=ACCEPTED, tell=waiting & parties),
        Rule(DECLINE, at(PROPOSED), asked_to_answer, then=DECLINED, tell=parties),
        Rule(COUNTER, at(PROPOSED), asked_in_time, tell=asked_to_answer),
        Rule(LAPSE, at(PROPOSED), house & unanswered, then=LAPSED, tell=parties),
        Rule(START, at(ACCEPTED), house & ~waiting, then=IN_FORCE, tell=everybody_in_it),
        Rule(REPORT, at(IN_FORCE), promisor_hand, tell=finder),
        Rule(FIND, at(IN_FORCE), finder, tell=parties),
        Rule(FULFIL, at(IN_FORCE), finder, then=FULFILLED, tell=parties),
        Rule(DECLARE_UNMET, at(IN_FORCE), finder, then=NOT_MET, tell=parties),
        Rule(
            REPLY, at(IN_FORCE, SUSPENDED, FULFILLED, NOT_MET), promisor_hand & found, tell=finder
        ),
        Rule(ADD_EVIDENCE, at(IN_FORCE, SUSPENDED), promisor_hand | finder),
        Rule(SUSPEND, at(IN_FORCE), house & broken, then=SUSPENDED, tell=everybody_in_it),
        Rule(RESUME, at(SUSPENDED), house & ~broken, then=IN_FORCE, tell=everybody_in_it),
        Rule(OPEN_ROUND, at(IN_FORCE), house & round_over),
        Rule(AMEND, at(*AGREED), parties & ~pending, tell=parties),
        Rule(ASK_RELEASE, at(*AGREED), parties & ~pending, tell=parties),
        Rule(CONSENT, at(*AGREED), asked_for(Proposal.TERMS), tell=parties),
        Rule(
            RELEASE, at(*AGREED), asked_for(Proposal.RELEASE), then=RELEASED, tell=everybody_in_it
        ),
        Rule(
            REFUSE,
            at(*AGREED),
            asked_for(Proposal.TERMS) | asked_for(Proposal.RELEASE),
            tell=parties,
        ),
        Rule(TAKE_BACK, at(*AGREED), asking, tell=parties),
    ),
)
