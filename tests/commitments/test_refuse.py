"""Refusing what the other party asks: other terms, or an end."""

from portal import commitments
from tests.cast import World
from tests.commitments.test_amend import without_consent_the_terms_stay
from tests.commitments.test_release import without_consent_all_stays

TELCO, COLLEAGUE, CLOUD = "liaison@telco", "colleague@telco", "liaison@cloud"
WHOM = {TELCO, COLLEAGUE}


def test_refused_other_terms_change_nothing_and_may_be_asked_again(world: World) -> None:
    without_consent_the_terms_stay(world, commitments.refuse, CLOUD, "refused", WHOM)


def test_refused_a_release_ends_nothing_and_may_be_asked_again(world: World) -> None:
    without_consent_all_stays(world, commitments.refuse, CLOUD, "refused", WHOM)
