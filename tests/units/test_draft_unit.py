"""A steward begins a unit: what is wrong is said with its line, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from models.units import TrainingUnit, UnitState
from portal import units
from portal.curriculum import EXAMPLE, Written
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.units.builders import STEWARD, text, typed

Visit = Callable[[str], Visitor]
# The portal as a resource is there for those who hold a role in it.
REFUSED = {"auditor@portal": 403, "liaison@telco": 404, "custodian@portal": 404}


def rows(world: World) -> list[TrainingUnit]:
    with reading(world.sessions) as session:
        return list(session.scalars(select(TrainingUnit)))


def faults(**values: object) -> list[tuple[str, str]]:
    """What is wrong, as it is read."""
    return [(one.field, one.message % one.message.values) for one in text(**values).faults()]


def test_a_steward_begins_one_and_the_trail_has_it(world: World) -> None:
    with writing(world.sessions) as session:
        ref = units.draft_unit(session, world.actors[STEWARD], text(), NOW).ref
    (unit,) = rows(world)
    assert (unit.state, unit.sections, unit.asked, unit.edition) == (UnitState.DRAFT, 2, 2, 0)
    assert units.text_of(unit) == text()
    with reading(world.sessions) as session:
        acts = select(AuditEvent.verb).where(AuditEvent.ref == ref)
        assert list(session.scalars(acts)) == ["draft-unit"]


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_writes_units(world: World, visit: Visit, who: str) -> None:
    for path in ("/units/new", "/units/", "/units/format"):
        assert visit(who).get(path).status == REFUSED[who]
    assert visit(who).post("/units/new", typed()).status == REFUSED[who]
    assert "/units/new" not in visit(who).get("/training/").text
    with writing(world.sessions) as session, pytest.raises((NotFound, Refused)):
        units.draft_unit(session, world.actors[who], text(), NOW)
    assert rows(world) == []


def test_the_example_has_no_fault_and_can_be_begun_from(visit: Visit, world: World) -> None:
    assert EXAMPLE.faults() == []
    steward = visit(STEWARD)
    form = steward.get("/units/new?example=1").form()
    assert form["title"] == [EXAMPLE.title]
    assert steward.post("/units/new", form).status == 302
    assert units.text_of(rows(world)[0]).questions.split() == EXAMPLE.questions.split()


def test_a_preview_saves_nothing_and_shows_what_everybody_will_read(
    visit: Visit, world: World
) -> None:
    body = "## Before\nA **strong** [x](javascript:alert(1)).\n\n<script>alert(1)</script>"
    answer = visit(STEWARD).post("/units/new", typed(body=body) | {"look": "1"})
    assert (answer.status, rows(world)) == (200, [])
    preview = answer.page.find("section", {"aria-labelledby": "preview"})
    assert preview.select_one(".go-text strong").text == "strong"
    assert preview.find("script") is None
    assert "<script>alert(1)</script>" in preview.text
    assert not preview.select("a[href^=javascript]")
    assert "It gives nothing away." in preview.text
    assert answer.form()["body"] == [body]


def test_all_faults_are_said_at_once_next_to_their_fields(visit: Visit, world: World) -> None:
    bad = typed(
        title=" ",
        minutes="99",
        body="Words first.\n\n## One\n\n## Two\n![x](https://a.example/x.png)",
        questions="## Which?\n- [x] This.\n- [x] That.\n  It is.",
        sources="Somewhere | perhaps",
    )
    answer = visit(STEWARD).post("/units/new", bad)
    assert (answer.status, rows(world)) == (422, [])
    said = answer.errors()
    assert said["title"] == "Give the unit a title."
    assert said["minutes"] == "Give a number of minutes from 1 to 30."
    for line, words in ((1, "begin with a section"), (3, "has no text"), (6, "images are not")):
        assert f"Line {line}: " in said["body"]
        assert words in said["body"]
    assert "Line 1: a question needs exactly one correct answer" in said["questions"]
    assert "Line 2: say on the next line why" in said["questions"]
    assert said["sources"].startswith("Line 1: write")
    form = answer.form()
    assert all(form[name] == [bad[name]] for name in ("body", "questions", "sources", "minutes"))


@pytest.mark.parametrize(
    ("field", "said", "line"),
    [
        ("body", "\n\n##No section", 3),
        ("body", "## One\nWords.\n## " + "x" * 500 + "\nWords.", 3),
        ("body", "".join("## S\nWords.\n" for _n in range(21)), 41),
        ("questions", "Which?", 1),
        ("questions", "## Which?\nThis.", 2),
        ("questions", "## Which?\n-[x] This.\n  It is.", 2),
        ("questions", "## Which?\n- [v] This.\n  It is.", 2),
        ("questions", "## Which?\n- [x] This.\n  It is.", 1),
        ("questions", "## Which?\n- [x] A.\n  B.\n- [ ] A.\n  B.", 4),
        ("questions", "## Which?\n- [x] A.\n  B.\n- [ ] C.\n  " + "d " * 300, 5),
        ("questions", "## Which?\n- [x] A.\n  B.\n- [ ] C.\n  D.\n" * 13, 61),
        ("sources", "\n[A](javascript:alert) | project", 2),
        ("sources", "A | project\n| project", 2),
        ("sources", "A " + "x" * 500 + " | project", 1),
    ],
)
def test_a_fault_names_its_line(field: str, said: str, line: int) -> None:
    found = faults(**{field: said})
    assert any(name == field and words.startswith(f"Line {line}: ") for name, words in found)


@pytest.mark.parametrize(
    "values",
    [
        {"minutes": 0},
        {"minutes": 31},
        {"lasts": ""},
        {"lasts": "week"},
        {"language": "English"},
        {"title": "x" * 121},
        {"summary": "x" * 501},
        {"body": "## A\n" + "x" * 20_000},
        {"questions": ""},
        {"sources": " "},
    ],
)
def test_the_service_refuses_it_too(world: World, values: dict[str, object]) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        units.draft_unit(session, world.actors[STEWARD], text(**values), NOW)
    assert set(refused.value.problems) == set(values)
    assert rows(world) == []


def test_a_text_without_a_section_is_told_where_one_begins() -> None:
    for body in ("Only words.", "Words.\n\nMore words, and no heading."):
        assert [words for _field, words in faults(body=body)] == [
            "Line 1: begin with a section: “## ” and its title."
        ]


def test_lines_count_as_a_browser_sends_them() -> None:
    said = text(body="## One\r\nWords.\r\n\r\n## Two\r\nMore.")
    assert said.faults() == []
    assert [one.title for one in said.unit("U", NOW.date(), 1).sections] == ["One", "Two"]


def test_a_text_is_read_as_the_units_that_ship() -> None:
    unit = Written(**text().__dict__).unit("U-1", NOW.date(), 3)
    assert (unit.key, unit.number, unit.language) == ("U-1", 3, "en")
    assert [question.right.text for question in unit.questions] == [
        "Our spokesperson answers this.",
        "The number that was verified before.",
    ]
    assert [source.address for source in unit.sources] == ["https://press.example/x", ""]
    assert unit.outline.questions == 2
