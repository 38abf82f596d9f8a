"""One-time keys of creating forms: a form that is sent twice makes one record."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CreationKey(Base):
    """A key that was used: by whom, for which form and content, and where its result is.

    Key and content are kept as SHA-256; the content is hashed together with the key, so that
    nobody can guess a short text from its digest.
    """

    __tablename__ = "creation_keys"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(index=True)
