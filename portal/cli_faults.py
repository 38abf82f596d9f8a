"""What a command says when the database fails it: a sentence with the way out, and no trace."""

from typing import Any

import click
from alembic.util import CommandError
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal import schema
from portal.faults import codes


class PlainCommand(click.Command):
    """A command that names what is wrong with the database, where that is why it failed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; a fault of the program itself stays one, with its places in the code."""
        try:
            return super().invoke(ctx)
        except CommandError as unknown:
            raise click.ClickException(str(unknown)) from unknown
        except (OperationalError, ProgrammingError) as fault:
            if why := _wrong_with(current_app.extensions["engine"]):
                raise click.ClickException(why) from fault
            raise


class Commands(AppGroup):
    """A group of such commands."""

    command_class = PlainCommand


def _wrong_with(engine: Engine) -> str:
    try:
        current = schema.is_current(engine)
    except OperationalError as fault:
        return " ".join(["the database of PORTAL_DATABASE_URL does not answer", *codes(fault)])
    return (
        "" if current else "the database is at another version: run `flask --app wsgi db upgrade`"
    )
