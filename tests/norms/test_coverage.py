"""What is tied to a norm, and the matrix: complete for each reader, silent on all the rest."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from models.base import new_reference
from models.norms import NormTag
from models.notices import Notice
from models.stakeholders import Organisation, Standing
from models.vocabulary import Tlp
from portal import coverage, notices
from portal.coverage import Matrix
from portal.coverage.listing import WALKED
from portal.db import reading, writing
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.factories import published
from tests.norms.builders import FOUND, KEYS, SUPPLY, UN, WHY, F, K, many, story, tie_to
from tests.pages import Visitor

pytestmark = pytest.mark.both_engines

Visit = Callable[[str], Visitor]
PATH = "/norms/coverage"

OPENING = ("BEGIN", "PRAGMA query_only", "PRAGMA busy_timeout")


def counted(world: World, name: str, framework: str = UN) -> Matrix:
    """The matrix of a person."""
    with reading(world.sessions) as session:
        return coverage.matrix(session, world.actors[name], NOW, framework=framework)


def numbers(matrix: Matrix) -> dict[tuple[str, str], int]:
    """The cells that count something, by norm and name of the organisation."""
    return {
        (norm.number, name): count
        for norm, line in zip(matrix.norms, matrix.counts, strict=True)
        for (_ref, name), count in zip(matrix.organisations, line, strict=True)
        if count
    }


def titles(world: World, name: str, norm: str, organisation: str = "") -> list[str]:
    """The resources that a person finds at a norm; a reference where no title is shown."""
    home = world.organisations[organisation].ref if organisation else ""
    with reading(world.sessions) as session:
        rows = coverage.tied(session, world.actors[name], norm, NOW, organisation=home)
        return [row.title or row.ref for row in rows]


def test_each_counts_what_is_theirs_by_norm_and_organisation(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    assert {name: numbers(counted(world, name)) for name in FOUND} == FOUND


def test_rows_are_all_norms_of_the_framework_and_totals_add_up(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    matrix = counted(world, "liaison@telco")
    assert [norm.key for norm in matrix.norms] == KEYS
    assert [name for _ref, name in matrix.organisations] == ["Bank", "Cloud", "Telco"]
    assert matrix.totals == tuple(sum(line) for line in matrix.counts)
    assert (matrix.capped, matrix.more) == (False, 0)
    other = counted(world, "liaison@telco", "paris-call-2018")
    assert (len(other.norms), other.organisations, sum(other.totals)) == (9, (), 0)


def test_what_is_tied_is_found_at_its_norm_the_newest_first(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    assert titles(world, "mediator@peace", F) == ["Green", "Red", "Strict"]
    assert titles(world, "mediator@peace", K) == ["Promise", "Strict"]
    assert titles(world, "liaison@bank", F) == ["Green"]
    assert titles(world, "liaison@bank", K) == []
    assert titles(world, "mediator@peace", SUPPLY) == []
    assert titles(world, "colleague@telco", SUPPLY) == ["Draft"]


def test_a_list_is_narrowed_to_whoever_posted_or_promised(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    assert titles(world, "mediator@peace", K, "cloud") == ["Promise"]
    assert titles(world, "mediator@peace", K, "telco") == ["Strict"]
    assert titles(world, "mediator@peace", K, "cert") == [], "who tied it is not whose it is"


def test_a_list_ends_after_a_hundred(world: World) -> None:
    with writing(world.sessions) as session:
        many(session, world, 104, Tlp.GREEN, (F,))
    found = titles(world, "liaison@bank", F)
    assert found == [f"Copy {n}" for n in range(104, 4, -1)]


def test_what_was_withdrawn_counts_for_whoever_may_still_read_that_it_was(world: World) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", title="Strict")
        ref = tie_to(session, world, NOTICES, notice, F)
        notices.withdraw(session, world.actors["liaison@telco"], ref, why="Wrong.", now=NOW)
    assert titles(world, "colleague@telco", F) == ["Strict"]
    assert titles(world, "mediator@peace", F) == [ref], "without its title"
    assert numbers(counted(world, "mediator@peace")) == {("f", "Telco"): 1}
    assert numbers(counted(world, "liaison@bank")) == {}


def test_a_tie_that_is_taken_off_counts_no_longer(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
        telco = world.actors["liaison@telco"]
        ref = session.scalar(select(Notice.ref).where(Notice.title == "Red"))
        coverage.unlink_norm(session, telco, NOTICES, str(ref), norm=F, now=NOW)
    assert numbers(counted(world, "mediator@peace"))["f", "Telco"] == 1
    assert titles(world, "mediator@peace", F) == ["Green", "Strict"]


def test_only_the_newest_two_thousand_are_counted_and_it_is_said(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        oldest = published(session, world, "peace", title="Old", tlp="GREEN", by="liaison@bank")
        tie_to(session, world, NOTICES, oldest, F, by="liaison@bank")
        many(session, world, 181, Tlp.GREEN, KEYS)  # 1,991 ties
    assert numbers(counted(world, "liaison@cloud"))["f", "Bank"] == 1
    assert not counted(world, "liaison@cloud").capped
    with writing(world.sessions) as session:
        many(session, world, 1, Tlp.GREEN, KEYS)
    matrix = counted(world, "liaison@cloud")
    assert matrix.capped
    assert sum(matrix.totals) == 2000
    assert ("f", "Bank") not in numbers(matrix), "the oldest are left out"
    page = visit("liaison@cloud").get(PATH)
    assert "newest 2,000 links of notices" in page.words


def test_no_number_of_hidden_ties_moves_what_is_counted(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    reader, names = visit("liaison@bank"), ("liaison@bank", "mediator@peace")
    paths = [PATH, f"/norms/{F}", f"/norms/{K}", f"{PATH}?framework=paris-call-2018"]
    before = [reader.get(path).words for path in paths], [counted(world, name) for name in names]
    with writing(world.sessions) as session:
        many(session, world, 210, Tlp.RED, KEYS)  # 2,310 ties
    after = [reader.get(path).words for path in paths], [counted(world, name) for name in names]
    assert before == after
    assert counted(world, "liaison@telco").capped, "whoever reads them counts them"


def test_list_and_matrix_look_back_only_so_far(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
        notice = published(session, world, "peace", title="Much later", tlp="GREEN")
        by = world.actors["liaison@telco"].person_id
        later = {"notice_id": notice.id, "norm": F, "reason": WHY, "by_id": by, "at": NOW}
        session.add(NormTag(id=WALKED + 3, **later))
    assert titles(world, "mediator@peace", F) == ["Much later", "Green"]
    assert numbers(counted(world, "mediator@peace")) == {
        ("f", "Bank"): 1,
        ("f", "Telco"): 1,
        ("k", "Cloud"): 1,
    }


def test_of_very_many_organisations_those_with_most_ties_are_shown(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        homes = [home(n) for n in range(42)]
        session.add_all(homes)
        session.flush()
        keys = [one.id for one in homes]
        many(session, world, 42, Tlp.GREEN, (F,), keys)
        many(session, world, 39, Tlp.GREEN, (SUPPLY,), keys[3:])
    matrix = counted(world, "liaison@bank")
    shown = [name for _ref, name in matrix.organisations]
    assert (len(shown), matrix.more) == (40, 2)
    assert {f"Home {n:02}" for n in range(3, 42)} < set(shown)
    assert shown == sorted(shown)
    assert dict(zip(KEYS, matrix.totals, strict=True))[F] == 42, "all count in the last column"
    page = visit("liaison@bank").get(PATH)
    assert "2 more are only in the last column" in page.words


def home(number: int) -> Organisation:
    """One more organisation."""
    return Organisation(
        ref=new_reference("O", 26),
        name=f"Home {number:02}",
        kind="company",
        country="FI",
        created_at=NOW,
        state=Standing.ACTIVE,
    )


def test_list_and_matrix_are_one_statement_each(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    sent: list[str] = []

    def keep(*said: Any) -> None:
        sent.append(said[2])

    event.listen(world.engine, "before_cursor_execute", keep)
    with reading(world.sessions) as session:
        mediator = world.actors["mediator@peace"]
        assert coverage.matrix(session, mediator, NOW, framework=UN).totals
        assert coverage.tied(session, mediator, F, NOW)
    event.remove(world.engine, "before_cursor_execute", keep)
    assert [line.split()[0] for line in sent if "norm_tags" in line] == ["SELECT", "SELECT"]
    assert [line for line in sent if "norm_tags" not in line and not line.startswith(OPENING)] == []
