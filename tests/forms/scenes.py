"""For every route that creates: who sends what from which page, on a world made ready for it."""

import itertools
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.offers import Offer
from models.stakeholders import Membership, Role
from portal import stakeholders
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.clauses.samples import typed as typed_clause
from tests.contacts.builders import published as published_contact
from tests.contacts.builders import typed as typed_contact
from tests.exchange.samples import EVENT, as_bytes
from tests.factories import drafted as notice
from tests.factories import opened_process, published
from tests.forms import commitments, dialogues, exercises, imports
from tests.forms.filled import CLOUD, MEDIATOR, ORGANISER, STEWARD, TELCO, Scene, Sent
from tests.harm import builders as harm
from tests.records import circulated_builders
from tests.records.builders import begun
from tests.records.redacted_builders import full
from tests.records.test_take_up import agreed as with_action
from tests.releases import builders as releases
from tests.units.builders import typed as typed_unit

# What a writer has to choose.
CHOSEN = {"kind": "malicious-code", "tlp": "AMBER+STRICT", "pap": "GREEN"}
NUMBERS = itertools.count(1)


def _notice(_session: Session, world: World) -> Sent:
    home = world.organisations["telco"].ref
    return Sent(TELCO, "/notices/new", {"title": "A wiper", "organisation": home} | CHOSEN, "title")


def _import(_session: Session, _world: World) -> Sent:
    typed = {"keep": "1", "tlp": "RED", "file": (as_bytes(EVENT), "event.json")}
    return Sent(TELCO, "/notices/import", typed, "file")


def _attach(session: Session, world: World) -> Sent:
    page = f"/notices/{notice(session, world, 'peace').ref}"
    return Sent(TELCO, f"{page}/attach", {"file": (b"what we saw", "note.txt")}, "file", page)


def _comment(session: Session, world: World) -> Sent:
    page = f"/notices/{published(session, world, 'peace').ref}"
    return Sent(MEDIATOR, f"{page}/comment", {"text": "We see it too."}, "text", page)


def _correct(session: Session, world: World) -> Sent:
    path = f"/notices/{published(session, world, 'peace').ref}/correct"
    return Sent(TELCO, path, {"title": "A worm", "why": "It spreads."}, "why")


def _link_norm_notice(session: Session, world: World) -> Sent:
    path = f"/notices/{notice(session, world, 'peace').ref}/link-norm"
    return Sent(TELCO, path, {"norm": "un-gge-2015-f", "reason": "It is."}, "reason")


def _add_point(session: Session, world: World) -> Sent:
    ref = begun(session, world).ref
    typed = {"title": "Between", "after": "0"}
    return Sent(ORGANISER, f"/records/{ref}/add-point", typed, "title", f"/records/{ref}/write")


def _add_action(session: Session, world: World) -> Sent:
    ref, homes = begun(session, world).ref, world.organisations
    typed = {"organisation": str(homes["telco"].id), "addressee": str(homes["cloud"].id)}
    typed |= {"text": "Send the rota", "due_on": "2026-12-24"}
    return Sent(ORGANISER, f"/records/{ref}/add-action", typed, "text", f"/records/{ref}/write")


def _record_comment(session: Session, world: World) -> Sent:
    path = f"/records/{circulated_builders.circulated(session, world).ref}/comment"
    return Sent(TELCO, path, {"words": "Say since when."}, "words")


def _object(session: Session, world: World) -> Sent:
    path = f"/records/{circulated_builders.circulated(session, world).ref}/object"
    return Sent(TELCO, path, {"why": "It is not so."}, "why")


def _object_late(session: Session, world: World) -> Sent:
    path = f"/records/{circulated_builders.adopted(session, world).ref}/object-late"
    return Sent(TELCO, path, {"why": "It is not so."}, "why")


def _redact(session: Session, world: World) -> Sent:
    path = f"/records/{full(session, world).ref}/redact"
    return Sent(
        ORGANISER, path, {"title": "What came of it", "names": "Telco", "tlp": "AMBER"}, "title"
    )


def _take_up(session: Session, world: World) -> Sent:
    record, action = with_action(session, world)
    page = f"/records/{record.ref}"
    return Sent(TELCO, f"{page}/take-up/{action.id}", page=page)


def _annotate(session: Session, world: World) -> Sent:
    path = f"/notices/{published(session, world, 'peace').ref}/annotate"
    return Sent(MEDIATOR, path, {"norm": "un-gge-2015-f", "reason": "It is."}, "reason")


def _unit(_session: Session, _world: World) -> Sent:
    return Sent(STEWARD, "/units/new", typed_unit(title=f"Unit {next(NUMBERS)}"), "title")


def _link(session: Session, world: World) -> Sent:
    path = f"/processes/{opened_process(session, world).ref}/link"
    return Sent(MEDIATOR, path, {"notice": published(session, world, "peace").ref}, "notice")


def _process(_session: Session, world: World) -> Sent:
    typed = {"organisation": world.organisations["peace"].ref, "cover_name": "Quiet talks"}
    return Sent(MEDIATOR, "/processes/new", typed, "cover_name")


def _seat_process(session: Session, world: World) -> Sent:
    path = f"/processes/{opened_process(session, world).ref}/seat"
    return Sent(MEDIATOR, path, {"parties": str(world.organisations["telco"].id)}, "parties")


def _view(_session: Session, _world: World) -> Sent:
    typed = {"name": f"View {next(NUMBERS)}", "query": "?kind=other"}
    return Sent(MEDIATOR, "/views/notices/new", typed, "name")


def _clause(_session: Session, _world: World) -> Sent:
    return Sent(STEWARD, "/clauses/new", typed_clause(title=f"Clause {next(NUMBERS)}"), "title")


def _organisation(_session: Session, _world: World) -> Sent:
    typed = {"name": f"Carrier {next(NUMBERS)}", "kind": "company", "country": "FI", "zone": "UTC"}
    return Sent(STEWARD, "/stakeholders/new", typed, "name")


def _invite(_session: Session, world: World) -> Sent:
    page = f"/stakeholders/{world.organisations['telco'].ref}"
    typed = {"name": "Analyst", "email": f"new{next(NUMBERS)}@telco.example", "role": "liaison"}
    return Sent(STEWARD, f"{page}/invite", typed, "name", page)


def _invite_again(session: Session, world: World) -> Sent:
    actor, home = world.actors[STEWARD], world.organisations["telco"]
    email = f"late{next(NUMBERS)}@telco.example"
    who = {"name": "Late", "email": email, "role": Role.LIAISON}
    stakeholders.invite(session, actor, home.ref, **who, now=NOW)
    page = f"/offers/{session.scalars(select(Offer.ref).where(Offer.email == email)).one()}"
    return Sent(STEWARD, f"{page}/invite-again", page=page)


def _group(_session: Session, world: World) -> Sent:
    typed = {
        "organisation": world.organisations["telco"].ref,
        "name": f"Watch {next(NUMBERS)}",
        "ceiling": "GREEN",
    }
    return Sent(TELCO, "/stakeholders/groups/new", typed, "name")


def _contact(_session: Session, world: World) -> Sent:
    return Sent(TELCO, "/contacts/new", typed_contact(world), "label")


def _check(session: Session, world: World) -> Sent:
    ref = published_contact(session, world, round_the_clock=True).ref
    return Sent(TELCO, f"/contacts/{ref}/check", {"exercise": "y"}, "exercise")


def _contacts_import(_session: Session, _world: World) -> Sent:
    table = f"label,email\r\nDuty {next(NUMBERS)},duty@telco.example\r\n".encode()
    typed = {"keep": "1", "file": (table, "contacts.csv"), "purpose": "duty", "zone": "UTC"}
    typed |= {"languages": "en", "hours": "Mon-Fri 08:00-17:00"}
    return Sent(TELCO, "/contacts/import", typed, "file")


def _claim(_session: Session, world: World) -> Sent:
    typed = claims.typed(organisation=world.organisations["telco"].ref)
    return Sent(TELCO, "/claims/new", typed, "title")


def _correct_claim(session: Session, world: World) -> Sent:
    path = f"/claims/{claims.published(session, world, 'peace').ref}/correct"
    return Sent(TELCO, path, {"title": "A worm", "why": "It spreads."}, "why")


def _harm(_session: Session, world: World) -> Sent:
    typed = harm.typed(organisation=world.organisations["telco"].ref)
    return Sent(TELCO, "/harm/new", typed, "title")


def _cite_harm(_session: Session, world: World) -> Sent:
    typed = harm.typed(organisation=world.organisations["peace"].ref, who="A carrier")
    typed |= {"said_by": "A newspaper", "source_title": "Its page"}
    return Sent(MEDIATOR, "/harm/cite/new", typed, "title")


def _correct_harm(session: Session, world: World) -> Sent:
    path = f"/harm/{harm.published(session, world, 'peace').ref}/correct"
    typed = {"title": "More servers wiped", "why": "Counted again.", "intended": ""}
    return Sent(TELCO, path, typed, "why")


def _release(_session: Session, world: World) -> Sent:
    signers = str(world.organisations["cloud"].id)
    typed = releases.typed(organisation=world.organisations["telco"].ref, signers=signers)
    return Sent(TELCO, "/releases/new", typed, "title")


def _derive(session: Session, world: World) -> Sent:
    path = f"/releases/derive/{published(session, world, 'peace').ref}"
    return Sent(TELCO, path, releases.typed(organisation=""), "title")


def _reply_to_release(session: Session, world: World) -> Sent:
    page = f"/releases/{releases.about_cloud(session, world).ref}/reply"
    return Sent(CLOUD, page, {"text": "We had no part in it."}, "text", page)


def _reply_to_claim(session: Session, world: World) -> Sent:
    page = f"/claims/{claims.asked(session, world).ref}/reply"
    return Sent(CLOUD, page, {"text": "We had no part in it."}, "text", page)


def _alternate(_session: Session, world: World) -> Sent:
    day = NOW.date() + (30 + next(NUMBERS)) * timedelta(days=1)
    typed = {
        "organisation": world.organisations["telco"].ref,
        "person_id": str(world.actors["colleague@telco"].person_id),
        "begins_on": str(day),
        "ends_on": str(day),
        "zone": "UTC",
        "scope": "purpose:press",
    }
    return Sent(TELCO, "/alternates/new", typed, "ends_on")


def _alternate_of_another(session: Session, world: World) -> Sent:
    key = world.actors["colleague@telco"].person_id
    home = world.organisations["telco"].id
    row = {"person_id": key, "organisation_id": home, "role": Role.ADMIN, "begins_at": NOW}
    session.add(Membership(**row))
    sent = _alternate(session, world)
    typed = sent.values | {"for_id": str(world.actors[TELCO].person_id), "scope": "purpose:duty"}
    return Sent("colleague@telco", "/alternates/appoint/new", typed, "ends_on")


SCENES: dict[str, Scene] = {
    "alternates.appoint_alternate": _alternate_of_another,
    "alternates.declare_alternate": _alternate,
    "contacts.take": _contacts_import,
    "contacts.check": _check,
    "contacts.add_contact": _contact,
    **commitments.SCENES,
    **dialogues.SCENES,
    **exercises.SCENES,
    "claims.correct": _correct_claim,
    **imports.SCENES,
    "harm.cite_harm": _cite_harm,
    "harm.correct": _correct_harm,
    "harm.state_harm": _harm,
    "claims.post_claim": _claim,
    "releases.derive": _derive,
    "releases.draft_release": _release,
    "releases.reply": _reply_to_release,
    "claims.reply": _reply_to_claim,
    "clauses.add_clause": _clause,
    "units.draft_unit": _unit,
    "notices.annotate": _annotate,
    "notices.attach": _attach,
    "notices.comment": _comment,
    "notices.correct": _correct,
    "notices.post_notice": _notice,
    "notices.link_norm": _link_norm_notice,
    "notices.take": _import,
    "processes.link": _link,
    "processes.open_process": _process,
    "processes.seat": _seat_process,
    "records.add_action": _add_action,
    "records.add_point": _add_point,
    "records.object": _object,
    "records.object_late": _object_late,
    "records.redact": _redact,
    "records.comment": _record_comment,
    "records.take_up": _take_up,
    "saved_views.save_view": _view,
    "stakeholders.admit": _organisation,
    "stakeholders.form_group": _group,
    "stakeholders.invite": _invite,
    "offers.invite_again": _invite_again,
}
