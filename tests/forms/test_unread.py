"""Nobody publishes, agrees to or confirms what was changed since they read it: it is said first."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from models.base import Resource
from models.claims import Claim
from models.commitments import Commitment
from models.contacts import ContactPoint
from models.exercises import Exercise
from models.harm import Harm
from models.ledger import AuditEvent
from models.notices import Notice
from models.releases import Release
from models.vocabulary import Tlp
from portal.db import reading, writing
from tests.cast import World
from tests.claims import builders as claims
from tests.commitments import builders as commitments
from tests.commitments import scenes
from tests.contacts import builders as contacts
from tests.exercises import builders as exercises
from tests.factories import drafted as notice
from tests.factories import published as notice_of
from tests.harm import builders as harm
from tests.harm import consent_builders as harm_consent
from tests.pages import Visitor
from tests.releases import builders as releases

Visit = Callable[[str], Visitor]
Made = Callable[[Session, World], Any]
TELCO, CLOUD, MEDIATOR = "liaison@telco", "liaison@cloud", "mediator@peace"
SAID = "This has changed since you opened it. Check it again before you send this."
STRICT = Tlp.AMBER_STRICT


def of_commitments(scene: Callable[[Session, World, Tlp], Commitment]) -> Made:
    return lambda session, world: scene(session, world, STRICT)


def wide_claim(session: Session, world: World) -> Claim:
    """A claim about Telco's notice that is to go wider, put to Telco."""
    about = notice_of(session, world, "peace")
    return claims.asked(
        session, world, "cloud", about="", by=MEDIATOR, notice_id=about.id, tlp=Tlp.GREEN
    )


# The verb, whose page asks for it, of what, and how that comes about.
CASES: dict[str, tuple[str, str, type[Resource], Made]] = {
    "notices": ("publish", TELCO, Notice, lambda s, w: notice(s, w, "peace")),
    "claims": ("publish", TELCO, Claim, lambda s, w: claims.drafted(s, w, "peace")),
    "claims-reply": (
        "ask-reply", TELCO, Claim, lambda s, w: claims.drafted(s, w, "peace", about="cloud"),
    ),
    "claims-answer": ("reply", CLOUD, Claim, claims.asked),
    "harm": ("publish", TELCO, Harm, lambda s, w: harm.drafted(s, w, "peace")),
    "harm-consent": (
        "consent", TELCO, Harm,
        lambda s, w: harm_consent.asked_of(s, w, notice_of(s, w, "peace")),
    ),
    "exercises": ("publish", MEDIATOR, Exercise, exercises.drafted),
    "contacts": ("publish", TELCO, ContactPoint, lambda s, w: contacts.drafted(s, w, "peace")),
    "contacts-right": (
        "verify", TELCO, ContactPoint, lambda s, w: contacts.published(s, w, "peace"),
    ),
    "proposal": ("propose", TELCO, Commitment, commitments.drafted),
    "acceptance": ("accept", CLOUD, Commitment, of_commitments(scenes.put)),
    "decline": ("decline", CLOUD, Commitment, of_commitments(scenes.put)),
    "other-terms": ("consent", CLOUD, Commitment, of_commitments(scenes.amend)),
    "refusal": ("refuse", CLOUD, Commitment, of_commitments(scenes.amend)),
    "release": ("release", CLOUD, Commitment, of_commitments(scenes.ask_release)),
}  # fmt: skip
TYPED = {"why": "It is not so.", "how": "call", "text": "We had no part in it."}


def changed(world: World, model: type[Resource], ref: str) -> None:
    """A colleague, or the other side, has saved something."""
    row: Any = model
    with writing(world.sessions) as session:
        session.execute(update(row).where(row.ref == ref).values(version=row.version + 1))


def acts(world: World, verb: str) -> int:
    with reading(world.sessions) as session:
        return len(session.scalars(select(AuditEvent).where(AuditEvent.verb == verb)).all())


@pytest.mark.parametrize("name", CASES)
def test_what_changed_since_the_page_was_opened_is_said_and_nothing_is_done(
    world: World, visit: Visit, name: str
) -> None:
    verb, who, model, made = CASES[name]
    with writing(world.sessions) as session:
        ref = made(session, world).ref
    done = acts(world, verb)
    visitor, page = visit(who), f"/{_noun(model)}/{ref}/{verb}"
    first = visitor.get(page)
    assert SAID not in first.words
    typed = {**first.form(), **TYPED}
    changed(world, model, ref)
    told = visitor.post(page, typed)
    assert (told.status, SAID in told.words) == (409, True)
    assert acts(world, verb) == done
    again = visitor.post(page, {**typed, **told.form(), **TYPED})
    assert again.status == 302, (again.status, again.errors())
    assert acts(world, verb) == done + 1


@pytest.mark.parametrize("name", CASES)
def test_the_link_knows_which_version_was_read(world: World, visit: Visit, name: str) -> None:
    verb, who, model, made = CASES[name]
    with writing(world.sessions) as session:
        ref = made(session, world).ref
    visitor, page = visit(who), f"/{_noun(model)}/{ref}"
    read = visitor.get(page)
    link = next(a["href"] for a in read.page.select("a[href]") if f"{page}/{verb}" in a["href"])
    assert SAID not in visitor.get(str(link)).words
    changed(world, model, ref)
    asked = visitor.get(str(link))
    assert (asked.status, SAID in asked.words) == (409, True)
    assert visitor.post(str(link), {**asked.form(), **TYPED}).status == 302, "after another look"


@pytest.mark.parametrize(
    ("who", "model", "made"),
    [
        (MEDIATOR, Harm, lambda s, w: harm_consent.wide(s, w)),
        (TELCO, Release, releases.drafted),
    ],
)
def test_a_button_that_puts_a_draft_before_others_knows_it_too(
    world: World, visit: Visit, who: str, model: type[Resource], made: Made
) -> None:
    with writing(world.sessions) as session:
        ref = made(session, world).ref
    visitor = visit(who)
    read = visitor.get(f"/{_noun(model)}/{ref}")
    verbs = ("/ask-consent", "/propose")
    button = next(
        str(form["action"])
        for form in read.page.select("form[action]")
        if any(verb in str(form["action"]) for verb in verbs)
    )
    changed(world, model, ref)
    assert visitor.post(button).status == 409
    present = button.rpartition("=")[0] + f"={_version(world.engine, model, ref)}"
    assert visitor.post(present).status == 302


def _noun(model: type[Resource]) -> str:
    return {Harm: "harm", ContactPoint: "contacts"}.get(model, f"{model.__name__.lower()}s")


def _version(engine: Engine, model: type[Resource], ref: str) -> int:
    row: Any = model
    with engine.connect() as connection:
        return int(connection.execute(select(row.version).where(row.ref == ref)).scalar_one())
