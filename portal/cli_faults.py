"""What a command says when the database, or what it was given, fails it: a sentence, no trace."""

import os
from pathlib import Path
from typing import Any, Final

import click
from alembic.util import CommandError
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError, ProgrammingError

from portal import schema
from portal.db import READ_ONLY
from portal.faults import codes
from portal.parsing import storable

# What PostgreSQL refuses whatever its version of the schema is, by its SQLSTATE.
REFUSED: Final = {
    "42501": "the user of the database may not do this: it has to own the portal's tables",
    "55P03": "somebody else uses what this needs: stop web and jobs, and try again",
    "57014": "the database took longer for this than a command may",
    READ_ONLY: "the database takes no writes",
}


class PlainCommand(click.Command):
    """A command that names what is wrong with the database, a path or a text that it was given."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; a fault of the program itself stays one, with its places in the code."""
        for name, value in ctx.params.items():
            if isinstance(value, str) and not storable(value):
                raise click.ClickException(f"what is given as {name} is no text in UTF-8")
        try:
            return super().invoke(ctx)
        except OSError as fault:
            if not _is_given(fault.filename, ctx):
                raise
            raise click.ClickException(f"{fault.filename}: {fault.strerror}") from fault
        except CommandError as unknown:
            raise click.ClickException(str(unknown)) from unknown
        except (OperationalError, ProgrammingError, InternalError) as fault:
            if why := _wrong_with(current_app.extensions["engine"], fault):
                raise click.ClickException(why) from fault
            raise


def _is_given(name: Any, ctx: click.Context) -> bool:
    """Whether a path is one that the command was given, or lies in one."""
    given = [
        Path(value) for value in ctx.params.values() if isinstance(value, str | Path) and value
    ]
    return isinstance(name, str | os.PathLike) and any(
        Path(name).is_relative_to(one) for one in given
    )


class Commands(AppGroup):
    """A group of such commands."""

    command_class = PlainCommand


def _wrong_with(engine: Engine, fault: DBAPIError) -> str:
    state = getattr(fault.orig, "sqlstate", None) or ""
    if state in REFUSED:
        return " ".join([REFUSED[state], *codes(fault)])
    try:
        current = schema.is_current(engine)
    except OperationalError as away:
        return " ".join(["the database of PORTAL_DATABASE_URL does not answer", *codes(away)])
    return (
        "" if current else "the database is at another version: run `flask --app wsgi db upgrade`"
    )
