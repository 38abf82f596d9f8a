"""What is: plain SQLAlchemy tables that know nothing of the web."""

from models import (
    audience,
    commitments,
    ledger,
    norms,
    notices,
    office,
    processes,
    signins,
    stakeholders,
    vocabulary,
)
from models.base import Base

__all__ = [
    "Base",
    "audience",
    "commitments",
    "ledger",
    "norms",
    "notices",
    "office",
    "processes",
    "signins",
    "stakeholders",
    "vocabulary",
]
