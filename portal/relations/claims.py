"""How a person can stand to a claim: of the organisation that it names, or of its source."""

from models.claims import Claim, ClaimReply
from models.harm import Harm
from models.notices import Notice
from portal.db import alias
from portal.relations.belonging import SPEAKERS, belongs
from portal.relations.sentence import Now, Predicate, Relation, Who, relation, some

ANSWER = alias(ClaimReply, "policy_answer")
ITS_NOTICE = alias(Notice, "policy_its_notice")


@relation
def names_organisation(claim: type[Claim], _who: Who, _now: Now) -> Predicate:
    """The claim is about an organisation of the portal."""
    return claim.about_id.is_not(None)


@relation
def concerned(claim: type[Claim], who: Who, now: Now) -> Predicate:
    """The person belongs to the organisation that the claim is about."""
    return belongs(claim.about_id, who, now)


@relation
def may_speak_for_the_named(claim: type[Claim], who: Who, now: Now) -> Predicate:
    """The person speaks for the organisation that the claim is about."""
    return belongs(claim.about_id, who, now, *SPEAKERS)


@relation
def put_to_reply(claim: type[Claim], _who: Who, _now: Now) -> Predicate:
    """A reply to the claim has been asked for, so that it is known outside."""
    return claim.asked_at.is_not(None)


@relation
def replied(claim: type[Claim], _who: Who, _now: Now) -> Predicate:
    """Whoever it names has replied to its present text."""
    return some(
        ANSWER,
        where=(
            ANSWER.claim_id == claim.id,
            ANSWER.edition == claim.edition,
            ANSWER.at >= claim.asked_at,
        ),
    )


@relation
def reply_period_over(claim: type[Claim], _who: Who, now: Now) -> Predicate:
    """The period for a reply has ended."""
    return claim.reply_by_at <= now


@relation
def unconsented(claim: type[Claim] | type[Harm], _who: Who, _now: Now) -> Predicate:
    """It is marked wider than its notice, and the notice's author has not agreed."""
    return claim.consent_needed.is_(True)


def of_its_notice(relation: Relation) -> Relation:
    """The person stands so to the notice that it rests on."""
    return Relation(
        f"of its notice {relation.inside('not')}",
        lambda claim, who, now: some(
            ITS_NOTICE,
            where=(ITS_NOTICE.id == claim.notice_id, relation.predicate(ITS_NOTICE, who, now)),
        ),
        parts=(relation,),
    )
