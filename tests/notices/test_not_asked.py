"""Recipients, parties, seats and owners with nobody able to respond are "not asked", said so."""

from collections.abc import Callable

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.stakeholders import GroupMember, Membership, SharingGroup
from models.vocabulary import Tlp
from portal import stakeholders
from portal.clock import now
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, proposed
from tests.dialogues.decision_builders import asked, seated
from tests.factories import opened_process, published
from tests.pages import Visitor
from tests.records.test_take_up import agreed as adopted_with_action

Visit = Callable[[str], Visitor]
SILENT = "(nobody there can respond yet)"
NOT_ASKED = "Not asked, because nobody there can respond yet: "
TELCO, CLOUD, CERT, MEDIATOR = "liaison@telco", "liaison@cloud", "analyst@cert", "mediator@peace"


def emptied(world: World, *homes: str, back: bool = False) -> None:
    """Everybody who was of the organisations has left them, or is back."""
    with writing(world.sessions) as session:
        keys = [world.organisations[home].id for home in homes]
        there = Membership.organisation_id.in_(keys)
        session.execute(update(Membership).where(there).values(ends_at=None if back else NOW))


def a_group(session: Session, world: World, *homes: str) -> SharingGroup:
    """A group of Telco's with these organisations on its list."""
    home, actor = world.organisations["telco"].ref, world.actors[TELCO]
    said = {"name": "Watchers", "ceiling": Tlp.AMBER_STRICT, "now": NOW}
    group = stakeholders.form_group(session, actor, home, **said)
    keys = [world.organisations[name].id for name in homes]
    session.add_all(GroupMember(group_id=group.id, organisation_id=key) for key in keys)
    return group


def test_the_notice_says_whom_it_does_not_ask_until_somebody_is_there(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "cloud", "bank", at=now()).ref
    author = visit(TELCO)
    assert NOT_ASKED not in author.get(f"/notices/{ref}").words
    emptied(world, "cloud")
    for page in (f"/notices/{ref}", f"/notices/{ref}/read-ledger"):
        assert f"{NOT_ASKED}Cloud." in author.get(page).words, page
    assert NOT_ASKED not in visit("liaison@bank").get(f"/notices/{ref}").words
    emptied(world, "cloud", back=True)
    assert NOT_ASKED not in author.get(f"/notices/{ref}").words
    assert ref in visit(CLOUD).get("/").words, "whoever joins finds it on the first page"


def test_groups_and_processes_say_it_where_they_are_chosen_and_before_publishing(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        key = a_group(session, world, "cloud").id
        opened_process(session, world, "telco", by="coordinator@peace")
    author = visit(TELCO)
    page = author.get("/notices/new")
    assert f"Watchers (Telco) {SILENT}" not in page.words
    assert "Ledgerfall talks" in page.words
    emptied(world, "cloud", "peace")
    page = author.get("/notices/new")
    assert f"Watchers (Telco) {SILENT}" in page.words
    assert f"Ledgerfall talks {SILENT}" not in page.words, "Telco itself has a seat"
    form = page.form() | {"title": ["A wiper"], "tlp": ["AMBER+STRICT"], "groups": [str(key)]}
    looked = author.post("/notices/new", form | {"look": ["1"]})
    assert f"{NOT_ASKED}Watchers." in looked.words


def test_a_commitment_says_it_of_its_counterpart_and_its_verifier(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        draft, live = drafted(session, world).ref, agreed(session, world, at=now()).ref
        waiting = proposed(session, world, at=now()).ref
    author = visit(TELCO)
    assert NOT_ASKED not in author.get(f"/commitments/{live}").words
    emptied(world, "cert")
    for page in (f"{draft}/propose", draft, live, waiting, f"{live}/read-ledger"):
        assert f"{NOT_ASKED}Response Team." in author.get(f"/commitments/{page}").words, page
    assert f"{NOT_ASKED}Response Team." in visit(CLOUD).get(f"/commitments/{live}").words
    emptied(world, "cloud")
    assert f"{NOT_ASKED}Cloud, Response Team." in author.get(f"/commitments/{waiting}").words


def test_seats_of_a_process_say_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "telco", "cloud", observers=("un",)).ref
    emptied(world, "un")
    mediator = visit(MEDIATOR)
    words = mediator.get(f"/processes/{ref}").words
    assert "UN Office not asked: nobody can respond at present" in words
    assert words.count("nobody can respond at present") == 1
    assert f"UN Office {SILENT}" in mediator.get(f"/processes/{ref}/seat").words


def test_questions_and_actions_say_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world, "telco", "cloud")
        asked(session, world, dialogue)
        record, _action = adopted_with_action(session, world)
    emptied(world, "cloud", "telco")
    mediator = visit("coordinator@peace")
    put = mediator.get(f"/dialogues/{dialogue.ref}/call-decision").words
    assert f"{NOT_ASKED}Cloud, Telco." in put
    page = mediator.get(f"/dialogues/{dialogue.ref}").words
    assert "Not asked, because nobody there can respond: Cloud, Telco." in page
    assert "not asked: nobody there can respond yet" in mediator.get(f"/records/{record.ref}").words
