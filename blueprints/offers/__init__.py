"""Pages of invitations: answered by whoever is invited, followed by whoever invites."""

from blueprints.offers.views import offers
