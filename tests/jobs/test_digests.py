"""One e-mail a day instead of single ones: nothing twice, nothing lost, nothing that is hidden."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.ledger import OutboxEmail
from models.notices import Notice
from models.stakeholders import OFF, WEEKDAYS, Person
from models.vocabulary import Tlp
from portal import notices, stakeholders
from portal.catalogue import REMINDS
from portal.db import make_sessions, reading, writing
from portal.digests import GATHERED, NEWS, due_digests, gather
from portal.emails import FOLDER
from portal.outbox import SENT, mail_status
from portal.rules import KEYED
from tests.cast import NOW, World
from tests.factories import published
from tests.jobs.clock import Rounds
from tests.jobs.test_delivery import Memory
from tests.mail import html_of, text_of, whole

TELCO, ANALYST = "liaison@telco", "analyst@cert"
ZONE = "Europe/Helsinki"
# A Friday; the hour of the summary comes at 07:00 there.
FRIDAY = datetime(2026, 12, 4, tzinfo=ZoneInfo(ZONE))
SEVEN = FRIDAY + timedelta(hours=7)


def choose(world: World, digest: str = "daily", hour: int = 7, who: str = TELCO) -> None:
    with writing(world.sessions) as session:
        key = world.actors[who].person_id
        session.execute(update(Person).where(Person.id == key).values(zone=ZONE))
        stakeholders.set_digest(session, world.actors[who], digest, hour, NOW)


def commented(world: World, at: datetime, *, tlp: Tlp = Tlp.AMBER, times: int = 1) -> str:
    """A notice of Telco on which somebody comments: Telco is notified and asked nothing."""
    with writing(world.sessions) as session:
        ref = published(session, world, ANALYST.partition("@")[2], title="A canary", tlp=tlp).ref
        actor = world.actors[ANALYST]
        for _time in range(times):
            notices.comment(session, actor, ref, text="Seen.", to_author=False, now=at)
    return ref


def empty(world: World) -> None:
    """All that the making of the world and of notices has written is out."""
    with writing(world.sessions) as session:
        others = OutboxEmail.template != "comment"
        session.execute(update(OutboxEmail).where(others).values(closed_at=NOW, outcome=SENT))


def subjects(post: Memory) -> list[str]:
    return [one for one in post.to(TELCO) if "summary" in one or "comment" in one]


def test_what_asks_nothing_waits_for_its_hour_and_comes_once(quiet: World, at: Rounds) -> None:
    choose(quiet)
    first, second = commented(quiet, FRIDAY, times=3), commented(quiet, FRIDAY, tlp=Tlp.GREEN)
    empty(quiet)
    assert subjects(at(SEVEN - timedelta(minutes=1))) == []
    post = at(SEVEN)
    assert len(subjects(post)) == 1
    (email,) = [one for one in post.emails if "summary" in str(one["Subject"])]
    assert str(email["Subject"]).startswith("[TLP:AMBER] P-")
    text = text_of(email)
    assert text.count(first) == text.count(second) == 1, "what says the same is said once"
    assert "A canary" in next(line for line in text.splitlines() if second in line)
    assert "A canary" not in next(line for line in text.splitlines() if first in line)
    assert first in html_of(email)
    assert subjects(at(SEVEN + timedelta(hours=3))) == []
    with reading(quiet.sessions) as session:
        rows = session.scalars(select(OutboxEmail.outcome).where(OutboxEmail.template == "comment"))
        assert GATHERED in set(rows)


def test_what_comes_later_is_in_the_summary_of_the_next_day(quiet: World, at: Rounds) -> None:
    choose(quiet)
    commented(quiet, FRIDAY)
    empty(quiet)
    assert len(subjects(at(SEVEN))) == 1
    commented(quiet, SEVEN + timedelta(hours=1))
    empty(quiet)
    assert subjects(at(SEVEN + timedelta(hours=16))) == []
    assert len(subjects(at(SEVEN + timedelta(days=1)))) == 1


def test_a_weekend_is_passed_over_and_a_week_without_jobs_is_one_email(
    quiet: World, at: Rounds
) -> None:
    choose(quiet, WEEKDAYS)
    saturday = SEVEN + timedelta(days=1)
    commented(quiet, saturday - timedelta(hours=1))
    empty(quiet)
    for days in (0, 1):
        assert subjects(at(saturday + timedelta(days=days, hours=2))) == []
    commented(quiet, saturday + timedelta(days=1))
    empty(quiet)
    assert len(subjects(at(saturday + timedelta(days=9)))) == 1


def test_what_asks_for_an_act_comes_by_itself(quiet: World, at: Rounds) -> None:
    choose(quiet, who="mediator@peace")
    with writing(quiet.sessions) as session:
        ref = published(session, quiet, "peace", acknowledge_by_at=FRIDAY + timedelta(days=2)).ref
    assert any(ref in one for one in at(NOW + timedelta(minutes=1)).to("mediator@peace"))


def test_the_policy_is_asked_again_when_it_is_sent(quiet: World, at: Rounds) -> None:
    choose(quiet)
    kept, lost = commented(quiet, FRIDAY), commented(quiet, FRIDAY)
    empty(quiet)
    with writing(quiet.sessions) as session:
        (one,) = due_digests(session, SEVEN)
        assert gather(session, one, SEVEN) == 2
        other = quiet.organisations["bank"].id
        author = quiet.actors["liaison@bank"].person_id
        moved = {"organisation_id": other, "author_id": author}
        session.execute(update(Notice).where(Notice.ref == lost).values(**moved))
    (summary,) = [one for one in at(SEVEN).emails if "summary" in str(one["Subject"])]
    text = whole(summary)
    assert kept in text
    assert lost not in text


def test_where_nothing_may_be_said_any_more_nothing_is_sent(quiet: World, at: Rounds) -> None:
    choose(quiet)
    ref = commented(quiet, FRIDAY)
    empty(quiet)
    with writing(quiet.sessions) as session:
        notice = session.scalars(select(Notice).where(Notice.ref == ref)).one()
        notice.organisation_id = quiet.organisations["bank"].id
        notice.author_id = quiet.actors["liaison@bank"].person_id
        session.execute(delete(Recipient))
    assert subjects(at(SEVEN)) == []
    with reading(quiet.sessions) as session:
        row = session.scalars(select(OutboxEmail).where(OutboxEmail.template == "digest")).one()
        assert row.outcome == "refused"


def test_a_kill_before_a_summary_goes_loses_nothing(quiet: World, at: Rounds) -> None:
    choose(quiet)
    ref = commented(quiet, FRIDAY)
    empty(quiet)
    sessions = make_sessions(quiet.engine)

    class Killed(BaseException):
        pass

    def gather_and_die() -> None:
        with writing(sessions) as session:
            (one,) = due_digests(session, SEVEN)
            assert gather(session, one, SEVEN) == 1
            raise Killed

    with pytest.raises(Killed):
        gather_and_die()
    with reading(sessions) as session:
        assert (
            session.scalars(select(OutboxEmail).where(OutboxEmail.template == "digest")).all() == []
        )
    with writing(sessions) as session:
        (one,) = due_digests(session, SEVEN)
        assert gather(session, one, SEVEN) == 1
        assert gather(session, one, SEVEN) == 0, "a second round gathers nothing"
    text = "\n".join(whole(one) for one in at(SEVEN + timedelta(minutes=1)).emails)
    assert ref in text
    assert subjects(at(SEVEN + timedelta(minutes=2))) == []


def test_whoever_ends_it_gets_what_waits(quiet: World, at: Rounds) -> None:
    choose(quiet)
    commented(quiet, FRIDAY)
    empty(quiet)
    assert subjects(at(FRIDAY + timedelta(minutes=1))) == []
    with reading(quiet.sessions) as session:
        assert _waiting(session) == 0, "what waits for its summary is not late"
    choose(quiet, OFF)
    assert len(subjects(at(FRIDAY + timedelta(minutes=2)))) == 1


def _waiting(session: Session) -> int:
    return mail_status(session, FRIDAY).waiting


def test_only_what_asks_nothing_can_be_summed_up() -> None:
    for noun, template in ((noun, one) for noun, names in NEWS.items() for one in names):
        assert (FOLDER / noun / f"{template}.txt").is_file(), (noun, template)
        assert (template, noun) not in REMINDS
        assert (template, noun) not in KEYED
