"""A process on a recipient list: its seats read the notice, and nobody else, for as long."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.audience import AudienceRow
from models.ledger import OutboxEmail
from models.notices import Notice
from models.processes import Process
from models.stakeholders import Person
from portal import notices, stakeholders
from portal.db import open_session, reading, writing
from portal.delivery import deliver
from portal.demo import agree_to_all
from portal.emails import MailSettings
from portal.errors import Invalid
from portal.notices import expected_rows
from portal.recipients import RecipientList, audience_preview
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.factories import opened_process, seated, sent_to, text
from tests.jobs.test_delivery import Memory
from tests.pages import Visitor
from tests.worlds import HOMES

Visit = Callable[[str], Visitor]
OWN_SIDE = {"liaison@telco", "colleague@telco"}
TEAM = {"mediator@peace"}


@pytest.fixture
def process(world: World) -> Process:
    """Telco and Cloud are parties, the UN observes; Bank is a client of Cloud."""
    with writing(world.sessions) as session:
        steward, bank = world.actors["steward@portal"], world.organisations["bank"].id
        cloud = world.organisations["cloud"].ref
        stakeholders.set_clients(session, steward, cloud, client_ids={bank}, now=NOW)
        agree_to_all(session, NOW)
        return opened_process(session, world, "telco", "cloud", observers=("un",))


def sent(world: World, process: Process, **values: object) -> str:
    with writing(world.sessions) as session:
        return sent_to(session, world, process, title="Ledgerfall", **values).ref


def readers(visit: Visit, ref: str) -> set[str]:
    """Everybody who comes across the notice: by page, list, search and first page alike."""
    found = set()
    for name in HOMES:
        visitor = visit(name)
        page = visitor.get(f"/notices/{ref}").status == 200
        surfaces = (f"/search?q={ref}", "/search?q=ledgerf", "/notices/", "/")
        shown = [f'"/notices/{ref}"' in visitor.get(path).text for path in surfaces]
        assert shown == [page] * 4, name
        if page:
            found.add(name)
    return found


def test_it_reaches_the_seated_and_nobody_else(
    world: World, visit: Visit, process: Process
) -> None:
    ref = sent(world, process)
    assert readers(visit, ref) == OWN_SIDE | TEAM | {"liaison@cloud", "observer@un"}


def test_amber_reaches_clients_of_organisations_with_a_seat(
    world: World, visit: Visit, process: Process
) -> None:
    ref = sent(world, process, tlp="AMBER")
    everybody = OWN_SIDE | TEAM | {"liaison@cloud", "observer@un"}
    assert readers(visit, ref) == everybody | {"liaison@bank"}
    with writing(world.sessions) as session:
        seated(session, world, process.ref, "telco", observers=("un",))
    assert readers(visit, ref) == everybody - {"liaison@cloud"}


def test_seats_given_and_taken_have_effect_at_once_everywhere(
    world: World, visit: Visit, process: Process
) -> None:
    ref = sent(world, process)
    with reading(world.sessions) as session:
        index = set(session.scalars(select(AudienceRow.principal)))
    with writing(world.sessions) as session:
        seated(session, world, process.ref, "telco", "liaison@bank")
    assert readers(visit, ref) == OWN_SIDE | TEAM | {"liaison@bank"}
    with reading(world.sessions) as session:
        assert set(session.scalars(select(AudienceRow.principal))) == index, "as it was"
        notice = session.scalars(select(Notice)).one()
        assert expected_rows(session, notice) == index
    assert f"s:{process.id}" in index


def test_an_exception_is_stronger_than_a_seat(world: World, visit: Visit, process: Process) -> None:
    cloud = frozenset({world.organisations["cloud"].id})
    to = RecipientList(processes=frozenset({process.id}), excepted_organisations=cloud)
    with writing(world.sessions) as session:
        author, home = world.actors["liaison@telco"], world.organisations["telco"].ref
        said = text(title="Ledgerfall")
        notice = notices.post_notice(session, author, home, text=said, to=to, now=NOW)
        ref = notices.publish(session, author, notice.ref, NOW).ref
    assert readers(visit, ref) == OWN_SIDE | TEAM | {"observer@un"}


def test_emails_go_to_the_seated_and_are_asked_again_before_they_go(
    world: World, process: Process
) -> None:
    sent(world, process)
    with writing(world.sessions) as session:
        notified = session.scalars(
            select(Person.email).join(OutboxEmail, OutboxEmail.person_id == Person.id).where(
                OutboxEmail.template == "publish"
            )
        )  # fmt: skip
        names = {email.removesuffix(".example") for email in notified}
        assert names == TEAM | {"colleague@telco", "liaison@cloud", "observer@un"}
        seated(session, world, process.ref, "telco", observers=("un",))
    post = Memory()
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), NOW)
    about = [str(email["To"]) for email in post.emails if "[" in str(email["Subject"])]
    assert not [to for to in about if "cloud" in to]
    with reading(world.sessions) as session:
        cloud = world.actors["liaison@cloud"].person_id
        email = select(OutboxEmail).where(
            OutboxEmail.person_id == cloud, OutboxEmail.template == "publish"
        )
        assert session.scalars(email).one().outcome == "refused"


def test_the_form_offers_it_to_whoever_has_a_seat_and_shows_whom_it_reaches(
    world: World, visit: Visit, process: Process
) -> None:
    assert "Ledgerfall talks" not in visit("liaison@bank").get("/notices/new").words
    liaison = visit("liaison@telco")
    page = liaison.get("/notices/new")
    assert "Ledgerfall talks" in page.words
    typed = {**page.form(), "title": "A wiper", "processes": [str(process.id)], "look": "1"}
    typed |= {"tlp": "AMBER+STRICT"}
    reach = liaison.post("/notices/new", typed).page.select_one(".go-reach")
    assert reach is not None
    words = reach.get_text(" ")
    assert all(name in words for name in ("Mediator", "Cloud liaison", "UN observer"))
    assert "Coordinator" not in words


def test_whoever_has_no_seat_cannot_address_it(world: World, process: Process) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid, match="processes"):
        sent_to(session, world, process, by="liaison@bank")


def test_red_never_goes_to_a_process(world: World, process: Process) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid, match="processes"):
        sent_to(session, world, process, tlp="RED")


def test_reach_counts_the_seated_once(world: World, process: Process) -> None:
    sent(world, process)
    with open_session(world.sessions, writes=False) as session:
        notice = session.scalars(select(Notice)).one()
        reach = audience_preview(session, world.actors["liaison@telco"], NOTICES, notice, NOW)
    assert (reach.people, reach.notified) == (5, 4)


def test_a_closed_process_still_reaches_its_seats(
    world: World, visit: Visit, process: Process
) -> None:
    ref = sent(world, process)
    visit("mediator@peace").post(f"/processes/{process.ref}/close")
    assert "liaison@cloud" in readers(visit, ref)
