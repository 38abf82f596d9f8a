"""Whoever answers for a delegation names who comes; they are invited, others told."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from models.ledger import AuditEvent
from models.stakeholders import Membership, Person, Role
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from portal.ledger import first_fault
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    GUEST,
    LOCAL,
    TELCO,
    convened,
    entry,
    event,
    invited,
    line,
    method,
    move,
    name,
    posted,
    side_key,
    token_of_email,
)
from tests.dialogues.poll_builders import notified, polled
from tests.mail import html_of, text_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def ticked(
    form: dict[str, list[str]], *keys: int, role: str = "participant"
) -> dict[str, list[str]]:
    """The form with these people ticked, and nobody else."""
    kept = {name: values for name, values in form.items() if not name.endswith("-comes")}
    for field, (key,) in form.items():
        if field.endswith("-person") and int(key) in keys:
            start = field.removesuffix("person")
            kept |= {f"{start}comes": ["y"], f"{start}role": [role]}
    return kept


def test_on_the_page_with_a_role_and_organisers_see_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world).ref
    liaison = visit(TELCO)
    assert f"/dialogues/{ref}/name" in liaison.get(f"/dialogues/{ref}").text
    page = liaison.get(f"/dialogues/{ref}/name")
    assert "2 seats" in page.words
    form = ticked(page.form(), world.actors[COLLEAGUE].person_id, role="interpreter")
    liaison.follow(liaison.post(f"/dialogues/{ref}/name", form))
    assert "Telco colleague , Interpreter" in visit(ORGANISER).get(f"/dialogues/{ref}").words
    again = liaison.get(f"/dialogues/{ref}/name").form()
    assert [again[f"{one}role"] for one in ("people-0-", "people-1-")] == [
        ["interpreter"], ["participant"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "people",
    [
        ("liaison@cloud",),
        ("liaison@telco:chair",),
        ("liaison@telco:king",),
        ("analyst@cert",),
    ],
)
def test_nobody_of_others_no_chair_and_no_odd_role(world: World, people: tuple[str, ...]) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, guests=((GUEST, "observer"),)).ref
    with pytest.raises(Invalid, match="people"), writing(world.sessions) as session:
        name(session, world, ref, *people)


def test_no_more_people_than_seats(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, "telco").ref
    liaison = visit(TELCO)
    form = liaison.get(f"/dialogues/{ref}/name").form()
    both = [world.actors[one].person_id for one in (TELCO, COLLEAGUE)]
    answer = liaison.post(f"/dialogues/{ref}/name", ticked(form, *both))
    assert answer.status == 422
    assert answer.errors()["people"] == "These are more people than the delegation has seats."
    assert line(world, ref, COLLEAGUE) is None


def test_who_sits_there_already_is_not_offered_again(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, guests=((COLLEAGUE, "observer"),)).ref
    page = visit(TELCO).get(f"/dialogues/{ref}/name")
    assert "Telco colleague already takes part in another role." in page.words
    with pytest.raises(Invalid, match="people"), writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE)


def test_only_for_a_delegation_that_one_answers_for(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, guests=((GUEST, "observer"),)).ref
    theirs = side_key(world, ref, "cloud")
    assert visit(TELCO).get(f"/dialogues/{ref}/name?side={theirs}").status == 404
    assert visit(GUEST).get(f"/dialogues/{ref}/name").status == 403
    assert visit(ORGANISER).get(f"/dialogues/{ref}/name").status == 403
    assert visit("liaison@bank").get(f"/dialogues/{ref}/name").status == 404
    with pytest.raises(NotFound), writing(world.sessions) as session:
        dialogues.name(
            session, world.actors[TELCO], ref, side_id=theirs, people={}, stamp="", now=NOW
        )


def test_under_red_the_contact_alone_names(world: World, visit: Visit) -> None:
    closed = {"rule": "closed", "tlp": "RED"}
    with writing(world.sessions) as session:
        ref = convened(session, world, f"telco:2={COLLEAGUE}", **closed).ref
    assert visit(TELCO).get(f"/dialogues/{ref}/name").status == 404
    assert visit(COLLEAGUE).get(f"/dialogues/{ref}/name").status == 200
    with writing(world.sessions) as session:
        name(session, world, ref, TELCO, by=COLLEAGUE)
    assert visit(TELCO).get(f"/dialogues/{ref}/name").status == 403, "she comes, and names nobody"
    with pytest.raises(Refused), writing(world.sessions) as session:
        dialogues.name(
            session, world.actors[TELCO], ref,
            side_id=side_key(world, ref, "telco"), people={}, stamp="", now=NOW,
        )  # fmt: skip


def test_of_two_who_name_at_once_the_second_sees_the_names_of_the_first(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world).ref
    first, second = visit(TELCO), visit(COLLEAGUE)
    forms = [visitor.get(f"/dialogues/{ref}/name").form() for visitor in (first, second)]
    keys = [world.actors[one].person_id for one in (TELCO, COLLEAGUE)]
    first.follow(first.post(f"/dialogues/{ref}/name", ticked(forms[0], keys[0])))
    answer = second.post(f"/dialogues/{ref}/name", ticked(forms[1], keys[1]))
    assert answer.status == 409
    assert "Current participants: Telco liaison , Participant" in answer.words
    assert line(world, ref, COLLEAGUE) is None
    second.follow(second.post(f"/dialogues/{ref}/name", answer.form()))
    assert line(world, ref, COLLEAGUE) is not None
    assert line(world, ref, TELCO) is None
    key = side_key(world, ref, "telco")
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.name(
            session, world.actors[TELCO], ref, side_id=key, people={}, stamp="1:chair", now=NOW
        )


def test_ahead_of_a_date_nobody_is_written_to(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco:2", "cloud")
        name(session, world, dialogue.ref, TELCO)
        name(session, world, dialogue.ref, COLLEAGUE)
        ref = dialogue.ref
    assert notified(world, ref, "invitation") == notified(world, ref, "uninvite") == []


def test_who_is_named_is_invited_once(world: World) -> None:
    ref = invited(world, TELCO)
    with writing(world.sessions) as session:
        name(session, world, ref, TELCO, f"{COLLEAGUE}:note-taker", at=NOW + DAY)
        name(session, world, ref, f"{TELCO}:observer", COLLEAGUE, at=NOW + DAY)
    assert notified(world, ref, "invitation") == [COLLEAGUE, ORGANISER, TELCO]
    emails = posted(world, ref, NOW + DAY)
    assert method(emails[COLLEAGUE][-1]) == "REQUEST"
    with reading(world.sessions) as session:
        rows = select(AuditEvent.detail).where(AuditEvent.verb == "invite", AuditEvent.ref == ref)
        rows = rows.order_by(AuditEvent.id)
        people = [detail["people"] for detail in session.scalars(rows)]
        assert first_fault(session) is None
    # The last is of the entry in another role, which is no invitation.
    order = (ORGANISER, TELCO, COLLEAGUE, TELCO)
    assert people == [[world.actors[one].person_id] for one in order]


def test_who_is_replaced_gets_a_cancellation_that_says_nothing_more(world: World) -> None:
    place = {"place": "Canary Room", "link": "https://meet.example/canary", "purpose": "A canary."}
    ref = invited(world, TELCO, title="Canary talks", **place)
    (before,) = posted(world, ref)[TELCO][-1:]
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE, at=NOW + DAY)
    (email,) = posted(world, ref, NOW + DAY)[TELCO]
    assert method(email) == "CANCEL"
    off, asked = event(email), event(before)
    assert (off["UID"], off["ORGANIZER"]) == (asked["UID"], asked["ORGANIZER"])
    assert off["STATUS"] == "CANCELLED"
    assert off["DTSTAMP"].dt > asked["DTSTAMP"].dt
    whole = email.as_string() + entry(email).to_ical().decode()
    assert "anary" not in whole
    assert ref in str(email["Subject"])


def test_who_was_never_reached_by_an_invitation_hears_nothing(world: World) -> None:
    ref = invited(world, TELCO)
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE)
    emails = posted(world, ref)
    assert notified(world, ref, "uninvite") == [TELCO]
    assert all(method(email) == "" for email in emails[TELCO]), "it answers for Telco, no more"
    assert method(emails[COLLEAGUE][-1]) == "REQUEST"


def test_who_is_named_again_before_it_goes_is_not_called_off(world: World) -> None:
    ref = invited(world, TELCO)
    first = posted(world, ref)[TELCO][-1]
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE, at=NOW + DAY)
        name(session, world, ref, TELCO, at=NOW + DAY)
    emails = posted(world, ref, NOW + DAY)
    assert [method(email) for email in emails[TELCO]] == ["REQUEST"]
    assert COLLEAGUE not in emails
    assert token_of_email(emails[TELCO][0]) == token_of_email(first)


def test_after_a_move_a_late_word_holds_no_time(world: World) -> None:
    ref = invited(world, TELCO)
    posted(world, ref)
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE, at=NOW + DAY)
    move(world, ref, NOW + DAY, local=LOCAL.replace(day=17))
    (email,) = posted(world, ref, NOW + 2 * DAY)[TELCO]
    assert method(email) == "CANCEL"
    assert not {"DTSTART", "DTEND"} & set(event(email)), "it is taken out all the same"
    assert not re.search(r"\b17\b", text_of(email) + html_of(email))


def test_a_suspended_one_hears_nothing(world: World) -> None:
    ref = invited(world, TELCO)
    posted(world, ref)
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE, at=NOW + DAY)
        mine = Person.id == world.actors[TELCO].person_id
        session.execute(update(Person).where(mine).values(state="suspended"))
    assert TELCO not in posted(world, ref, NOW + DAY)


def test_a_person_of_two_delegations_chooses_for_which(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world).ref
        session.add(
            Membership(
                person_id=world.actors[TELCO].person_id,
                organisation_id=world.organisations["cloud"].id,
                role=Role.LIAISON,
                begins_at=NOW - DAY,
            )
        )
    liaison = visit(TELCO)
    page = liaison.get(f"/dialogues/{ref}/name")
    theirs = f"/dialogues/{ref}/name?side={side_key(world, ref, 'cloud')}"
    assert "You name participants for more than one delegation." in page.words
    assert theirs in page.text
    form = ticked(liaison.get(theirs).form(), world.actors[CLOUD].person_id)
    liaison.follow(liaison.post(theirs, form))
    assert line(world, ref, CLOUD) is not None
