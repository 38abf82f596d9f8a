"""Sign-ins: one row for each browser that is signed in, so that it can be seen and ended."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.lines import Line


class SignIn(Base):
    """A signed-in browser; the cookie holds a random key, the table only its SHA-256."""

    __tablename__ = "signins"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    provider: Mapped[str] = mapped_column(String(64))
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    sid: Mapped[str | None] = mapped_column(String(255), index=True)
    acr: Mapped[str | None] = mapped_column(String(255))
    id_token: Mapped[str] = mapped_column(Text)
    auth_time: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(Line(200), default="")
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LogoutToken(Base):
    """A back-channel logout token already used (its `jti`), so that it cannot be replayed."""

    __tablename__ = "logout_tokens"

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    jti: Mapped[str] = mapped_column(String(255), primary_key=True)
    used_at: Mapped[datetime]
