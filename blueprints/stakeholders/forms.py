"""The forms of the steward, of organisations' admins and of those who keep groups."""

from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length

from blueprints.audience_forms import StampedForm
from blueprints.choices import COUNTRIES, ChosenField, options
from blueprints.zones import ZoneField
from models.stakeholders import Role
from models.vocabulary import ORGANISATION_KINDS, SECTORS
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.norms import PLEDGES
from portal.rules import ADDRESSABLE

SECTOR_CHOICES = options((key, _(label)) for key, label in SECTORS.items())


class DescribeForm(BaseForm):
    """Where an organisation is, and what it does."""

    country = ChosenField(_("Country"), choices=COUNTRIES)
    zone = ZoneField(_("Time zone"))
    sectors = SelectMultipleField(_("Sectors"), choices=SECTOR_CHOICES)


class EditForm(DescribeForm, StampedForm):
    """The same of an organisation that is here, and how it keeps its contact points."""

    reviews_contacts = BooleanField(_("An administrator publishes changes of contact points"))


class OrganisationForm(DescribeForm):
    """An organisation to admit."""

    spelled: ClassVar = frozenset({"name"})
    name = StringField(_("Name"), validators=[DataRequired(), Length(max=120)])
    look_alike = BooleanField(_("This is a different one, although the names look alike"))
    kind = ChosenField(
        _("Type"), choices=options((key, _(label)) for key, label in ORGANISATION_KINDS.items())
    )


class SupportForm(BaseForm):
    """A pledge that an organisation declares to support, since when, and where one can see it."""

    framework = ChosenField(
        _("Pledge"), choices=options((key, _(pledge.name)) for key, pledge in PLEDGES.items())
    )
    since = StringField(_("Supported since"), validators=[Length(max=10)])
    evidence = StringField(_("Address of the evidence"), validators=[Length(max=500)])


class EndSupportForm(BaseForm):
    """Which pledge is supported no longer."""

    framework = HiddenField(validators=[DataRequired(), Length(max=48)])


class TicketForm(StampedForm):
    """The number under which an organisation has a record in its own system."""

    spelled: ClassVar = frozenset({"number"})
    number = StringField(_("Own ticket number"))


class InviteForm(BaseForm):
    """A person to invite into an organisation."""

    spelled: ClassVar = frozenset({"name"})
    name = StringField(_("Display name"), validators=[DataRequired(), Length(max=120)])
    email = EmailField(
        _("E-mail address"),
        validators=[
            DataRequired(),
            Length(max=254),
        ],
    )
    role = ChosenField(_("Role"), choices=options((str(role), str(role)) for role in Role))


class ClientsForm(StampedForm):
    """The clients of an organisation."""

    clients = SelectMultipleField(_("Clients"), coerce=int)


class GroupForm(BaseForm):
    """A sharing group to form."""

    spelled: ClassVar = frozenset({"name"})
    organisation = ChosenField(_("Managed by"))
    name = StringField(_("Name"), validators=[DataRequired(), Length(max=120)])
    look_alike = BooleanField(_("This is a different one, although the names look alike"))
    purpose = TextAreaField(_("Purpose"), validators=[Length(max=500)])
    ceiling = ChosenField(
        _("Strictest marking it may receive"),
        choices=options((str(t), f"TLP:{t}") for t, held in ADDRESSABLE.items() if "group" in held),
    )
    open_list = BooleanField(_("Members can see one another"), default=True)


class MembersForm(StampedForm):
    """Name, purpose and list of a sharing group."""

    spelled: ClassVar = frozenset({"name"})
    name = StringField(_("Name"), validators=[DataRequired(), Length(max=120)])
    purpose = TextAreaField(_("Purpose"), validators=[Length(max=500)])
    organisations = SelectMultipleField(_("Organisations"), coerce=int)
    people = SelectMultipleField(_("People, by name"), coerce=int)

    def offer(self, choices: dict[str, list[tuple[Any, str]]]) -> None:
        """Put what the person may address into the lists."""
        for name, entries in choices.items():
            self[name].choices = options(entries)


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""
