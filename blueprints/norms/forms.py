"""The narrowing of the list of norms, and the choice of a framework."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from blueprints.choices import options
from models.vocabulary import THEMES
from portal.norms import FRAMEWORKS

FRAMEWORK_CHOICES = [(key, _(framework.name)) for key, framework in FRAMEWORKS.items()]


class FilterForm(FlaskForm):  # type: ignore[misc]
    """Words, framework and theme; asked by address, so it carries no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    words = StringField(_("Words or a name"), render_kw={"maxlength": 100})
    theme = SelectField(
        _("Theme"),
        choices=options([("", _("Any theme")), *((key, _(name)) for key, name in THEMES.items())]),
    )
    framework = SelectField(
        _("Framework"),
        choices=options([("", _("Any framework")), *FRAMEWORK_CHOICES]),
    )


class FrameworkForm(FlaskForm):  # type: ignore[misc]
    """The framework that is looked at; asked by address, so it carries no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    framework = SelectField(_("Framework"), choices=options(FRAMEWORK_CHOICES))
