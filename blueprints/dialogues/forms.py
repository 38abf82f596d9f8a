"""The forms of dialogues; what they check is only their own shape, the service checks the rest."""

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from blueprints.audience_forms import KeptForm, Meaning, SavedListsForm
from blueprints.choices import ChosenField, ChosenRadio, Needed, options
from blueprints.numbers import WholeField
from blueprints.zones import ZoneField
from models.dialogues import TableRole
from models.vocabulary import Tlp
from portal import dialogues as service
from portal.forms import InnerForm
from portal.language import lazy_gettext as _

ROLE_LABEL = {
    TableRole.PARTICIPANT: _("Participant"),
    TableRole.CHAIR: _("Chair"),
    TableRole.OBSERVER: _("Observer"),
    TableRole.INTERPRETER: _("Interpreter"),
    TableRole.NOTE_TAKER: _("Note-taker"),
}
RULE_LABEL = {
    "open": _("Open"),
    "limited": _("Limited"),
    "chatham": _("Chatham House Rule"),
    "closed": _("Closed"),
}


class TextForm(KeptForm):
    """What a dialogue is, under which rule, where and how people meet."""

    organisation = ChosenField(_("Mediation body"))
    title = StringField(
        _("Title"), validators=[Needed(_("Give the dialogue a title.")), Length(max=200)]
    )
    purpose = TextAreaField(_("Purpose"), validators=[Length(max=50_000)])
    part_of = SelectField(_("Process"))
    rule = ChosenRadio(
        _("Rule of confidentiality"),
        choices=options(
            (str(rule), Meaning(RULE_LABEL[rule], meaning))
            for rule, meaning in service.RULE_MEANING.items()
        ),
    )
    tlp = SelectField(
        _("Marking (TLP 2.0)"),
        choices=options(
            [("", _("As the confidentiality rule says")), *((str(t), f"TLP:{t}") for t in Tlp)]
        ),
    )
    format = ChosenField(
        _("Format"),
        choices=options((str(value), _(label)) for value, label in service.FORMAT_LABEL.items()),
    )
    place = StringField(_("Place"), validators=[Length(max=300)])
    link = StringField(_("Video link"), validators=[Length(max=2000)])
    zone = ZoneField(_("Time zone for planning"))
    minutes = WholeField(_("Length in minutes"), default=60, validators=[NumberRange(5, 1440)])
    by_person = BooleanField(_("The poll asks each person instead of each delegation"))
    hidden_answers = BooleanField(_("Delegations do not see the responses of others"), default=True)

    asks_check = BooleanField(_("A self-check of their own digital risk"))
    asks_unit = SelectField(_("Unit of training"))

    def text(self) -> service.DialogueText:
        """What was typed, as the service takes it."""
        rule = str(self.rule.data or "")
        tlp = self.tlp.data or (service.usual_marking(rule) if rule in RULE_LABEL else "")
        return service.DialogueText(
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            rule=rule,
            tlp=tlp,
            format=self.format.data or "",
            place=self.place.data or "",
            link=self.link.data or "",
            zone=self.zone.data or "",
            minutes=self.minutes.data or 0,
            by_person=self.by_person.data,
            hidden_answers=self.hidden_answers.data,
            asks_check=self.asks_check.data,
            asks_unit=self.asks_unit.data or "",
        )


class SendsForm(InnerForm):
    """A line of the table: an organisation, how many it may send, through whom it is asked."""

    organisation = SelectField(_("Organisation"), coerce=int, validate_choice=False, default=0)
    seats = WholeField(_("Seats"), default=1, validators=[Optional(), NumberRange(1, 50)])
    required = BooleanField(_("Required"), default=True)
    contact = SelectField(_("Contact"), coerce=int, validate_choice=False, default=0)


class GuestForm(InnerForm):
    """A guest by name, and what they do at the table."""

    person = SelectField(_("Person"), coerce=int, validate_choice=False, default=0)
    role = SelectField(
        _("Role"), choices=options((str(role), label) for role, label in ROLE_LABEL.items())
    )


class SeatForm(SavedListsForm):
    """Who sits at the table; what is ticked in `add` gets a line of its own."""

    organisers = SelectMultipleField(_("Organisers"), coerce=int)
    delegations = FieldList(FormField(SendsForm), label=_("Delegations"), max_entries=210)
    add = SelectMultipleField(_("Add several delegations"), coerce=int)
    guests = FieldList(FormField(GuestForm), label=_("Guests by name"), max_entries=60)
    known: service.Choosable  # what the writer may choose

    def offered(self) -> dict[str, set[int]]:
        """The organisations and people that may be chosen here."""
        return vars(self.known)

    def chosen(self) -> dict[str, set[int]]:
        """The organisations and guests on the lines."""
        table = self.table()
        homes = {sends.organisation_id for sends in table.delegations}
        return vars(service.Choosable(homes, {key for key, _role in table.guests}))

    def choose(self, name: str, keys: list[int]) -> None:
        """Give each of these a line of its own: a free one, or a new one."""
        if name == "people":
            self._put(self.guests, "person", keys)
        else:
            self._put(self.delegations, "organisation", keys)

    @staticmethod
    def _put(lines: Any, word: str, keys: list[int]) -> None:
        taken = {line[word].data for line in lines}
        free = [line for line in lines if not line[word].data]
        for key in keys:
            if key in taken:
                continue
            if free:
                free.pop(0)[word].data = key
            elif len(lines) < lines.max_entries:
                lines.append_entry({word: key})

    def add_ticked(self) -> None:
        """Give what is ticked lines; nothing is ticked any more then."""
        ticked = [key for key in self.add.data or () if key in self.known.organisations]
        self._put(self.delegations, "organisation", ticked)
        self.add.data = []

    def add_lines(self, delegations: int, guests: int) -> None:
        """Add so many empty lines, as long as there is room."""
        for lines, count in ((self.delegations, delegations), (self.guests, guests)):
            for _n in range(min(count, lines.max_entries - len(lines))):
                lines.append_entry()

    def table(self) -> service.Table:
        """What was chosen; lines without an organisation or a person are no lines."""
        return service.Table(
            frozenset(self.organisers.data or ()),
            tuple(
                service.Sends(
                    line["organisation"],
                    bool(line["required"]),
                    line["seats"] or 1,
                    line["contact"] or None,
                )
                for line in self.delegations.data
                if line["organisation"]
            ),
            tuple((line["person"], line["role"]) for line in self.guests.data if line["person"]),
        )


def lines_of(table: service.Table) -> dict[str, Any]:
    """The table as a form shows it."""
    return {
        "organisers": sorted(table.organisers),
        "delegations": [
            {
                "organisation": sends.organisation_id,
                "seats": sends.seats,
                "required": sends.required,
                "contact": sends.contact_id or 0,
            }
            for sends in table.delegations
        ],
        "guests": [{"person": key, "role": role} for key, role in table.guests],
    }
