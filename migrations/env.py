"""Runs migrations on the connection that the command hands over."""

from alembic import context
from alembic.ddl.sqlite import SQLiteImpl
from alembic.operations.batch import BatchOperationsImpl

from models import Base


class Alone(SQLiteImpl):
    """Makes a table anew without reading those that it refers to, which stay as they are."""

    __dialect__ = "sqlite"

    def requires_recreate_in_batch(self, batch_op: BatchOperationsImpl) -> bool:
        """Whether it must be made anew."""
        batch_op.reflect_kwargs["resolve_fks"] = False
        return super().requires_recreate_in_batch(batch_op)


def ours(_object: object, name: str | None, kind: str, *_more: object) -> bool:
    """Leave out the search indexes, which migrations write by hand, and their shadow tables."""
    return not (kind == "table" and "_words" in (name or ""))


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_object=ours,
)
with context.begin_transaction():
    context.run_migrations()
