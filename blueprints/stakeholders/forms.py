"""The forms of the steward and of organisations' admins."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from blueprints.choices import COUNTRIES, ZONES, options
from models.stakeholders import OrganisationKind, Role


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    """An organisation to admit."""

    name = StringField(_("Name"), validators=[DataRequired(), Length(max=120)])
    kind = SelectField(
        _("Kind"), choices=options((str(kind), kind.replace("-", " ")) for kind in OrganisationKind)
    )
    country = SelectField(_("Country"), choices=COUNTRIES)
    zone = SelectField(_("Time zone"), choices=ZONES, default="UTC")


class InviteForm(FlaskForm):  # type: ignore[misc]
    """A person to invite into an organisation."""

    name = StringField(_("Shown as"), validators=[DataRequired(), Length(max=120)])
    email = EmailField(
        _("Mail address"),
        validators=[
            DataRequired(),
            Length(max=254),
            Regexp(r"^[^@\s<>,;:]+@[^@\s<>,;:]+$", message=_("This is not a mail address.")),
        ],
    )
    role = SelectField(_("Role"), choices=options((str(role), str(role)) for role in Role))


class AskForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the token that every change asks for."""
