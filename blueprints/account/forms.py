"""The form for one's own settings."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from blueprints.choices import ZONES
from portal.forms import BaseForm


class ZoneForm(BaseForm):
    """The zone in which times are shown."""

    zone = SelectField(_("Time zone"), choices=ZONES)
