"""The pages of help."""

from blueprints.guide.views import guide
