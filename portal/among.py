"""Whether a column is one of a list of keys that is one value of a statement.

A list as the library knows it is written into the text anew at each execution, a place for each
key: a search through the whole text, and a text for each length, prepared again. Here it is an
array on PostgreSQL, and JSON on SQLite.
"""

from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal


class Among(ColumnElement[bool]):
    """A column that is one of the keys of a parameter."""

    type = Boolean()
    _traverse_internals = [
        ("column", InternalTraversal.dp_clauseelement),
        ("keys", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[Any], keys: BindParameter[Any]) -> None:
        self.column, self.keys = column, keys

    def self_group(self, against: Any = None) -> "Among":
        """The text has brackets of its own."""
        return self

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.column._from_objects)


@compiles(Among)
def _render(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    return f"({column} {held_in(compiler, element.keys, **options)})"


def among(column: Any, keys: BindParameter[Any]) -> ColumnElement[bool]:
    """Whether the column is one of these keys; like IN, neither yes nor no of nothing."""
    return Among(coercions.expect(roles.ExpressionElementRole, column), keys)


def held_in(compiler: SQLCompiler, keys: ColumnElement[Any], **options: Any) -> str:
    """What stands after a column that is one of these keys."""
    given = compiler.process(keys, **options)
    if compiler.dialect.name == "postgresql":
        return f"= ANY ({given})"
    return "".join(("IN (SELECT value FROM json_each(", given, "))"))
