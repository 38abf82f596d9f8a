"""How a person can stand to a release: of its own side, or asked about it."""

from typing import Any

from sqlalchemy import and_, or_

from models.records import Record
from models.releases import Answer, Part, Release, ReleaseParty
from portal.db import alias
from portal.relations.belonging import SPEAKERS, belongs
from portal.relations.sentence import Now, Predicate, Relation, Who, relation, some

PARTY = alias(ReleaseParty, "policy_party")
ITS_MINUTES = alias(Record, "policy_its_minutes")
ITS_RELEASE = alias(Release, "policy_its_release")


@relation
def from_minutes(release: type[Release], _who: Who, _now: Now) -> Predicate:
    """The release is derived from minutes."""
    return release.record_id.is_not(None)


@relation
def put_to_parties(release: type[Release], _who: Who, _now: Now) -> Predicate:
    """The release has been put to those who are asked about it, so that it is known outside."""
    return release.asked_at.is_not(None)


@relation
def party_to_it(release: type[Release], who: Who, now: Now) -> Predicate:
    """The person is asked about the release, or belongs to an organisation that is."""
    theirs = is_the_party.predicate(PARTY, who, now)
    return some(PARTY, where=(PARTY.release_id == release.id, theirs))


def asked_as(*parts: Part, still: bool = True) -> Relation:
    """The person is asked so, or speaks for an organisation that is (`still`: unanswered)."""

    def predicate(release: Any, who: Who, now: Now) -> Predicate:
        unanswered = (PARTY.digest != release.digest,) if still else ()
        return some(
            PARTY,
            where=(
                PARTY.release_id == release.id,
                PARTY.part.in_(parts),
                may_answer_for.predicate(PARTY, who, now),
                *unanswered,
            ),
        )

    words = "still asked as" if still else "asked as"
    return Relation(f"{words} {'/'.join(parts)}", predicate)


@relation
def agreed_to_by_all(release: type[Release], _who: Who, _now: Now) -> Predicate:
    """Everybody who signs or whose words it holds has agreed to exactly this text."""
    agreed = and_(PARTY.answer == Answer.AGREED, PARTY.digest == release.digest)
    return ~some(
        PARTY,
        where=(
            PARTY.release_id == release.id,
            PARTY.part.in_((Part.SIGNS, Part.WORDS)),
            ~agreed,
        ),
    )


@relation
def cooled(release: type[Release], _who: Who, now: Now) -> Predicate:
    """The cooling-off time is over, and with it the time to reply."""
    return release.cool_until_at <= now


@relation
def for_signing(party: Any, _who: Who, _now: Now) -> Predicate:
    """The party is asked to sign: all who sign know of one another."""
    signs: Predicate = party.part == Part.SIGNS
    return signs


@relation
def is_the_party(party: Any, who: Who, now: Now) -> Predicate:
    """The person is that party, or belongs to the organisation that is."""
    return or_(party.person_id == who, belongs(party.organisation_id, who, now))


@relation
def may_answer_for(party: Any, who: Who, now: Now) -> Predicate:
    """The person is that party, or speaks for the organisation that is."""
    return or_(party.person_id == who, belongs(party.organisation_id, who, now, *SPEAKERS))


def of_its_minutes(relation: Relation) -> Relation:
    """The person stands so to the minutes from which the release is derived."""
    return Relation(
        f"of its minutes {relation.inside('not')}",
        lambda release, who, now: some(
            ITS_MINUTES,
            where=(
                ITS_MINUTES.id == release.record_id,
                relation.predicate(ITS_MINUTES, who, now),
            ),
        ),
        parts=(relation,),
    )


def of_its_release(relation: Relation) -> Relation:
    """The person stands so to the release of which this is a part."""
    return Relation(
        f"of its release {relation.inside('not')}",
        lambda part, who, now: some(
            ITS_RELEASE,
            where=(ITS_RELEASE.id == part.release_id, relation.predicate(ITS_RELEASE, who, now)),
        ),
        parts=(relation,),
    )
