"""Severity, ongoing or over, and stage: stated by people, never by the software."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from models.notices import Edition
from models.vocabulary import SEVERITIES, STAGES
from portal import exchange, notices
from portal.db import writing
from portal.recipients import list_of
from tests.cast import NOW, World
from tests.exchange.samples import as_bytes, bundle, event, report
from tests.factories import drafted, published
from tests.notices.test_post_notice import fill, saved
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
STATED = {"severity": "high", "course": "ongoing", "stage": "early"}


def test_what_is_stated_is_saved_and_shown(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = fill(liaison.get("/notices/new"), title="Wiper", keep="1", **STATED)
    answer = liaison.post("/notices/new", typed)
    notice = saved(world, answer.to.rsplit("/", 1)[1])
    assert (notice.severity, notice.course, notice.stage) == tuple(STATED.values())
    words = liaison.follow(answer).words
    assert all(word in words for word in ("High", "Ongoing", "Early word"))
    form = liaison.get(f"/notices/{notice.ref}/edit").form()
    assert {name: form[name] for name in STATED} == {k: [v] for k, v in STATED.items()}


def test_what_nobody_stated_is_not_stated_and_never_none(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = fill(liaison.get("/notices/new"), title="Wiper", keep="1")
    assert [typed[name] for name in STATED] == [[""], [""], [""]]
    answer = liaison.post("/notices/new", typed)
    page = liaison.follow(answer)
    facts = {dt.get_text(strip=True): dt for dt in page.page.select("dt")}
    for label in ("Severity", "Ongoing or ended", "Stage of the report"):
        value = facts[label].find_next_sibling("dd")
        assert value is not None
        assert value.get_text(strip=True) == "Not stated"


def test_each_word_of_the_scale_stands_with_its_meaning(visit: Visit) -> None:
    page = visit("liaison@telco").get("/notices/new")
    scale = page.page.select_one("fieldset#severity")
    assert scale is not None
    labels = [label.get_text(" ", strip=True) for label in scale.select("label")]
    assert [label.split(" ")[0] for label in labels] == ["Not", *SEVERITIES.values()]
    assert all(len(label.split()) > 4 for label in labels)


def test_a_word_that_is_not_on_the_scale_is_refused(visit: Visit) -> None:
    liaison = visit("liaison@telco")
    for name in STATED:
        typed = fill(liaison.get("/notices/new"), title="Wiper", keep="1") | {name: "maximal"}
        assert liaison.post("/notices/new", typed).status == 422


def test_the_list_and_a_correction_show_the_stage(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", **STATED)
        actor, to = world.actors["liaison@telco"], list_of(session, notice)
        final = notices.NoticeText(**{**notices.text_of(notice).__dict__, "stage": "final"})
        said = {"text": final, "to": to, "why": "All is known.", "version": notice.version}
        notices.correct(session, actor, notice.ref, **said, now=NOW)
        ref = notice.ref
    reader = visit("mediator@peace")
    assert "High · Ongoing · Final report" in " ".join(reader.get("/notices/").words.split())
    changed = visit("liaison@telco").get(f"/notices/{ref}/editions/2").words
    assert "Early word" in changed
    assert "Final report" in changed


def test_an_older_version_says_that_nothing_was_stated(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
        first = session.scalars(select(Edition)).one()
        first.text = {k: v for k, v in first.text.items() if k not in STATED}
        actor, to = world.actors["liaison@telco"], list_of(session, notice)
        graver = notices.NoticeText(**{**notices.text_of(notice).__dict__, "severity": "critical"})
        said = {"text": graver, "to": to, "why": "It is graver.", "version": notice.version}
        notices.correct(session, actor, notice.ref, **said, now=NOW)
        ref = notice.ref
    page = visit("liaison@telco").get(f"/notices/{ref}/editions/2")
    gone = [one.get_text(" ", strip=True) for one in page.page.select(".go-changes del")]
    assert "before: Not stated" in [" ".join(one.split()) for one in gone]


def test_notices_from_before_state_nothing(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        names = ", ".join(STATED)
        found = session.execute(text(f"SELECT {names} FROM notices WHERE ref = '{ref}'")).one()
    assert tuple(found) == ("", "", "")


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_stix_bundle_carries_them_out_and_in(world: World, severity: str, stage: str) -> None:
    with writing(world.sessions) as session:
        actor = world.actors["liaison@telco"]
        notice = published(session, world, "peace", severity=severity, course="over", stage=stage)
        made = exchange.stix_of(exchange.export(session, actor, notice.ref, NOW))
    found = exchange.read(exchange.parse(made), NOW, "")
    assert (found.text.severity, found.text.course, found.text.stage) == (severity, "over", stage)
    assert found.tags == ()


def test_a_bundle_of_a_notice_that_states_nothing_has_no_tag(world: World) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
        made = exchange.stix_of(
            exchange.export(session, world.actors["liaison@telco"], notice.ref, NOW)
        )
    assert all("labels" not in thing for thing in json.loads(made)["objects"])


@pytest.mark.parametrize(
    ("tags", "severity"),
    [
        (['nis2:impact-severity="red"'], "critical"),
        (['nis:impact-severity="white"'], "none"),
        (['nis2:impact-severity="green"', 'nis2:impact-severity="red"'], ""),
        (['good-offices:severity="moderate"'], "moderate"),
        (['good-offices:severity="worst"'], ""),
        (["severity:high"], ""),
    ],
)
def test_tags_are_read_where_they_mean_the_same(tags: list[str], severity: str) -> None:
    found = exchange.read(exchange.parse(as_bytes(event(Tag=[{"name": t} for t in tags]))), NOW, "")
    assert found.text.severity == severity
    made = bundle(report(labels=tags))
    assert exchange.read(exchange.parse(as_bytes(made)), NOW, "").text.severity == severity


@pytest.mark.parametrize(
    ("analysis", "stage"),
    [("0", "early"), (1, "update"), ("2", "final"), ("3", ""), (None, ""), ([2], "")],
)
def test_the_analysis_of_a_misp_event_is_its_stage(analysis: object, stage: str) -> None:
    found = exchange.read(exchange.parse(as_bytes(event(analysis=analysis))), NOW, "")
    assert found.text.stage == stage
    assert found.text.severity == "", "the threat level is another thing"
