"""No page asks the database more than six times, however many rows it shows."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.notices import Notice
from models.offers import Offer
from models.processes import Process
from models.readiness import Scope
from models.stakeholders import Membership, Person
from models.vocabulary import Tlp
from portal import claims as claim_service
from portal import notices, stakeholders
from portal.catalogue import NOUNS
from portal.clock import now
from portal.db import writing
from portal.norms import NORMS
from portal.rules import COMMITMENTS, NOTICES
from portal.web import OPEN_ENDPOINTS
from tests.alternates import builders as alternates
from tests.architecture.counted_pages import PAGES
from tests.architecture.more_rows import add_stakeholders, tie
from tests.architecture.plans import counting, read_whole
from tests.architecture.stages import Stages
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.clauses.samples import in_library
from tests.commitments import many
from tests.contacts import builders as contact_points
from tests.dialogues import many as talks
from tests.exercises import many as exercises
from tests.factories import (
    attached,
    drafted,
    opened_process,
    published,
    sent_to,
    text,
    to,
)
from tests.harm import builders as harm
from tests.harm.consent_builders import asked_of
from tests.pages import sign_in
from tests.readiness.builders import begun, completed
from tests.releases import builders as releases
from tests.training.builders import administers
from tests.units import many as units

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

MOST = 6
FEW, MANY = 5, 50
MOST_FILES = 19
# Tables that grow with what is done here: no page reads one from end to end. Others have a row for
# each person, organisation or table at which they sit.
FEW_ROWS = {
    "organisations", "people", "sharing_groups", "processes", "offers", "clauses", "completions",
    "contact_points", "office", "units",
}  # fmt: skip
PARTS = {"attendees", "comments", "decision_answers", "editions", "readings", "recipients"}
GROWING = PARTS | {noun.policy.model.__tablename__ for noun in NOUNS} - FEW_ROWS
# What the steward alone reads asks which dialogues are closed, of all.
STEWARD = "steward."
MINUTE = timedelta(minutes=1)


def asked(
    app: Flask,
    world: World,
    refs: dict[str, str],
    pages: Sequence[str],
    texts: dict[str, tuple[str, Any]],
) -> dict[str, int]:
    """How many statements each page sends; `texts` gets each with its page and its values."""
    visitors = {who: sign_in(app, world, who) for who, _path in (PAGES[page] for page in pages)}
    counts = {}
    for endpoint in pages:
        who, path = PAGES[endpoint]
        with counting(app) as sent:
            answer = visitors[who].get(path.format(**refs))
        assert answer.status == 200, (endpoint, answer.status, answer.words[:200])
        counts[endpoint] = len(sent)
        texts |= {text: (endpoint, values) for text, values in sent if text not in texts}
    return counts


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The world with few rows and with many, made once for both engines."""
    grows = {
        "few": lambda app, world, refs: grow(app, world, refs, 0, FEW),
        "many": lambda app, world, refs: grow(app, world, refs, FEW, MANY),
    }
    return Stages(tmp_path_factory.mktemp("stages"), tuple(PAGES), begin, grows)


def begin(app: Flask, world: World) -> dict[str, str]:
    """One of each thing that has a page of its own."""
    steward, liaison = world.actors["steward@portal"], world.actors["liaison@telco"]
    telco = world.organisations["telco"]
    administers(world, "colleague@telco")
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", "analyst@cert", title="A wiper")
        reader = world.actors["analyst@cert"]
        notices.comment(session, reader, notice.ref, text="Early.", to_author=False, now=NOW)
        file = attached(session, world, app.extensions["store"], notice.ref)
        notices.correct(
            session,
            liaison,
            notice.ref,
            text=text(title="A wiper, corrected"),
            to=to(world, "peace", "cert"),
            why="A word was wrong.",
            version=notice.version,
            now=NOW,
        )
        draft = drafted(session, world, "peace", title="Not yet a wiper")
        said: dict[str, Any] = {"name": "Newcomer", "email": "new@telco.example", "role": "liaison"}
        stakeholders.invite(session, steward, telco.ref, **said, zone="UTC", now=now())
        keeper = world.actors["coordinator@peace"], world.organisations["peace"].ref
        circle: dict[str, Any] = {"name": "Circle", "ceiling": Tlp.AMBER}
        group = stakeholders.form_group(session, *keeper, **circle, now=NOW)
        newcomer = session.query(Person).filter_by(email="new@telco.example").one()
        return {
            "notice": notice.ref,
            "draft": draft.ref,
            "file": file.ref,
            "group": group.ref,
            "process": opened_process(session, world, "telco").ref,
            **{"organisation": telco.ref, "peace": world.organisations["peace"].ref},
            "liaison": session.get_one(Person, liaison.person_id).ref,
            "invited": newcomer.ref,
            "membership": str(_role_of(session, liaison.person_id)),
            "open_offer": session.query(Offer).filter_by(person_id=newcomer.id).one().ref,
            **_claimed(session, world, notice),
            **releases.of_each_sort(session, world),
            **exercises.of_each_sort(session, world),
            "alternate": alternates.declared(session, world).ref,
            "unfinished_check": begun(session, world).ref,
            "contact": contact_points.published(session, world, "telco", by="mediator@peace").ref,
            "contact_draft": contact_points.drafted(session, world, by="mediator@peace").ref,
            "check": completed(session, world, scope=Scope.TEAM).ref,
            **units.of_each_sort(session, world),
            **many.begin(session, world, app.extensions["store"]),
            **talks.begin(session, world),
        }


def _role_of(session: Session, person_id: int) -> int:
    return session.query(Membership.id).filter_by(person_id=person_id).limit(1).scalar() or 0


def _claimed(session: Session, world: World, notice: Notice) -> dict[str, str]:
    return {
        "claim": claims.published(session, world, "peace", title="A wiper by somebody").ref,
        "harm": harm.published(session, world, "peace").ref,
        "harm_draft": harm.drafted(session, world, "peace").ref,
        "harm_wide": asked_of(session, world, notice).ref,
        "claim_draft": claims.drafted(session, world, "peace").ref,
        "claim_named": claims.drafted(session, world, "peace", about="cloud").ref,
        "claim_asked": claims.asked(session, world).ref,
        "claim_wide": _wide(session, world, notice),
    }


def _wide(session: Session, world: World, notice: Notice) -> str:
    said = {"notice_id": notice.id, "tlp": Tlp.GREEN}
    claim = claims.drafted(session, world, "peace", by="mediator@peace", **said)
    actor, day = world.actors["mediator@peace"], NOW.date() + timedelta(days=9)
    return claim_service.ask_reply(session, actor, claim.ref, by_on=day, now=NOW).ref


def grow(app: Flask, world: World, refs: dict[str, str], first: int, last: int) -> None:
    """Add rows with these numbers to every list that a page shows."""
    with writing(world.sessions) as session:
        for n in range(first, last):
            at = NOW + n * MINUTE
            wiper = published(session, world, "peace", title=f"Wiper {n}", at=at)
            by = "liaison@telco" if n % 2 else "mediator@peace"
            contact_points.published(session, world, "peace", "telco", by=by, at=at)
            tie(session, world, NOTICES, wiper.ref, "un-gge-2015-f")
            for kind, ref in ((NOTICES, refs["notice"]), (COMMITMENTS, refs["promise"])):
                tie(session, world, kind, ref, list(NORMS)[n])
            drafted(session, world, "peace", title=f"Draft wiper {n}", at=at)
            on = session.query(Notice.id).filter_by(ref=refs["notice"]).scalar()
            said = {"title": f"Claim of a wiper {n}", "notice_id": on}
            claims.replied(session, world, claims.asked(session, world, **said))
            claims.published(session, world, "peace", at=at, **said)
            harm.published(session, world, "peace", at=at, notice_id=on)
            exercises.grow(session, world, refs, at)
            releases.released(session, world, title=f"A wiper {n}")
            releases.confirmed(session, world, releases.joint(session, world))
            note = f"Remark {n}"
            reader = world.actors["mediator@peace"]
            notices.comment(session, reader, refs["notice"], text=note, to_author=False, now=at)
            if n < MOST_FILES:
                attached(session, world, app.extensions["store"], refs["notice"], name=f"{n}.txt")
            process = session.query(Process).filter_by(ref=refs["process"]).one()
            sent_to(session, world, process, title=f"Wiper at the table {n}", at=at)
            opened_process(session, world, "telco", cover_name=f"Table {n}", at=at)
            add_stakeholders(session, world, refs, n)
            in_library(session, world, title=f"Clause {n}")
            units.grow(session, world, refs["unit"], n, at)
            many.grow(session, world, app.extensions["store"], refs, n)
            talks.grow(session, world, refs, n)


def test_no_page_asks_more_than_six_times_or_more_with_more_rows(
    app: Flask, world: World, stages: Stages, sqlite_seed: Path
) -> None:
    texts: dict[str, tuple[str, Any]] = {}
    few: dict[str, int] = {}
    many: dict[str, int] = {}
    counts = {"few": few, "many": many}
    for stage, pages in stages.walk(app, world, sqlite_seed):
        counts[stage] |= asked(app, world, stages.refs, pages, texts)
    assert set(few) == set(many) == set(PAGES)
    assert {page: (few[page], many[page]) for page in PAGES if few[page] < many[page]} == {}
    assert {p: n for p, n in many.items() if n > MOST} == {}
    whole = {
        (page, table)
        for text, (page, values) in texts.items()
        for table in read_whole(world.engine, text, values) & GROWING
    }
    assert {each for each in whole if not each[0].startswith(STEWARD)} == set()


def test_every_page_behind_a_sign_in_is_counted(app: Flask) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    # Former addresses lead on without a question.
    pages = {page for page in pages if not page.startswith("former.")}
    assert pages - OPEN_ENDPOINTS == set(PAGES)
