"""Commands for operators that stand apart from a noun: the version, and the move to PostgreSQL."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from portal.cli_faults import Commands, PlainCommand
from portal.db import make_engine, make_sessions, without_hurry
from portal.faults import codes
from portal.move import CannotMove, move
from portal.operator_pages import missing
from portal.version import VERSION

pages = Commands("pages", help="The pages of whoever runs the portal.")


@with_appcontext
def take_time() -> None:
    """Let what follows use the database without the limits of pages."""
    engine = without_hurry(current_app.extensions["engine"])
    current_app.extensions["engine"], current_app.extensions["sessions"] = (
        engine,
        make_sessions(engine),
    )


@click.command("version")
def version_command() -> None:
    """Say which version this is."""
    click.echo(f"Good Offices {VERSION}")


@pages.command("check")
def pages_check() -> None:
    """Name the pages that the operator has yet to write; exit 1 for any."""
    settings = current_app.config["SETTINGS"]
    names = missing(current_app.extensions["operator_pages"], settings.security_contact)
    for name in names:
        click.echo(f"missing: {name}")
    if names:
        where = f"in {settings.pages_dir}; the contact of security.txt is PORTAL_SECURITY_CONTACT"
        raise click.ClickException(f"write these pages {where}")
    click.echo("all pages of the operator are there")


@click.command("move", cls=PlainCommand)
@click.argument("url")
def move_command(url: str) -> None:
    """Copy everything from SQLite into an empty PostgreSQL, and compare it.

    Stop the web and the jobs first. Afterwards set PORTAL_DATABASE_URL to URL; attachments stay
    where they are. Nothing is changed in the present database.
    """
    target = without_hurry(make_engine(url))
    try:
        target.connect().close()
    except OperationalError as fault:
        said = " ".join(["the database to move to does not answer", *codes(fault)])
        raise click.ClickException(said) from fault
    try:
        done = move(
            current_app.extensions["engine"],
            target,
            lambda table, rows: click.echo(f"{table}: {rows} rows, equal"),
        )
    except CannotMove as why:
        raise click.ClickException(str(why)) from why
    finally:
        target.dispose()
    click.echo(f"moved: {sum(done.rows.values())} rows, {done.events} acts in the trail, all equal")
