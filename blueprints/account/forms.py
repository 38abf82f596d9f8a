"""The form for one's own settings."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField

from blueprints.choices import ZONES


class ZoneForm(FlaskForm):  # type: ignore[misc]
    """The zone in which times are shown."""

    zone = SelectField(_("Time zone"), choices=ZONES)
