"""Names and addresses have one spelling, and the database knows when two are the same."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from models.names import Unfit, folded, folded_address, look, spelled
from models.stakeholders import Organisation, Person, SharingGroup
from portal.db import reading, writing
from portal.schema import downgrade, upgrade
from tests.cast import NOW, World
from tests.factories import opened_process
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
# Each is Telco to a reader, or to a machine that folds.
THE_SAME = ["telco", "TELCO", "Ｔｅｌｃｏ", " Telco ", "Telco\u3000"]
ALIKE = ["Тelсo", "TeIco", "Τelco", "Te1co", "Tel co"]
INVISIBLE = {
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "right to left override": "\u202e",
    "left to right mark": "\u200e",
    "arabic letter mark": "\u061c",
    "isolate": "\u2066",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "hangul filler": "\u3164",
    "braille blank": "\u2800",
    "variation selector": "\ufe0f",
    "tag": "\U000e0041",
    "control": "\x1f",
    "line separator": "\u2028",
}


def admitted(visit: Visit, name: str, **more: str) -> Answer:
    typed = {"name": name, "kind": "company", "country": "FI", "zone": "UTC"}
    return visit("steward@portal").post("/stakeholders/new", typed | more)


def names(world: World) -> list[str]:
    with reading(world.sessions) as session:
        return sorted(session.scalars(select(Organisation.name)))


@pytest.mark.parametrize("name", THE_SAME)
def test_the_same_name_is_taken_however_it_is_typed(world: World, visit: Visit, name: str) -> None:
    before = names(world)
    answer = admitted(visit, name, look_alike="y")
    assert "already exists" in answer.errors()["name"]
    assert names(world) == before


@pytest.mark.parametrize("name", ALIKE)
def test_what_looks_alike_is_named_and_must_be_meant(world: World, visit: Visit, name: str) -> None:
    before = names(world)
    answer = admitted(visit, name)
    assert "looks like Telco" in answer.errors()["look_alike"]
    assert answer.form()["name"] == [name]
    assert names(world) == before
    assert admitted(visit, name, look_alike="y").status == 302


@pytest.mark.parametrize("sign", INVISIBLE.values(), ids=INVISIBLE.keys())
def test_what_nobody_sees_is_in_no_name_and_no_address(
    world: World, visit: Visit, sign: str
) -> None:
    telco, home = visit("steward@portal"), world.organisations["telco"]
    new = admitted(visit, f"Car{sign}rier")
    assert new.errors()["name"]
    form = {"name": "Analyst", "email": "analyst@carrier.example", "role": "liaison"}
    for field in ("name", "email"):
        typed = form | {field: form[field].replace("a", f"a{sign}", 1)}
        assert telco.post(f"/stakeholders/{home.ref}/invite", typed).errors()[field]
    group = {"organisation": home.ref, "name": f"Wa{sign}tch", "ceiling": "AMBER+STRICT"}
    assert visit("liaison@telco").post("/stakeholders/groups/new", group).errors()["name"]
    process = {"organisation": world.organisations["peace"].ref, "cover_name": f"Qui{sign}et"}
    assert visit("mediator@peace").post("/processes/new", process).errors()["cover_name"]


def test_a_name_is_kept_in_one_spelling(world: World, visit: Visit) -> None:
    assert admitted(visit, " Mu\u0308ller\u00a0 \u3000&\tSons ").status == 302
    assert "Müller & Sons" in names(world)
    with writing(world.sessions) as session:
        process = opened_process(session, world, cover_name="Quiet \u3000 talks")
        assert process.cover_name == "Quiet talks"


def test_joiners_stay_where_scripts_need_them_and_tell_no_names_apart() -> None:
    persian = "می\u200cخواهم"
    assert spelled(persian) == persian
    assert folded(persian) == folded(persian.replace("\u200c", ""))


@pytest.mark.parametrize(
    "email",
    ["Liaison@Telco.example", "LIAISON@TELCO.EXAMPLE", "ｌiaison@telco.example"],
)
def test_one_address_is_one_person(world: World, visit: Visit, email: str) -> None:
    home = world.organisations["telco"]
    typed = {"name": "Somebody", "email": email, "role": "liaison"}
    visit("steward@portal").post(f"/stakeholders/{home.ref}/invite", typed)
    with reading(world.sessions) as session:
        assert "Somebody" not in session.scalars(select(Person.name)).all()


def test_capitals_beyond_ascii_are_the_same_on_both_engines(world: World, visit: Visit) -> None:
    home, steward = world.organisations["telco"], visit("steward@portal")
    for email in ("MÜLLER@telco.example", "müller@telco.example", "mu\u0308ller@TELCO.example"):
        typed = {"name": "Müller", "email": email, "role": "liaison"}
        steward.post(f"/stakeholders/{home.ref}/invite", typed)
    with reading(world.sessions) as session:
        found = session.scalars(select(Person.email).where(Person.name == "Müller")).all()
    assert found == ["MÜLLER@telco.example"]
    assert folded_address("a@exämple.example") == folded_address("A@XN--EXMPLE-CUA.example")


@pytest.mark.parametrize("email", ["a b@x.example", "a@", "a@x..example", "a\t@x.example", "@x"])
def test_what_is_no_address_is_said_next_to_its_field(
    world: World, visit: Visit, email: str
) -> None:
    typed = {"name": "Somebody", "email": email, "role": "liaison"}
    path = f"/stakeholders/{world.organisations['telco'].ref}/invite"
    assert visit("steward@portal").post(path, typed).errors()["email"]


def person(email: str) -> dict[str, Any]:
    return {"ref": f"P-{email[:3]}", "name": "X", "email": email, "created_at": NOW}


def test_the_database_itself_holds_the_keys_apart(world: World) -> None:
    with pytest.raises(IntegrityError), writing(world.sessions) as session:
        session.execute(insert(Person), [person("LIAISON@telco.example")])
    home = {"kind": "company", "country": "FI", "ref": "O-1", "created_at": NOW}
    with pytest.raises(IntegrityError), writing(world.sessions) as session:
        session.add(Organisation(name="ＴELCO", **home))
    with pytest.raises(Unfit):
        Person(name="a\u202eb")


def test_the_command_line_takes_names_and_addresses_by_the_same_rule(
    app: Flask, world: World
) -> None:
    run = app.test_cli_runner().invoke
    for words in (["a\u200b@x.example", "A"], ["a@x.example", "\u202eA"]):
        assert run(args=["people", "invite", *words, "--steward"]).exit_code == 1
    for email, code in (("A@x.example", 0), ("a@X.example", 1)):
        taken = run(args=["people", "invite", email, "A", "--steward"])
        assert taken.exit_code == code
    assert "already been invited" in taken.output
    assert world


def test_a_group_is_told_apart_by_its_owner(world: World, visit: Visit) -> None:
    for name, home in (("liaison@telco", "telco"), ("liaison@cloud", "cloud")):
        ref = world.organisations[home].ref
        typed = {"organisation": ref, "name": "Watch", "ceiling": "AMBER+STRICT"}
        assert visit(name).post("/stakeholders/groups/new", typed).status == 302
    page = visit("liaison@telco").get("/notices/new")
    labels = [
        label.get_text(" ", strip=True)
        for label in page.page.select("label")
        if label.select_one("input[name=groups]")
    ]
    assert labels == ["Watch (Telco) (nobody there can respond yet)"]
    twice = visit("liaison@telco").post(
        "/stakeholders/groups/new",
        {
            "organisation": world.organisations["telco"].ref,
            "name": "WATCH",
            "ceiling": "AMBER+STRICT",
        },
    )
    assert "already has a group" in twice.errors()["name"]


def old_rows(engine: Engine) -> None:
    """Rows as they could be written before names had a rule."""
    with engine.execution_options(writes=True).begin() as connection:
        for number, name in enumerate(["Carrier", "CARRIER", "Car\u200brier", "Pi\u202epe\u0308"]):
            connection.execute(
                text(
                    "INSERT INTO organisations (ref, name, kind, country, zone, sectors, state,"
                    " created_at, version) VALUES (:ref, :name, 'company', 'FI', 'UTC', '[]',"
                    " 'active', '2026-11-01 00:00:00', 1)"
                ),
                {"ref": f"O-26-OLD{number}", "name": name},
            )
        for number, email in enumerate(["MÜLLER@x.example", "müller@x.example", "not one"]):
            connection.execute(
                text(
                    "INSERT INTO people (ref, name, email, zone, language, state, created_at,"
                    " version) VALUES (:ref, 'X', :email, 'UTC', 'en', 'active',"
                    " '2026-11-01 00:00:00', 1)"
                ),
                {"ref": f"P-26-OLD{number}", "email": email},
            )


def test_the_migration_keeps_every_row_and_says_what_it_changed(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    downgrade(world.engine, "0015")
    old_rows(world.engine)
    upgrade(world.engine)
    said = capsys.readouterr().out
    with reading(world.sessions) as session:
        old = Organisation.ref.like("O-26-OLD%")
        rows = session.execute(
            select(Organisation.ref, Organisation.name, Organisation.name_key)
            .where(old)
            .order_by(Organisation.ref)
        ).all()
        addresses = session.scalars(select(Person.email_key).where(Person.ref.like("P-26-OLD%")))
        assert len(set(addresses)) == 3
        assert session.scalars(select(SharingGroup)).all() == []
    assert [row[1] for row in rows] == ["Carrier", "CARRIER", "Car\u200brier", "Pipë"]
    assert len({row[2] for row in rows}) == 4
    for ref in ("O-26-OLD1", "O-26-OLD2", "O-26-OLD3", "P-26-OLD1", "P-26-OLD2"):
        assert ref in said
    assert "Carrier" not in said
    assert look("Carrier") == look("CARRIER")
