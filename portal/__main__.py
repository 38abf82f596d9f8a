"""`python -m portal`: the commands of `flask --app wsgi`, and `--version` of the portal itself."""

import sys

from flask import Flask
from flask.cli import FlaskGroup

from portal.version import VERSION


def _application() -> Flask:
    from wsgi import app  # noqa: PLC0415 - settings are not needed to say the version

    return app


if __name__ == "__main__":
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"Good Offices {VERSION}\n")
    else:
        FlaskGroup(create_app=_application, add_version_option=False)()
