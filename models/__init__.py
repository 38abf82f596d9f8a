"""What is: plain SQLAlchemy tables that know nothing of the web."""

from models import audience, ledger, notices, office, signins, stakeholders, vocabulary
from models.base import Base

__all__ = [
    "Base",
    "audience",
    "ledger",
    "notices",
    "office",
    "signins",
    "stakeholders",
    "vocabulary",
]
