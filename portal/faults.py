"""What may be said of an exception: its class and codes, never its message, which may quote data.

A driver quotes bound values ("Key (title)=(…) already exists"), a parser quotes what it could not
read. So a description is made of names that stand in code or schema alone.
"""

import errno
import re
from types import TracebackType
from typing import Any, Final

# The words of SQLite that name tables and columns, or nothing at all.
SQLITE_SAYS: Final = re.compile(
    r"(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(: [\w., ]{1,200})?"
    r"|no such (table|column): [\w.]{1,100}|database (table )?is locked( \(\d+\))?"
    r"|attempt to write a readonly database|unable to open database file|disk I/O error"
    r"|database or disk is full|database disk image is malformed|file is not a database"
)
NAMES: Final = ("constraint_name", "table_name", "column_name")  # of a diagnosis by PostgreSQL
FRAMES, LINKS = 30, 6


def described(error: BaseException) -> str:
    """An exception as its class with the codes it carries, such as `psycopg…UniqueViolation 23505`.

    Of an error of the database also the names of constraint, table and column; of an OSError the
    name of its number. Nothing that anybody typed.
    """
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return " ".join([kind, *codes(error)])


def codes(error: BaseException) -> list[str]:
    """The codes and schema names that an exception carries."""
    source: Any = getattr(error, "orig", None) or error
    if isinstance(source, OSError):
        return [errno.errorcode.get(source.errno or 0, "")] if source.errno else []
    found = [getattr(source, "sqlstate", None), getattr(source, "sqlite_errorname", None)]
    diagnosis = getattr(source, "diag", None)
    found += [getattr(diagnosis, name, None) for name in NAMES]
    if said := SQLITE_SAYS.search(str(source.args[0]) if source.args else ""):
        found.append(said.group(0))
    return [code for code in found if isinstance(code, str) and code]


def chained(error: BaseException) -> list[BaseException]:
    """An exception and those that led to it, the first cause last."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain and len(chain) < LINKS:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return chain


def traced(error: BaseException) -> str:
    """An exception, its causes and the places in the code, without any message or value."""
    parts = []
    for link in chained(error):
        parts += [described(link), *(f"  {place}" for place in places(link.__traceback__))]
    return "\n".join(parts)


def places(trace: TracebackType | None) -> list[str]:
    """The frames of a traceback as `file:line function`, the innermost last; the last 30 of them.

    Files are named from their package on.
    """
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        name = "/".join(code.co_filename.split("/")[-3:])
        found.append(f"{name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-FRAMES:]


def quote_nothing(error: BaseException) -> None:
    """Take out of an exception's own message what it quotes, for whoever prints it all the same."""
    error.args = (" ".join(codes(error)) or "the message is left out: it may quote data",)
    if hasattr(error, "params"):
        error.params = None
