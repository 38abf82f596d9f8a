"""Log lines: readable ones for people at a terminal, JSON in production; never a person's text.

Whatever logs, ours or a library, goes through one handler. An exception is shown by its class, its
codes and the places in the code, never by its message (see `portal.faults`); a line that repeats
itself is written once a minute, with how often it came.
"""

import logging
import sys
import threading
import warnings
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

from portal.faults import described, traced

# That of the development server would log addresses, and those of feeds hold keys.
QUIET: Final = ("apscheduler", "alembic", "httpx", "urllib3", "werkzeug")
# Servers that bring handlers of their own, which would print a traceback with its messages.
SERVERS: Final = ("gunicorn.error", "flask.app", "portal")
EVERY: Final = 60.0  # seconds between two equal lines
MOST_KNOWN: Final = 1000


class Seldom(logging.Filter):
    """Lets an equal warning or error through once a minute, with the number held back since."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write the line; one that is written says how many were not."""
        if record.levelno < logging.WARNING:
            return True
        key = _likeness(record)
        with self._lock:
            since, held = self._known.get(key, (record.created - EVERY, 0))
            if record.created - since < EVERY:
                self._known[key] = (since, held + 1)
                return False
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = (record.created, 0)
        if held:
            record.repeated = held
        return True


def _likeness(record: logging.LogRecord) -> str:
    if isinstance(record.msg, dict):
        said, error = {**record.msg}, record.msg.get("exc_info")
        # What is raised from one place is one fault, whichever way led there.
        said["exception"] = str(said.get("exception", "")).partition("\n")[0]
        said.pop("timestamp", None)
    else:
        said, error = {"event": _said(record)}, record.exc_info
    if isinstance(error, tuple):
        error = error[1]
    said.pop("exc_info", None)
    kind = described(error) if isinstance(error, BaseException) else ""
    return f"{record.name} {record.levelno} {kind} {sorted(map(str, said.items()))}"


def _harmless(arg: object) -> object:
    return described(arg) if isinstance(arg, BaseException) else arg


def _said(record: logging.LogRecord) -> str:
    # What a library puts into its sentence may be an exception, and that one quotes.
    args = record.args
    if isinstance(args, tuple):
        args = tuple(_harmless(arg) for arg in args)
    elif args:
        args = {name: _harmless(arg) for name, arg in args.items()}
    try:
        return str(record.msg) % args if args else str(record.msg)
    except (TypeError, ValueError):
        return str(record.msg)


class Plain(logging.Filter):
    """Puts a library's sentence together without the message of any exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record's sentence is whole afterwards."""
        if isinstance(record.msg, BaseException):
            record.msg, record.args = described(record.msg), ()
        elif not isinstance(record.msg, dict):
            record.msg, record.args = _said(record), ()
        return True


def _without_messages(
    _logger: Any, _name: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Show an exception by classes, codes and places (a processor of structlog)."""
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["exception"] = traced(error)
    line.pop("stack_info", None)
    if repeated := getattr(line.get("_record"), "repeated", 0):
        line["repeated"] = repeated
    for name, value in line.items():
        if isinstance(value, BaseException):
            line[name] = described(value)
    return line


SHARED: Final[list[Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_messages,
]


def handler(stream: TextIO, *, as_json: bool) -> logging.Handler:
    """What writes the lines of the portal and its libraries to a stream."""
    last = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    made = logging.StreamHandler(stream)
    made.addFilter(Plain())
    made.addFilter(Seldom())
    made.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                _without_messages,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                last,
            ],
        )
    )
    return made


def configure(*, as_json: bool) -> None:
    """Send what the portal and its libraries log to standard error, one line each."""
    one = handler(sys.stderr, as_json=as_json)
    logging.basicConfig(handlers=[one], level=logging.INFO, force=True)
    for name in SERVERS:
        server = logging.getLogger(name)
        server.handlers.clear()
        server.propagate = True
    for noisy in QUIET:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    _catch_the_rest()
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _catch_the_rest() -> None:
    """What Python itself would print, with its message, to standard error."""
    log = logging.getLogger("portal.uncaught")

    def uncaught(_kind: Any, error: BaseException, _trace: Any) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        log.critical("uncaught", exc_info=error)

    def warned(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        del message, file, line  # they may quote values of rows
        place = "/".join(filename.split("/")[-3:])
        log.warning("warned: %s at %s:%s", category.__name__, place, lineno)

    sys.excepthook = uncaught
    threading.excepthook = lambda told: log.critical("uncaught", exc_info=told.exc_value)
    sys.unraisablehook = lambda told: log.error("unraisable", exc_info=told.exc_value)
    warnings.showwarning = warned
