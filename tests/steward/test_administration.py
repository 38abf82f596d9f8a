"""The steward's service: health, envelopes of the trail, e-mails that did not arrive."""

from collections.abc import Callable

from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_the_steward_finds_people_by_name_or_address(visit: Visit) -> None:
    steward = visit("steward@portal")
    assert "Bank liaison" in steward.get("/steward/people?words=bank").words
    assert "Bank liaison" in steward.get("/steward/people?words=LIAISON@bank").words
    assert "No person of that name" in steward.get("/steward/people?words=%25").words
