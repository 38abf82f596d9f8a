"""The forms of records; what they check is only their own shape, the service checks the rest."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms import TextAreaField as Area
from wtforms.validators import InputRequired, Length, Optional

from blueprints.audience_forms import KeptForm
from blueprints.choices import ChosenField, Needed
from blueprints.numbers import WholeField
from portal.forms import BaseForm, InnerForm
from portal.language import lazy_gettext as _
from portal.parsing import whole
from portal.records import ActionText, PointText
from portal.records.editing import DelegationRow

POSITION = "position-"


class PointForm(KeptForm):
    """What a point says; positions are fields of their own, one for each delegation."""

    point = WholeField(validators=[InputRequired()])
    title = StringField(_("Title"), validators=[Length(max=200)])
    notes = Area(_("Discussion"), validators=[Length(max=50_000)])

    def with_own_ids(self, key: int) -> "PointForm":
        """The same form with ids of its own, for a page that has one for each point."""
        for field in (self.title, self.notes, self.version, self.point):
            field.id = f"{field.name}-{key}"
        return self

    def text(self, typed: Any) -> PointText:
        """What was typed; a position is a field named by the key of its delegation."""
        positions = {
            key: words
            for name, words in typed.items()
            if name.startswith(POSITION) and (key := whole(name.removeprefix(POSITION))) is not None
        }
        return PointText((self.title.data or "").strip(), self.notes.data or "", positions)


class PositionsForm(InnerForm):
    """The positions on one point, made anew for the delegations of a dialogue."""


def positions_form(key: int, sides: Sequence[DelegationRow], said: dict[int, str]) -> Any:
    """A field for what each delegation said on the point with this key."""
    fields = {f"side{row.id}": Area(row.organisation, name=f"{POSITION}{row.id}") for row in sides}
    form = type("PositionsOfPoint", (PositionsForm,), fields)()
    for row in sides:
        field = form[f"side{row.id}"]
        field.id, field.data = f"{POSITION}{row.id}-{key}", said.get(row.id, "")
    return form


class AddPointForm(BaseForm):
    """A further point, and behind which one it comes."""

    title = StringField(
        _("Title of the new point"),
        validators=[Needed(_("Give the point a title.")), Length(max=200)],
    )
    after = SelectField(_("After"), coerce=int)


class RemovePointForm(KeptForm):
    """Which version of a point somebody had before their eyes when they took it out."""

    point = HiddenField()


class ActionForm(BaseForm):
    """Something that an organisation is to do."""

    point = ChosenField(_("Point"), coerce=int)
    organisation = ChosenField(_("Responsible"), coerce=int)
    addressee = ChosenField(_("Counterpart"), coerce=int)
    text = StringField(
        _("Action in one line"),
        validators=[
            Needed(_("Describe the action in one line of at most 200 characters.")),
            Length(max=200),
        ],
    )
    due_on = DateField(_("Due"), validators=[Optional()])

    def action(self) -> ActionText:
        """What was typed, as the service takes it."""
        who, whom = self.organisation.data or 0, self.addressee.data or 0
        return ActionText(who, whom, self.text.data or "", self.due_on.data)
