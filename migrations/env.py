"""Runs migrations on the connection that the command hands over."""

from alembic import context

from models import Base


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
