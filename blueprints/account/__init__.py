"""Pages for what concerns oneself: sign-ins, zone."""

from blueprints.account.views import account
