"""The forms by which a unit of training is required before an act, and required no longer."""

from collections.abc import Iterable

from wtforms.validators import NumberRange

from blueprints.choices import ChosenField, options
from blueprints.numbers import WholeField
from portal.curriculum import Outline
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.training import ACTS


class RequireForm(BaseForm):
    """A unit, and the act that it is required before."""

    unit = ChosenField(_("Unit"), choices=options(()))
    act = ChosenField(
        _("Required before"), choices=options((str(act), _(words)) for act, words in ACTS.items())
    )


def require_form(units: Iterable[Outline]) -> RequireForm:
    """The form to require one of these units."""
    form = RequireForm()
    form.unit.choices = options((unit.key, unit.title) for unit in units)
    return form


NONE = 0  # the key of no requirement: who may lift one is asked first, and nothing is lifted


class LiftForm(BaseForm):
    """Which requirement holds no longer."""

    key = WholeField(validators=[NumberRange(1)])
