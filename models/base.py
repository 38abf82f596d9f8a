"""The common ground of all tables: naming of constraints, moments, lists of keys, references."""

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, DateTime, Dialect, FromClause, Integer, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.types import TypeDecorator, TypeEngine

# Crockford's base 32: no I, L, O or U, so that a reference survives being read out by telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Moment(TypeDecorator[datetime]):
    """An instant, stored in UTC; refuses a naive time, always gives back an aware one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the instant to UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC, whatever the engine kept."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Keys(TypeDecorator[list[Any]]):
    """A list of keys as one value of a statement: an array, on SQLite a list in JSON."""

    impl = String
    cache_ok = True

    def __init__(self, of: TypeEngine[Any] | None = None) -> None:
        """`of` is what each key is: a whole number unless told."""
        super().__init__()
        self.of = of or Integer()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """How each engine takes a list."""
        found = ARRAY(self.of) if dialect.name == "postgresql" else String()
        return dialect.type_descriptor(found)

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        """Give the list as the engine takes it."""
        return value if dialect.name == "postgresql" or value is None else json.dumps(value)


class Base(DeclarativeBase):
    """Every table of the portal."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: dict[Any, Any] = {datetime: Moment()}


class Resource(Base):
    """A table whose rows the policy speaks of: each has a key, a reference and a state."""

    __abstract__ = True

    if TYPE_CHECKING:  # each table declares them itself, with its own states
        id: Mapped[int]
        ref: Mapped[str]
        state: Mapped[Any]


def new_reference(prefix: str, year: int) -> str:
    """A random reference such as `N-26-7K3Q9M`: it counts nothing and gives nothing away."""
    return f"{prefix}-{year % 100:02d}-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


def only(condition: str, *flags: str) -> dict[str, Any]:
    """The arguments of an index over only those rows, for both engines; each flag is up in them."""
    sqlite = " AND ".join((condition, *(f"{flag} = 1" for flag in flags)))
    postgresql = " AND ".join((condition, *flags))
    return {"sqlite_where": text(sqlite), "postgresql_where": text(postgresql)}


def columns_to(model: type[Base], *names: str) -> dict[type[Base], str]:
    """These columns of a table by the class of the rows that they name, read off their keys."""
    classes: dict[FromClause, type[Base]] = {
        mapper.local_table: mapper.class_ for mapper in Base.registry.mappers
    }
    return {
        classes[key.column.table]: name
        for name in names
        for key in model.__table__.c[name].foreign_keys
    }
