"""What is: plain SQLAlchemy tables that know nothing of the web."""

from models import (
    agenda,
    audience,
    commitments,
    creation_keys,
    dialogues,
    feeds,
    ledger,
    norms,
    notices,
    offers,
    office,
    processes,
    records,
    replies,
    signins,
    stakeholders,
    vocabulary,
)
from models.base import Base

__all__ = [
    "Base",
    "agenda",
    "audience",
    "commitments",
    "creation_keys",
    "dialogues",
    "feeds",
    "ledger",
    "norms",
    "notices",
    "offers",
    "office",
    "processes",
    "records",
    "replies",
    "signins",
    "stakeholders",
    "vocabulary",
]
