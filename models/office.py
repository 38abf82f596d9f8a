"""The portal as a resource, whose verbs are the steward's; and which folder has its files."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource
from models.lines import Line


class Office(Resource):
    """A single row: the portal as a resource, so that its verbs stand in the same policy.

    `banner` is what the steward says on every page from one instant to the other; "" is nothing.
    """

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(16), default="open")
    banner: Mapped[str] = mapped_column(Line(300), default="")
    banner_from_at: Mapped[datetime | None]
    banner_until_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FileStore(Base):
    """A single row: the identity of the folder that holds attachments, as its marker has it."""

    __tablename__ = "file_store"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(String(32))
