"""What is tied to a norm, and the matrix: complete for each reader, silent on all the rest."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from bs4 import Tag
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.norms import NormTag
from models.notices import Notice
from models.stakeholders import Organisation, Standing
from models.vocabulary import Tlp
from portal import coverage, notices
from portal.coverage import Matrix
from portal.db import reading, writing
from portal.norms import in_framework
from portal.rules import COMMITMENTS, NOTICES, Kind
from tests.cast import NOW, World
from tests.commitments import made
from tests.factories import drafted, published
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
UN = "un-gge-2015"
KEYS = [norm.key for norm in in_framework(UN)]
F, SUPPLY, K = f"{UN}-f", f"{UN}-i", f"{UN}-k"
PATH = "/norms/coverage"
# What the story comes to for each of them: by norm, and by whoever posted or promised.
FOUND: dict[str, dict[tuple[str, str], int]] = {
    "mediator@peace": {
        ("f", "Bank"): 1,
        ("f", "Telco"): 2,
        ("k", "Cloud"): 1,
        ("k", "Telco"): 1,
    },
    "coordinator@peace": {
        ("f", "Bank"): 1,
        ("f", "Telco"): 1,
        ("k", "Cloud"): 1,
        ("k", "Telco"): 1,
    },
    "liaison@telco": {
        ("f", "Bank"): 1,
        ("f", "Telco"): 2,
        ("i", "Telco"): 1,
        ("k", "Cloud"): 1,
        ("k", "Telco"): 1,
    },
    "liaison@bank": {("f", "Bank"): 1},
    "analyst@cert": {("f", "Bank"): 1, ("k", "Cloud"): 1},
    "steward@portal": {("f", "Bank"): 1},
}


def tie(
    session: Session, world: World, kind: Kind, matter: Any, *norms: str, by: str = "liaison@telco"
) -> str:
    """Tie a matter to norms; gives back its reference."""
    for norm in norms:
        said = {"norm": norm, "reason": f"Why {matter.title}."}
        coverage.tag(session, world.actors[by], kind, matter.ref, **said, now=NOW)
    return str(matter.ref)


def story(session: Session, world: World) -> None:
    """Five matters of three organisations, each read by another circle."""
    strict = published(session, world, "peace", title="Strict")
    red = published(session, world, "mediator@peace", title="Red", tlp="RED")
    green = published(session, world, "peace", title="Green", tlp="GREEN", by="liaison@bank")
    draft = drafted(session, world, "peace", title="Draft")
    promise = made.agreed(session, world, "peace", title="Promise", by="liaison@cloud", to="telco")
    tie(session, world, NOTICES, strict, F, K)
    tie(session, world, NOTICES, red, F)
    tie(session, world, NOTICES, green, F, by="liaison@bank")
    tie(session, world, NOTICES, draft, SUPPLY)
    tie(session, world, COMMITMENTS, promise, K, by="analyst@cert")


def many(
    session: Session,
    world: World,
    number: int,
    tlp: Tlp,
    norms: Sequence[str],
    homes: Sequence[int] = (),
) -> None:
    """So many notices of nobody but their author, each tied to these norms, laid in as rows."""
    first = published(session, world, "mediator@peace", title="Copy", tlp=tlp)
    row = {column.key: getattr(first, column.key) for column in Notice.__mapper__.column_attrs}
    del row["id"]
    copies = [
        row | {"ref": f"N-{first.id}-{n:06}", "title": f"Copy {n}"} for n in range(1, number + 1)
    ]
    for copy, home in zip(copies, homes, strict=False):
        copy["organisation_id"] = home
    laid = insert(Notice).returning(Notice.id, sort_by_parameter_order=True)
    ids = session.scalars(laid, copies).all()
    tag = {"reason": "Why.", "by_id": world.actors["liaison@telco"].person_id, "at": NOW}
    rows = [{"notice_id": key, "norm": norm, **tag} for key in ids for norm in norms]
    session.execute(insert(NormTag), rows)


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
    """The matters that a person finds at a norm; a reference where no title is shown."""
    home = world.organisations[organisation].ref if organisation else ""
    with reading(world.sessions) as session:
        rows = coverage.tied(session, world.actors[name], norm, NOW, organisation=home)
        return [row.title or row.ref for row in rows]


def cells(page: Answer) -> list[Tag]:
    """The linked numbers of the table."""
    assert page.status == 200
    return page.page.select("main table tbody td a")


def listed(page: Answer) -> list[str]:
    """What is listed on the page of a norm."""
    assert page.status == 200
    return [tag.get_text() for tag in page.page.select("main section .go-rows > li a")]


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
        ref = tie(session, world, NOTICES, notice, F)
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
        coverage.untag(session, telco, NOTICES, str(ref), norm=F, now=NOW)
    assert numbers(counted(world, "mediator@peace"))["f", "Telco"] == 1
    assert titles(world, "mediator@peace", F) == ["Green", "Strict"]


def test_only_the_newest_two_thousand_are_counted_and_it_is_said(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        oldest = published(session, world, "peace", title="Old", tlp="GREEN", by="liaison@bank")
        tie(session, world, NOTICES, oldest, F, by="liaison@bank")
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
    assert "newest 2,000 ties of notices" in page.words


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


@pytest.mark.parametrize("name", list(FOUND))
def test_each_number_links_to_exactly_what_it_counts(world: World, visit: Visit, name: str) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    visitor = visit(name)
    links = cells(visitor.get(PATH))
    assert len(links) == len(FOUND[name]) + len({norm for norm, _home in FOUND[name]})
    for link in links:
        number = int(link.find(string=True, recursive=False) or 0)
        assert number == len(listed(visitor.get(str(link["href"])))), link
    assert links[-1].get_text().endswith("relevant to UN norm " + max(FOUND[name])[0])


def test_the_picture_and_the_table_say_the_same(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    page = visit("mediator@peace").get(PATH)
    table, picture = page.page.select_one("main table"), page.page.select_one("main figure svg")
    assert table is not None
    assert picture is not None
    heads = [tag.get_text() for tag in table.select("thead th")]
    assert heads == ["Norm", "Bank", "Cloud", "Telco", "All"]
    said = {}
    for line in table.select("tbody tr"):
        assert line.th is not None
        norm = line.th.get_text(" ").partition(" A/70/174")[0].replace(" :", ":").strip()
        for column, cell in zip(heads[1:-1], line.select("td")[:-1], strict=True):
            said[norm, column] = cell.get_text().split()[0]
    drawn = [tag.get_text() for tag in picture.select("g > title")]
    assert drawn == [f"{norm}, {column}: {count}" for (norm, column), count in said.items()]
    assert len(drawn) == 33
    assert "in all 5" in str(picture["aria-label"])


def test_an_empty_matrix_says_how_matters_get_tied(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
        tie(session, world, NOTICES, notice, F)
    page = visit("liaison@bank").get(PATH)
    assert "Nothing that you may read is tied" in page.words
    assert "choose Tie to a norm" in page.words
    assert not page.page.select("main table, main figure")
    page = visit("liaison@bank").get(f"/norms/{F}")
    assert "Nothing that you may read is tied to this norm." in page.words


def test_a_framework_is_chosen_by_a_select(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        tie(session, world, NOTICES, published(session, world, "peace"), "paris-call-2018-1")
    mediator = visit("mediator@peace")
    for query in ("", "?framework=nothing", f"?framework={UN}"):
        page = mediator.get(f"{PATH}{query}")
        assert page.form() == {"framework": [UN]}
        assert not page.page.select("main table")
    page = mediator.get(f"{PATH}?framework=paris-call-2018")
    assert page.form() == {"framework": ["paris-call-2018"]}
    assert len(cells(page)) == 2
    assert page.page.select_one("main .go-voluntary")


def test_a_norm_lists_its_matters_and_leads_back(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    mediator = visit("mediator@peace")
    page = mediator.get(f"/norms/{K}")
    assert listed(page) == ["Promise", "Strict"]
    for word in ("TLP:AMBER+STRICT", "Why Promise.", "Commitment", "Notice", "in force", "Cloud"):
        assert word in page.words
    narrow = f"/norms/{K}?organisation={world.organisations['cloud'].ref}"
    page = mediator.get(narrow)
    assert listed(page) == ["Promise"]
    assert "Only from Cloud" in page.words
    (wide,) = page.page.find_all("a", string="From all organisations")
    assert wide["href"] == f"/norms/{K}"
    for garbled in ("O-26-ZZZZZZ", "x" * 3000, "'"):
        page = mediator.get(f"/norms/{K}?organisation={garbled}")
        assert page.page.select("main .go-rows > li.go-empty")
    assert mediator.get("/norms/").page.select(f"main a[href='{PATH}']")


def test_a_reason_is_shown_as_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", title="<i>x</i>")
        said = {"norm": F, "reason": "<b>x</b>"}
        telco = world.actors["liaison@telco"]
        coverage.tag(session, telco, NOTICES, notice.ref, **said, now=NOW)
    for path in (f"/norms/{F}", f"/notices/{notice.ref}"):
        page = visit("mediator@peace").get(path)
        assert "<b>x</b>" in page.words
        assert not page.page.select("main b, main i")


def test_a_stranger_is_asked_to_sign_in(visit: Visit) -> None:
    for path in (PATH, f"/norms/{F}?organisation=x"):
        assert "/auth/sign-in" in visit("nobody").get(path).to


def test_list_and_matrix_are_one_statement_each(world: World) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    sent: list[str] = []
    event.listen(world.engine, "before_cursor_execute", lambda *said: sent.append(said[2]))
    with reading(world.sessions) as session:
        mediator = world.actors["mediator@peace"]
        assert coverage.matrix(session, mediator, NOW, framework=UN).totals
        assert coverage.tied(session, mediator, F, NOW)
    assert [line.split()[0] for line in sent if "norm_tags" in line] == ["SELECT", "SELECT"]
    assert [line for line in sent if "norm_tags" not in line and "BEGIN" not in line] == []
