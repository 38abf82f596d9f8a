"""The form for one's own settings."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange

from blueprints.choices import options
from blueprints.numbers import WholeField
from blueprints.zones import ZoneField
from models.stakeholders import DAILY, OFF, WEEKDAYS
from portal.forms import BaseForm
from portal.language import lazy_gettext as _


class ZoneForm(BaseForm):
    """The zone in which times are shown."""

    zone = ZoneField(_("Time zone"))


class DigestForm(BaseForm):
    """Whether what asks nothing of the person comes as one e-mail a day, and when."""

    digest = RadioField(
        _("Notifications that ask for no action"),
        choices=options(
            (
                (OFF, _("E-mails at once")),
                (DAILY, _("One summary every day")),
                (WEEKDAYS, _("One summary from Monday to Friday")),
            )
        ),
        validators=[InputRequired(_("Choose one."))],
    )
    digest_hour = WholeField(
        _("Hour of the summary"),
        validators=[
            InputRequired(_("Give an hour from 0 to 23.")),
            NumberRange(0, 23, _("Give an hour from 0 to 23.")),
        ],
    )
