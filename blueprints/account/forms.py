"""The form for one's own settings."""

from wtforms import SelectField

from blueprints.choices import ZONES
from portal.forms import BaseForm
from portal.language import lazy_gettext as _


class ZoneForm(BaseForm):
    """The zone in which times are shown."""

    zone = SelectField(_("Time zone"), choices=ZONES)
