"""How the portal speaks to PostgreSQL: one statement is one plan, whoever asks.

The driver sends with each value the type that it guesses from it: a large number has another than a
small one, and an empty list or no value at all has none. To the server that is another statement
each time, which it plans anew, a tenth of a second for one of the policy: a page was planned again
for whoever has a seat in no process, on each connection. Where the type is left out, it is that of
the statement's own cast (`$1::INTEGER`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from psycopg import Connection, RawCursor
from psycopg.abc import Params
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.types.datetime import DateDumper, DatetimeDumper
from psycopg.types.numeric import Int8Dumper

PLANNED: Final = (
    "SET jit = off; SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1"
)
PLANS: Final = 200  # that a connection keeps; all pages together have some hundred
TO_SAVEPOINT: Final = "ROLLBACK TO SAVEPOINT "
UNDER_WAY: Final = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
LEFT_OUT: Final = 0  # what stands for a type that the server is to find out


class WholeNumber(Int8Dumper):
    """A number as its digits."""

    oid = LEFT_OUT


class Day(DateDumper):
    """A day as ISO 8601 writes it."""

    oid = LEFT_OUT


class Instant(DatetimeDumper):
    """An instant as ISO 8601 writes it, with its distance from UTC."""

    oid = LEFT_OUT


# Texts have no type as it is, and lists that of what is in them; the library casts no truths.
VALUES: Final[dict[type, type[WholeNumber | Day | Instant]]] = {
    int: WholeNumber,
    date: Day,
    datetime: Instant,
}


class Cursor(RawCursor[Any]):
    """A cursor that has the server keep the plans of statements with values, and of no others.

    `;`, which asks whether the server is still there, is no statement to it, so that the driver
    would prepare it at each page once more and give none of them back.
    """

    def execute(
        self,
        query: Any,
        params: Params | None = None,
        *,
        prepare: bool | None = None,
        binary: bool | None = None,
    ) -> "Cursor":
        """Have the server carry it out; what is undone to a savepoint keeps the plans, too."""
        if str(query).startswith(TO_SAVEPOINT) and _undo(self.connection, str(query)):
            return self
        kept = False if params is None else prepare
        return super().execute(query, params, prepare=kept, binary=binary)


def prepare(connection: Connection[Any], limits: Mapping[str, int]) -> None:
    """Make a new connection ready, with these limits in milliseconds by the server's names.

    The policy makes long questions over few rows: to compile one takes 100 times its answering, to
    plan one as long again. So none is compiled, and each is planned once, whatever its values.
    Disks have no arms: where a row that is looked up counts for four, whole tables are read.
    """
    for each, written in VALUES.items():
        connection.adapters.register_dumper(each, written)
    connection.autocommit = True
    lines = (f"SET {name} = {value}" for name, value in limits.items())
    connection.execute("; ".join((PLANNED, *lines)))
    connection.autocommit = False
    connection.prepare_threshold, connection.prepared_max = 0, PLANS  # kept from its first use on


def roll_back(connection: Connection[Any]) -> None:
    """Undo a transaction and keep the plans.

    The driver forgets all of them when it rolls back, lest a table was made that is gone again, and
    whoever came next on this connection would wait for new ones because somebody's form was
    refused. The portal makes no tables while it serves. What the driver finds undone it leaves.
    """
    _undo(connection, "ROLLBACK")


def _undo(connection: Connection[Any], command: str) -> bool:
    """Whether it is undone, past the driver, which would forget all plans."""
    if connection.pgconn.transaction_status not in UNDER_WAY:
        return False
    return connection.pgconn.exec_(command.encode()).status == ExecStatus.COMMAND_OK
