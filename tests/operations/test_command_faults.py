"""A command that the database fails says so in a sentence, and what to run; never a trace."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import Engine

from portal.cli_faults import PlainCommand
from portal.db import make_engine, make_sessions
from tests import postgres
from tests.cast import World

OF_OTHERS = {"limiter", "periodiq", "worker"}


def leaves(command: click.Command) -> Iterator[click.Command]:
    """The command, or those of the group."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from leaves(one)
    else:
        yield command


def test_every_command_of_the_portal_is_a_plain_one(app: Flask) -> None:
    ours = [one for name, one in app.cli.commands.items() if name not in OF_OTHERS | {"version"}]
    found = [leaf for group in ours for leaf in leaves(group)]
    assert len(found) >= 18
    plain = [leaf.name for leaf in found if isinstance(leaf, PlainCommand)]
    assert plain == [leaf.name for leaf in found]


@pytest.mark.parametrize(
    "words",
    [
        "audit verify",
        "backup copy",
        "demo seed",
        "explain steward@portal.example read N-26-7K3Q9M",
        "files check",
        "people invite --steward steward@portal.example Steward",
    ],
)
def test_without_a_schema_a_command_says_what_to_run(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    empty = make_engine(f"sqlite:///{tmp_path}/empty.db")
    app.extensions.update(engine=empty, sessions=make_sessions(empty))
    done = app.test_cli_runner().invoke(args=words.split())
    empty.dispose()
    assert done.exit_code == 1
    assert done.output.startswith("Error: the database is at another version")
    assert "db upgrade" in done.output


def test_a_database_that_does_not_answer_is_named(app: Flask) -> None:
    nobody = make_engine("postgresql://127.0.0.1:1/portal")
    app.extensions.update(engine=nobody, sessions=make_sessions(nobody))
    for words in ("audit verify", "db upgrade"):
        done = app.test_cli_runner().invoke(args=words.split())
        assert done.exit_code == 1
        assert done.output.startswith("Error: the database of PORTAL_DATABASE_URL does not answer")


def test_a_database_to_move_to_that_does_not_answer_is_named(app: Flask) -> None:
    nowhere = "postgresql://127.0.0.1:1/portal"
    done = app.test_cli_runner().invoke(args=["db", "move", nowhere])
    assert done.exit_code == 1
    assert done.output.startswith("Error: the database to move to does not answer")


def test_a_version_that_is_none_is_named(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["db", "upgrade", "nonsense"])
    assert (done.exit_code, done.output) == (
        1,
        "Error: Can't locate revision identified by 'nonsense'\n",
    )


@pytest.mark.parametrize("path", ["a-file", "a-file/below"])
def test_a_path_that_cannot_be_used_is_named(app: Flask, tmp_path: Path, path: str) -> None:
    (tmp_path / "a-file").write_text("x")
    for command in ("backup", "restore"):
        done = app.test_cli_runner().invoke(args=[command, f"{tmp_path}/{path}"])
        assert done.exit_code == 1, command
        assert isinstance(done.exception, SystemExit), done.exception
        assert done.output.startswith("Error: "), done.output
        assert "a-file" in done.output


def test_a_fault_of_another_file_stays_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_asked: object, **_more: object) -> None:
        raise FileNotFoundError(2, "No such file", "/elsewhere/of-the-program")

    monkeypatch.setattr("portal.backup.backup", gone)
    done = app.test_cli_runner().invoke(args=["backup", "copy"])
    assert isinstance(done.exception, FileNotFoundError)


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "\udcff", "read", "N-26-7K3Q9M"],
        ["explain", "steward@portal.example", "read", "\udcff"],
        ["people", "invite", "--steward", "steward@portal.example", "\udcff"],
    ],
)
def test_what_is_no_text_is_refused_before_the_database_is_asked(
    app: Flask, words: list[str]
) -> None:
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 1
    assert "is no text in UTF-8" in done.output


@pytest.fixture
def of_others(postgres_seed: str) -> Iterator[Engine]:
    """A database in which the portal's user may make nothing."""
    url = postgres.fresh(postgres_seed)
    admin, own = make_engine(url), make_engine(url.replace("tests@", "stranger@"))
    with admin.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE stranger LOGIN")
    yield own
    own.dispose()
    with admin.begin() as connection:
        connection.exec_driver_sql("DROP ROLE stranger")
    admin.dispose()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_may_not_be_done_is_not_a_matter_of_the_version(app: Flask, of_others: Engine) -> None:
    """Whoever ran `db upgrade` without the rights for it was told to run `db upgrade`."""
    app.extensions.update(engine=of_others, sessions=make_sessions(of_others))
    done = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: the user of the database may not do this")
    assert "42501" in done.output


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.both_engines
def test_a_database_that_only_reads_is_named(app: Flask, world: World, engine: Engine) -> None:
    standby = make_engine(
        f"{engine.url.render_as_string()}&options=-cdefault_transaction_read_only%3Don"
    )
    app.extensions.update(engine=standby, sessions=make_sessions(standby))
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    standby.dispose()
    assert done.exit_code == 1
    assert done.output.startswith("Error: the database takes no writes")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_locale_without_the_letters_of_most_scripts_is_named(
    app: Flask, postgres_seed: str
) -> None:
    """Nothing was found in a database made so, and nothing said why."""
    found = {}
    for locale in ("C", "C.UTF-8"):
        as_made = f"template0 ENCODING 'UTF8' LOCALE '{locale}'"
        engine = make_engine(postgres.fresh(postgres_seed, as_made))
        app.extensions.update(engine=engine, sessions=make_sessions(engine))
        done = app.test_cli_runner().invoke(args=["db", "upgrade"])
        engine.dispose()
        assert done.exit_code == 0
        found[locale] = "English letters only" in done.output
    assert found == {"C": True, "C.UTF-8": False}
