"""The pages that tie and untie: what the writer is asked, what readers see, who is kept out."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.notices import Notice
from portal import notices
from portal.db import writing
from portal.norms import NORMS
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.commitments import builders
from tests.factories import drafted, published
from tests.norms.builders import WHY, F, K, tie, ties
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def said(page: Answer) -> list[str]:
    """The lines about norms on the page of a resource."""
    section = next(part for part in page.page.select("main section") if head(part) == "Norms")
    return [" ".join(line.get_text().split()) for line in section.select("li")]


def head(section: Any) -> str:
    return section.h2.get_text() if section.h2 else ""


def test_a_writer_ties_by_form_and_readers_see_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    page = liaison.get(f"/notices/{ref}")
    assert said(page) == ["Not linked to a norm yet."]
    assert page.page.select(f"main a[href='/notices/{ref}/link-norm']")
    form = liaison.get(f"/notices/{ref}/link-norm").form()
    page = liaison.follow(
        liaison.post(
            f"/notices/{ref}/link-norm", form | {"norm": F, "reason": "<b>Clinics</b> are hit."}
        )
    )
    assert "Norm linked." in page.words
    reader = visit("mediator@peace").get(f"/notices/{ref}")
    (line,) = said(reader)
    assert line.startswith("Relevant to UN norm f: Critical infrastructure not damaged")
    assert "A/70/174, para. 13 (f)) voluntary" in line
    assert "<b>Clinics</b> are hit." in line, "shown as text"
    assert "linked by Telco liaison" in line
    assert reader.page.select(f"main li a[href='/norms/{F}']")
    assert not reader.page.select(f"main form[action='/notices/{ref}/unlink-norm']")
    assert not reader.page.select(f"main a[href='/notices/{ref}/link-norm']")


def test_whoever_reads_a_notice_without_ties_is_told_nothing_of_them(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    heads = [head(part) for part in visit("mediator@peace").get(f"/notices/{ref}").page("section")]
    assert "Files" in heads
    assert "Norms" not in heads


def test_the_reason_goes_with_the_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, ref)
    with writing(world.sessions) as session:
        notices.withdraw(session, world.actors["liaison@telco"], ref, why="Wrong.", now=NOW)
    assert WHY in visit("colleague@telco").get(f"/notices/{ref}").words
    mediator = visit("mediator@peace")
    for path in (f"/notices/{ref}", f"/norms/{F}"):
        page = mediator.get(path)
        assert ref in page.words
        assert WHY not in page.words
        assert "Wiper in an update" not in page.words


def test_the_form_offers_all_norms_by_framework(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    page = visit("liaison@telco").get(f"/notices/{ref}/link-norm")
    groups = page.page.select("main select[name=norm] optgroup")
    assert groups[0]["label"] == "UN norms of responsible State behaviour"
    values = [option["value"] for group in groups for option in group.select("option")]
    assert values == list(NORMS)
    option = page.page.select_one(f"option[value='{F}']")
    assert option is not None
    assert option.get_text() == "UN norm f: Critical infrastructure not damaged"
    assert page.form()["norm"] == [""], "none is chosen for the writer"
    assert "voluntary" in page.words


def test_a_bad_form_comes_back_with_what_was_typed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, ref)
    liaison, path = visit("liaison@telco"), f"/notices/{ref}/link-norm"
    for typed, errors in (
        ({"norm": "", "reason": WHY}, {"norm": "Choose a norm from the list."}),
        (
            {"norm": K, "reason": " "},
            {"reason": ("Explain in one sentence why the norm is relevant.")},
        ),
        ({"norm": F, "reason": WHY}, {"norm": "It is already linked to this norm."}),
    ):
        page = liaison.post(path, typed)
        assert (page.status, page.errors()) == (422, errors)
        assert page.form()["norm"] == [typed["norm"]]
        assert page.form()["reason"] == [typed["reason"]]
    assert set(liaison.post(path, {"norm": "none", "reason": "x" * 501}).errors()) == {
        "norm",
        "reason",
    }
    assert len(ties(world)) == 1


def test_a_tie_is_taken_off_by_its_button(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, ref)
    tie(world, "liaison@telco", NOTICES, ref, K)
    liaison, path = visit("liaison@telco"), f"/notices/{ref}/unlink-norm"
    form = liaison.get(f"/notices/{ref}").form(path)
    assert form["norm"] == [F], "each has a button of its own"
    page = liaison.follow(liaison.post(path, {"norm": F}))
    assert "Link removed." in page.words
    (line,) = said(page)
    assert "UN norm k" in line
    for norm in (F, "nothing", ""):
        assert liaison.post(path, {"norm": norm}).status == 404
    assert liaison.post(path).status == 404
    assert [norm for norm, *_rest in ties(world)] == [K]


def test_the_pages_of_others_are_shut(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, ref)
    for name, status in (("mediator@peace", 403), ("liaison@bank", 404), ("steward@portal", 404)):
        visitor = visit(name)
        assert visitor.get(f"/notices/{ref}/link-norm").status == status
        values = {"norm": K, "reason": WHY}
        assert visitor.post(f"/notices/{ref}/link-norm", values).status == status
        assert visitor.post(f"/notices/{ref}/unlink-norm", {"norm": F}).status == status
    with writing(world.sessions) as session:
        notice = session.scalars(select(Notice).where(Notice.ref == ref)).one()
        notices.close(session, world.actors["liaison@telco"], notice.ref, why="Over.", now=NOW)
    assert visit("liaison@telco").get(f"/notices/{ref}/link-norm").status == 409
    assert [norm for norm, *_rest in ties(world)] == [F]


def test_a_commitment_is_tied_and_untied_by_form(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = builders.agreed(session, world, "peace").ref
    analyst, path = visit("analyst@cert"), f"/commitments/{ref}"
    form = analyst.get(f"{path}/link-norm").form()
    page = analyst.follow(analyst.post(f"{path}/link-norm", form | {"norm": K, "reason": WHY}))
    (line,) = said(page)
    assert line.startswith("Relevant to UN norm k")
    assert "linked by Response analyst" in line
    reader = visit("mediator@peace")
    (seen,) = said(reader.get(path))
    assert seen.partition("linked by")[0] == line.partition("linked by")[0]
    assert "Remove" in line
    assert "Remove" not in seen
    assert reader.get(f"{path}/link-norm").status == 403
    gone = f"{path}/unlink-norm"
    page = analyst.follow(analyst.post(gone, analyst.get(path).form(gone)))
    assert said(page) == ["Not linked to a norm yet."]


def test_no_page_accuses(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, ref)
    liaison = visit("liaison@telco")
    for path in (f"/notices/{ref}/link-norm", f"/notices/{ref}", f"/norms/{F}", "/norms/coverage"):
        text = liaison.get(path).words.casefold()
        assert not re.search(r"\bviolate[sd]\b", text)
        assert "breach" not in text
        assert "relevant to" in text
        assert "voluntary" in text
