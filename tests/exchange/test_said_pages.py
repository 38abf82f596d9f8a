"""From a claim to a file and back on the pages: drafts of whoever reads it, all or none."""

import io
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from models.claims import Claim, ClaimReply
from models.harm import Harm
from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal.db import reading, writing
from tests.cast import World
from tests.claims.builders import asked, published, replied
from tests.exchange.samples import as_bytes, event
from tests.exchange.test_quoted import replies
from tests.exchange.valid import validated
from tests.factories import published as notice
from tests.harm import builders as harm
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def upload(visitor: Visitor, data: bytes, **typed: Any) -> Answer:
    """A file sent to the page of imports."""
    page = visitor.get("/claims/import")
    sent = {**page.form(), "file": (io.BytesIO(data), "it.json"), **typed}
    return visitor.post("/claims/import", sent)


def count(world: World, model: Any) -> int:
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_claim_goes_out_and_becomes_a_draft_of_whoever_reads_it(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", scale="icd-203", confidence="likely").ref
    mediator = visit("mediator@peace")
    data = mediator.get(f"/claims/{ref}/export/stix")
    validated(data.body)
    shown = upload(mediator, data.body)
    assert "Telco" in shown.words
    assert "STIX: 70" in shown.words
    assert count(world, Claim) == 1, "a dry run keeps nothing"
    made = mediator.post("/claims/import", {**shown.form(), "keep": "1"})
    assert "1 draft created" in mediator.follow(made).words
    with reading(world.sessions) as session:
        draft = session.scalars(select(Claim).where(Claim.state == "draft")).one()
        assert (draft.claimant, draft.scale, draft.confidence) == ("Telco", "icd-203", "likely")
        assert draft.organisation_id == world.organisations["peace"].id
        assert draft.source_title, "it names its source"
    with reading(world.sessions) as session:
        exports = session.scalars(select(AuditEvent).where(AuditEvent.verb == "export")).all()
        assert [one.detail["format"] for one in exports] == ["stix"]


def test_a_reply_goes_along(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = replied(session, world, asked(session, world)).ref
    page = visit("liaison@telco").get(f"/claims/{ref}/export/stix")
    validated(page.body)
    assert "We had no part in it." in page.text
    notes = [thing for thing in json.loads(page.body)["objects"] if thing["type"] == "note"]
    assert len({note["created_by_ref"] for note in notes}) == 2, "each by whoever said it"


def test_a_reply_of_a_file_stands_apart_and_leaves_as_it_came(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = replied(session, world, asked(session, world)).ref
    data = visit("liaison@telco").get(f"/claims/{ref}/export/stix")
    mediator = visit("mediator@peace")
    shown = upload(mediator, data.body)
    assert "as quoted in the file" in shown.words
    mediator.post("/claims/import", {**shown.form(), "keep": "1"})
    with reading(world.sessions) as session:
        peace = world.organisations["peace"].id
        draft = session.scalars(select(Claim).where(Claim.organisation_id == peace)).one()
        assert "no part in it" not in draft.body
        assert session.scalars(select(ClaimReply.claim_id)).all() != [draft.id]
    page = mediator.get(f"/claims/{draft.ref}")
    assert "Nobody said it in this portal." in page.words
    assert "We had no part in it." in page.words
    again = mediator.get(f"/claims/{draft.ref}/export/stix")
    validated(again.body)
    assert replies(json.loads(again.body)) == replies(json.loads(data.body))
    rows = mediator.get(f"/claims/{draft.ref}/export").text
    assert "as quoted in the file: We had no part in it." in rows
    event = mediator.get(f"/claims/{draft.ref}/export/misp").text
    assert "good-offices-reply" in event


def test_a_claim_is_never_marked_wider_than_a_reply_that_it_quotes(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = replied(session, world, asked(session, world)).ref
    data = visit("liaison@telco").get(f"/claims/{ref}/export/stix").body
    mediator = visit("mediator@peace")
    mediator.post("/claims/import", {**upload(mediator, data).form(), "keep": "1"})
    with reading(world.sessions) as session:
        peace = world.organisations["peace"].id
        draft = session.scalars(select(Claim).where(Claim.organisation_id == peace)).one()
    form = mediator.get(f"/claims/{draft.ref}/edit").form()
    answer = mediator.post(f"/claims/{draft.ref}/edit", {**form, "tlp": "CLEAR"})
    assert "quoted with it is marked more strictly" in answer.words
    assert "tlp" in answer.errors()


def test_a_notice_takes_along_what_its_reader_may_read_and_no_more(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        about = notice(session, world, "peace")
        published(session, world, "peace", notice_id=about.id, title="Seen by all")
        published(session, world, "cloud", notice_id=about.id, title="Hidden from Peace")
        harm.published(session, world, "peace", notice_id=about.id, title="Harm for Peace")
        harm.published(session, world, "cloud", notice_id=about.id, title="Harm for Cloud")
    for path in ("together", "misp"):
        text = visit("mediator@peace").get(f"/notices/{about.ref}/export/{path}")
        assert "Seen by all" in text.text
        assert "Harm for Peace" in text.text
        assert "Hidden" not in text.text
        assert "Harm for Cloud" not in text.text
    whole = visit("mediator@peace").get(f"/notices/{about.ref}/export/together").body
    validated(whole)
    incident = next(one for one in json.loads(whole)["objects"] if one["type"] == "incident")
    (held,) = incident["extensions"].values()
    assert len(held["claim_refs"]) == len(held["harm_refs"]) == 1
    shown = upload(visit("mediator@peace"), whole)
    assert "Claims (1)" in shown.words
    assert "Harm (1)" in shown.words


def test_who_cannot_read_it_takes_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        claim = published(session, world, "cloud")
        row = harm.published(session, world, "cloud")
    mediator = visit("mediator@peace")
    for path in ("stix", "misp"):
        assert mediator.get(f"/claims/{claim.ref}/export/{path}").status == 404
        assert mediator.get(f"/harm/{row.ref}/export/{path}").status == 404
        assert mediator.get(f"/claims/A-26-ZZZZZZ/export/{path}").status == 404


def test_red_does_not_go_out_as_misp(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        claim = published(session, world, "liaison@cloud", tlp=Tlp.RED)
        row = harm.published(session, world, "liaison@cloud", tlp=Tlp.RED)
    liaison = visit("liaison@telco")
    assert liaison.get(f"/claims/{claim.ref}/export/misp").status == 404
    assert liaison.get(f"/harm/{row.ref}/export/misp").status == 404
    validated(liaison.get(f"/claims/{claim.ref}/export/stix").body)


def test_only_a_mediator_takes_harm_of_others(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = harm.published(session, world, "peace", "cloud").ref
    data = visit("mediator@peace").get(f"/harm/{ref}/export/misp").body
    liaison = visit("liaison@cloud")
    shown = upload(liaison, data)
    assert "only mediators cite the harm of others" in shown.words
    liaison.post("/claims/import", {**shown.form(), "keep": "1"})
    assert count(world, Harm) == 1
    mediator = visit("mediator@peace")
    mediator.post("/claims/import", {**upload(mediator, data).form(), "keep": "1"})
    with reading(world.sessions) as session:
        draft = session.scalars(select(Harm).where(Harm.state == "draft")).one()
        assert (draft.lower, draft.best, draft.upper, draft.cited) == (40, None, 55, True)
        assert draft.source_title


def test_an_unknown_marking_is_refused_next_to_the_field(world: World, visit: Visit) -> None:
    odd = event(Tag=[{"name": "tlp:clear"}, {"name": "tlp 2.0:amber"}])
    answer = upload(visit("mediator@peace"), as_bytes(odd))
    assert (answer.status, list(answer.errors())) == (422, ["file"])
    assert "tlp 2.0:amber" in answer.words
    assert count(world, Claim) == 0


def test_only_who_claims_for_an_organisation_imports(visit: Visit) -> None:
    assert visit("mediator@peace").get("/claims/import").status == 200
    assert visit("observer@un").get("/claims/import").status == 403
