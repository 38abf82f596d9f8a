"""The pages of whoever runs the portal, open to everybody."""

from blueprints.operator.views import operator
