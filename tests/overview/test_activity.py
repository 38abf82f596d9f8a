"""Recent activity: the acts on every noun, to whom they are news, and whose name is kept back."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from models.vocabulary import Tlp
from portal import notices, stakeholders
from portal.catalogue import NOUNS, Activity
from portal.db import reading, writing
from portal.demo import agree_to_all
from portal.ledger import audit
from portal.overview.activity import Act, recent
from portal.recipients import reader_of
from portal.rules import DIALOGUES, RECORDS
from portal.rules.verbs import ANSWER, CALL_DECISION, COMMENT, CONVENE
from tests.cast import NOW, World
from tests.clauses.samples import in_library
from tests.commitments.builders import proposed
from tests.factories import opened_process, published
from tests.records.builders import talked
from tests.records.circulated_builders import adopted, circulated

DAY = timedelta(days=1)
ORGANISER, TELCO, CLOUD = "coordinator@peace", "liaison@telco", "liaison@cloud"
OUTSIDERS = {"liaison@bank", "observer@un", "auditor@portal", "custodian@portal"}


def acts(world: World, name: str) -> list[Act]:
    """What this person is shown, whenever they were last here."""
    actor, at = world.actors[name], NOW + 30 * DAY
    with reading(world.sessions) as session:
        found = recent(session, reader_of(session, actor, at))
    return [*found.since, *found.earlier]


def of(world: World, name: str, noun: str) -> list[tuple[str, str]]:
    """Who (empty where the name is kept back) and the sentence of each act on the noun."""
    return [(act.who, act.sentence % {"who": "", "what": ""}) for act in acts(world, name)
            if act.noun.name == noun]  # fmt: skip


def seen(world: World, noun: str) -> set[str]:
    """Who is shown anything of a noun."""
    return {name for name in world.actors if of(world, name, noun)}


def test_the_acts_on_each_noun_reach_its_readers_and_nobody_else(world: World) -> None:
    for name, home in (("liaison@bank", "Bank"), (TELCO, "Telco"), ("auditor@portal", "")):
        titles = {act.title for act in acts(world, name) if act.noun.name == "organisations"}
        assert titles == ({home} if home else set()), "acts on one's own organisation alone"
    for noun, readers in _made(world):
        found = seen(world, noun)
        assert readers <= found, (noun, readers - found)
        assert not found & OUTSIDERS, (noun, found & OUTSIDERS)
    with writing(world.sessions) as session:
        steward = world.actors["steward@portal"]
        in_library(session, world, title="Clause")
        home = world.organisations["bank"].ref
        stakeholders.suspend_organisation(session, steward, home, NOW + 20 * DAY)
    assert len(seen(world, "clauses")) >= len(world.actors) - 1
    suspended = "was suspended"
    notified = {
        name for name in world.actors
        if any(suspended in said for _who, said in of(world, name, "organisations"))
    }  # fmt: skip
    assert notified == {"steward@portal"}, "others do not read of it any more"


def _made(world: World) -> Iterator[tuple[str, set[str]]]:
    # Each noun is looked at before the next is made: the list is short.
    at_table = {TELCO, CLOUD, "analyst@cert"}
    with writing(world.sessions) as session:
        published(session, world, "peace")
    yield "notices", {"mediator@peace", ORGANISER, "colleague@telco"}
    with writing(world.sessions) as session:
        proposed(session, world)
    yield "commitments", {CLOUD, "analyst@cert", "colleague@telco"}
    with writing(world.sessions) as session:
        opened_process(session, world, "telco")
    yield "processes", {TELCO, "colleague@telco"}
    with writing(world.sessions) as session:
        _group(session, world)
    yield "groups", {"analyst@cert", "mediator@peace"}
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
        audit(session, world.actors[ORGANISER], CONVENE, DIALOGUES, dialogue, NOW)
    yield "dialogues", at_table
    with writing(world.sessions) as session:
        adopted(session, world)
    yield "records", at_table


def _group(session: Session, world: World) -> None:
    organiser = world.actors[ORGANISER]
    group = stakeholders.form_group(
        session, organiser, world.organisations["peace"].ref, name="Circle", ceiling=Tlp.AMBER,
        now=NOW,
    )  # fmt: skip
    listed = {world.organisations["cert"].id}
    stakeholders.edit_group(
        session, organiser, group.ref, organisation_ids=listed, person_ids=(), now=NOW
    )
    agree_to_all(session, NOW)


def test_who_acted_is_kept_back_from_those_who_are_not_at_the_table(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world, rule="chatham", tlp=Tlp.GREEN)
        organiser, liaison = world.actors[ORGANISER], world.actors[TELCO]
        audit(session, organiser, CONVENE, DIALOGUES, dialogue, NOW)
        audit(session, organiser, CALL_DECISION, DIALOGUES, dialogue, NOW)
        audit(session, liaison, ANSWER, DIALOGUES, dialogue, NOW)
    (outside,) = [act for act in acts(world, "liaison@bank") if act.noun.name == "dialogues"]
    assert (outside.who, outside.organisation) == ("", "Peace Mediation")
    at_table = of(world, CLOUD, "dialogues")
    assert [who for who, _said in at_table] == ["Coordinator", "Coordinator"]
    assert any("called for a decision" in said for _who, said in at_table)
    assert ("Telco liaison", " responded to the invitation to ") in of(
        world, ORGANISER, "dialogues"
    )


def test_what_was_said_before_adoption_is_no_news_for_later_readers(world: World) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world, rule="open", tlp=Tlp.GREEN)
        audit(session, world.actors[TELCO], COMMENT, RECORDS, record, NOW)
        record.state, record.adopted_at, record.sha256 = "adopted", NOW, "0" * 64
        audit(session, None, "adopt", RECORDS, record, NOW)
    assert of(world, "liaison@bank", "records") == [("", " were adopted")]
    assert ("Telco liaison", " commented on ") in of(world, CLOUD, "records")


def test_without_the_title_it_is_known_by_its_reference(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="An error").ref
        notices.withdraw(session, world.actors[TELCO], ref, why="Wrong", now=NOW)
    shown = [act for act in acts(world, "mediator@peace") if act.noun.name == "notices"]
    assert {(act.ref, act.title) for act in shown} == {(ref, "")}
    assert "An error" in {act.title for act in acts(world, "colleague@telco")}


def test_every_noun_but_the_office_and_what_is_personal_has_activity() -> None:
    without = [noun.name for noun in NOUNS if not isinstance(noun.activity, Activity)]
    assert without == ["alternates", "readiness", "training", "office"]
