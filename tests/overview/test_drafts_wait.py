"""What is begun waits for its own side, whatever its next step is, and in one section only."""

from sqlalchemy.orm import Session

from models.vocabulary import Tlp
from portal import harm
from portal.db import reading, writing
from portal.overview import first_page
from portal.overview.waiting import OF_TASK, TASKS
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.dialogues.builders import ORGANISER, drafted
from tests.factories import published as notice_of
from tests.harm import builders as rows

TELCO, CLOUD = "liaison@telco", "liaison@cloud"


def waiting(world: World, ref: str, who: str) -> list[tuple[str, str]]:
    """The section and the button of all that waits on the person's first page about this."""
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], NOW)
    return [(row.section, row.task.button) for row in page.waiting if row.ref == ref]


def test_each_task_is_known_by_noun_verb_and_section() -> None:
    assert len(OF_TASK) == sum(len(tasks.each) for tasks in TASKS)


def test_a_claim_about_nobody_here_is_to_be_published_and_one_about_somebody_put_to_them(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        free = claims.drafted(session, world, "peace", by=TELCO).ref
        named = claims.drafted(session, world, "peace", by=TELCO, about="cloud").ref
    assert waiting(world, free, TELCO) == [("drafts", "Finish and publish")]
    assert waiting(world, named, TELCO) == [("drafts", "Finish, and ask for a reply")]


def test_a_dialogue_that_nobody_knows_of_yet_waits_for_its_organisers(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco", "cloud").ref
    assert waiting(world, ref, ORGANISER) == [("drafts", "Finish and find a date")]
    assert waiting(world, ref, TELCO) == []


def _wide(session: Session, world: World) -> str:
    # Marked wider than the notice of others that it is about.
    notice = notice_of(session, world, "cloud", "peace")
    said = {"notice_id": notice.id, "tlp": Tlp.GREEN}
    return rows.drafted(session, world, "peace", by=CLOUD, **said).ref


def test_a_row_of_harm_waits_in_each_state_for_its_next_step(world: World) -> None:
    with writing(world.sessions) as session:
        plain = rows.drafted(session, world, "peace", by=CLOUD).ref
        wide = _wide(session, world)
    assert waiting(world, plain, CLOUD) == [("drafts", "Finish and publish")]
    assert waiting(world, wide, CLOUD) == [("drafts", "Finish, and ask for consent")]
    with writing(world.sessions) as session:
        harm.ask_consent(session, world.actors[CLOUD], wide, NOW)
    assert waiting(world, wide, CLOUD) == []
    with writing(world.sessions) as session:
        version = harm.read(session, world.actors[TELCO], wide, NOW).harm.version
        harm.consent(session, world.actors[TELCO], wide, version=version, now=NOW)
    assert waiting(world, wide, CLOUD) == [("to-do", "Publish the row of harm")]
