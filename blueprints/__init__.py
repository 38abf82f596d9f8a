"""How it is asked for: one room of pages for each noun, and the rooms without one."""

from blueprints.account import account
from blueprints.auth import auth
from blueprints.clauses import clauses
from blueprints.commitments import commitments
from blueprints.dialogues import dialogues
from blueprints.feeds import feeds
from blueprints.health import health
from blueprints.home import home
from blueprints.norms import norms
from blueprints.notices import notices
from blueprints.offers import offers
from blueprints.processes import processes
from blueprints.records import records
from blueprints.search import search
from blueprints.stakeholders import stakeholders
from blueprints.steward import steward

BLUEPRINTS = (
    auth,
    account,
    clauses,
    commitments,
    dialogues,
    feeds,
    health,
    home,
    norms,
    notices,
    offers,
    processes,
    records,
    search,
    stakeholders,
    steward,
)
