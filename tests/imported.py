"""What the process of `tests.warm` imports, once: all that commands and servers need."""

import gc
from importlib import import_module
from typing import Final

NAMES: Final = (
    "aiosmtpd.controller",
    "alembic.command",
    "flask.cli",
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
    "portal.app",
    "portal.cli",
    "portal.schedule",
    "tests.factories",
    "tests.warm",
)

for name in NAMES:
    import_module(name)
gc.collect()
gc.freeze()  # what is shared stays shared: the collector of a copy does not write into it
