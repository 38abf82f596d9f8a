"""The form for one's own settings."""

from blueprints.zones import ZoneField
from portal.forms import BaseForm
from portal.language import lazy_gettext as _


class ZoneForm(BaseForm):
    """The zone in which times are shown."""

    zone = ZoneField(_("Time zone"))
