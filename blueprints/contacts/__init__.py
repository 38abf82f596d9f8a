"""Pages of contact points."""

from blueprints.contacts import checks, exchange, taking, writing
from blueprints.contacts.views import contacts
