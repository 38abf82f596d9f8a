"""A mediator links a notice that they read to a norm: marked as theirs, beside the author's."""

from collections.abc import Callable

import pytest

from models.stakeholders import Standing
from models.vocabulary import Tlp
from portal import coverage, notices
from portal.access import verbs
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from portal.rules import ANNOTATE, NOTICES
from tests.cast import NOW, World
from tests.factories import drafted, published
from tests.norms.builders import UN
from tests.pages import Visitor

TELCO, MEDIATOR, CLOUD = "liaison@telco", "mediator@peace", "liaison@cloud"
NORM, WHY = "un-gge-2015-f", "It hit what hospitals rely on."


def annotated(world: World, ref: str, by: str = MEDIATOR, norm: str = NORM) -> None:
    with writing(world.sessions) as session:
        coverage.annotate(session, world.actors[by], ref, norm=norm, reason=WHY, now=NOW)


def test_both_links_stand_side_by_side(world: World, visit: Callable[[str], Visitor]) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
        actor = world.actors[TELCO]
        coverage.link_norm(session, actor, NOTICES, ref, norm=NORM, reason="Ours.", now=NOW)
    mediator = visit(MEDIATOR)
    form = mediator.get(f"/notices/{ref}/annotate").form()
    sent = mediator.post(f"/notices/{ref}/annotate", {**form, "norm": NORM, "reason": WHY})
    page = mediator.follow(sent)
    assert "linked by Peace Mediation (mediators)" in page.words
    for name in (TELCO, CLOUD):
        words = visit(name).get(f"/notices/{ref}").words
        assert "Ours." in words
        assert WHY in words
    listed = visit(CLOUD).get(f"/norms/{NORM}")
    assert listed.words.count(ref) == 2
    assert visit("liaison@bank").get(f"/norms/{NORM}").words.count(ref) == 0
    gone = mediator.post(f"/notices/{ref}/unannotate", {"norm": NORM})
    assert WHY not in mediator.follow(gone).words
    assert "Ours." in visit(CLOUD).get(f"/notices/{ref}").words, "the author's link stays"


def test_only_a_mediator_who_reads_it_and_only_while_it_can_be_read(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
        hidden = published(session, world, "cloud").ref
        draft = drafted(session, world, "peace").ref
    with pytest.raises(Refused):
        annotated(world, ref, by=CLOUD)
    with pytest.raises(Refused):
        annotated(world, ref, by=TELCO)
    for unseen in (hidden, draft):
        with pytest.raises(NotFound):
            annotated(world, unseen)
    annotated(world, ref)
    annotated(world, ref, norm="un-gge-2015-k")
    with pytest.raises(Invalid):
        annotated(world, ref, by="coordinator@peace")
    with writing(world.sessions) as session:
        for body, held in ((Standing.ACTIVE, True), (Standing.SUSPENDED, False)):
            home = session.merge(world.organisations["peace"])
            home.state = body
            session.flush()
            key = session.scalars(notices_of(ref)).one()
            found = verbs(session, world.actors[MEDIATOR], NOTICES, key, NOW)
            assert (ANNOTATE in found) is held
        session.rollback()


def notices_of(ref: str) -> object:
    return NOTICES.model.__table__.select().with_only_columns(NOTICES.model.id).where(
        NOTICES.model.ref == ref
    )  # fmt: skip


def test_mediators_and_coordinators_post_notices_of_their_own_body(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    for name in (MEDIATOR, "coordinator@peace"):
        with writing(world.sessions) as session:
            notice = published(session, world, "cloud", by=name, tlp=Tlp.AMBER_STRICT)
            assert notice.organisation_id == world.organisations["peace"].id
            other = {"why": "Over."}
            notices.close(session, world.actors[MEDIATOR], notice.ref, now=NOW, **other)
        assert visit(name).get("/notices/new").status == 200
        assert visit(CLOUD).get(f"/notices/{notice.ref}").status == 200
    assert visit("observer@un").get("/notices/new").status == 403


def counted(world: World, name: str) -> dict[str, int]:
    """What the coverage of the framework counts for this person, by norm."""
    with reading(world.sessions) as session:
        found = coverage.matrix(session, world.actors[name], NOW, framework=UN)
    norms = (norm.key for norm in found.norms)
    return {key: total for key, total in zip(norms, found.totals, strict=True) if total}


def test_coverage_counts_them_once_for_whoever_sees_both_ends(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
        alone = published(session, world, "peace").ref
        actor = world.actors[TELCO]
        coverage.link_norm(session, actor, NOTICES, ref, norm=NORM, reason="Ours.", now=NOW)
    for one in (ref, alone):
        annotated(world, one)
    assert counted(world, MEDIATOR) == counted(world, TELCO) == {NORM: 2}
    assert counted(world, CLOUD) == {NORM: 1}
    assert counted(world, "liaison@bank") == {}
