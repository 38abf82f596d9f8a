"""The filters of the list of norms, and the choice of a framework."""

from wtforms import SelectField, StringField

from blueprints.choices import options
from portal.coverage import MEASURES
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.norms import FRAMEWORKS, PLEDGES, TOPICS

FRAMEWORK_CHOICES = [(key, _(framework.name)) for key, framework in FRAMEWORKS.items()]


class FilterForm(BaseForm):
    """Words, framework and topic; asked by address, so it carries no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    words = StringField(_("Words or name"), render_kw={"maxlength": 100})
    topic = SelectField(
        _("Topic"),
        choices=options([("", _("Any topic")), *((key, _(name)) for key, name in TOPICS.items())]),
    )
    framework = SelectField(
        _("Framework"),
        choices=options([("", _("Any framework")), *FRAMEWORK_CHOICES]),
    )


class FrameworkForm(BaseForm):
    """The framework that is looked at; asked by address, so it carries no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    framework = SelectField(_("Framework"), choices=options(FRAMEWORK_CHOICES))


class PledgeForm(FrameworkForm):
    """The pledge whose supporters are looked at."""

    framework = SelectField(
        _("Pledge"), choices=options((key, _(pledge.name)) for key, pledge in PLEDGES.items())
    )


class MeasuresForm(FrameworkForm):
    """The list of confidence-building measures that is looked at."""

    framework = SelectField(
        _("Framework"), choices=options((key, _(one.name)) for key, one in MEASURES.items())
    )
