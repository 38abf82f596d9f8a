"""Settings in, application out."""

import os

import click

from config import settings_from
from portal.app import create_app

# A command is no server: it has to run where one does not start, to mend what is wrong.
serves = click.get_current_context(silent=True) is None
app = create_app(settings_from(os.environ), serves=serves)
