"""Settings in, application out."""

import gc
import os

import click

from config import Unsafe, settings_from

# What is loaded stays: the collector of garbage would look through all of it again and again, and
# once more when the process ends, for a second.
gc.disable()
from portal.app import create_app  # noqa: E402 - loaded without the collector

# A command is no server: it has to run where one does not start, to mend what is wrong.
serves = click.get_current_context(silent=True) is None
try:
    app = create_app(settings_from(os.environ), serves=serves)
except Unsafe as unsafe:
    if serves:  # the log shows no message of an exception, so it is said here
        click.echo(f"The portal does not start: {unsafe}", err=True)
        raise
    raise click.ClickException(str(unsafe)) from unsafe  # a sentence, without a trace
gc.freeze()
gc.enable()
