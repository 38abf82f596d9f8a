"""The forms of what hangs on a dialogue: items, wishes, papers, notes, and who came."""

from typing import Final

from flask import g, request
from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from blueprints.audience_forms import KeptForm
from blueprints.choices import ChosenField, Needed, options
from blueprints.numbers import WholeField
from models.agenda import ItemState, Sight
from portal import dialogues as service
from portal import search, web
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.parsing import whole

ITEM_LABEL = {
    ItemState.SUGGESTED: _("suggested"),
    ItemState.PLANNED: _("planned"),
    ItemState.DONE: _("done"),
    ItemState.OPEN: _("left open, for the next dialogue"),
    ItemState.DROPPED: _("dropped"),
}
# What is sent to look for records to refer to, before anything is saved.
FIND: Final = "find"
MANY = {"validators": [Length(max=50_000)]}


def sight_label(sight: str, side: str) -> str:
    """With whom something is shared, in words."""
    words = {
        Sight.ALL: gettext("All who read this dialogue"),
        Sight.CAUCUS: gettext("%(side)s and the organisers", side=side),
        Sight.SIDE: gettext("%(side)s only", side=side),
        Sight.ORGANISERS: gettext("The organisers only"),
    }
    return str(words[Sight(sight)])


def sight_value(sight: str, side_id: int | None) -> str:
    """With whom something is shared, as a field sends it."""
    return f"{sight}:{side_id or 0}"


class SharedForm(KeptForm):
    """Whatever is shared with all, a side, a caucus or the organisers."""

    sight = ChosenField(_("Visible to"))

    def offer_sight(self, related: service.RelatedRows, among: tuple[str, ...]) -> None:
        """Put what this person may choose into the list."""
        self.sight.choices = options(
            (sight_value(shared.sight, shared.side_id), sight_label(shared.sight, name))
            for shared, name in service.shares(related, among)
        )

    def keep_sight(self, sight: str, side_id: int | None, name: str) -> None:
        """Offer also how it is shared now, where this person could not choose that."""
        value = sight_value(sight, side_id)
        if value not in [choice.value for choice in self.sight.choices]:
            self.sight.choices = [
                *self.sight.choices,
                *options([(value, sight_label(sight, name))]),
            ]

    def shared(self) -> service.Shared:
        """What was chosen; it is one of the choices."""
        sight, _colon, side = str(self.sight.data).partition(":")
        return service.Shared(sight, whole(side) or None)


class ItemForm(SharedForm):
    """An item of the agenda."""

    title = StringField(
        _("Title"),
        validators=[Needed(_("Give it a title of at most 200 characters.")), Length(max=200)],
    )
    body = TextAreaField(_("Details"), **MANY)
    minutes = WholeField(_("Minutes"), default=15, validators=[InputRequired()])
    lead = SelectField(_("Led by"), coerce=int, default=0)
    links = StringField(_("Notices and commitments"), validators=[Length(max=400)])
    look_for = StringField(_("Find notices and commitments"), validators=[Length(max=200)])
    found: tuple[search.Part, ...] = ()  # what was found, where somebody looked
    nouns = tuple(service.LINKED)
    state = SelectField(_("Status"), default=str(ItemState.PLANNED))

    def offer(self, related: service.RelatedRows) -> None:
        """Put people, states and sights into the lists."""
        people = [(row.id, row.name) for row in related.attendees]
        self.lead.choices = options([(0, gettext("Nobody")), *people])
        stands = [state for state in ItemState if state != ItemState.SUGGESTED]
        self.state.choices = options((str(state), ITEM_LABEL[state]) for state in stands)
        self.offer_sight(related, service.PLAN_AMONG)

    def looks(self) -> bool:
        """Put what was ticked among the references, and look for more where that is asked."""
        typed = (self.links.data or "").replace(",", " ").split()
        ticked = request.form.getlist("link")
        self.links.data = " ".join(dict.fromkeys([*typed, *ticked]))
        if FIND not in request.form:
            return False
        web.only_read()  # texts are drawn while nothing is being written
        asked = (self.look_for.data or "")[:200]
        parts = search.find(web.session(), web.actor(), asked, g.now)
        self.found = tuple(part for part in parts if part.noun.name in self.nouns)
        return True

    def text(self) -> service.ItemText:
        """What was typed, as the service takes it."""
        return service.ItemText(
            title=self.title.data or "",
            body=self.body.data or "",
            minutes=self.minutes.data or 0,
            lead_id=self.lead.data or None,
            shared=self.shared(),
            state=self.state.data,
            links=tuple((self.links.data or "").replace(",", " ").split()),
        )


class SuggestionForm(SharedForm):
    """A suggestion for the agenda."""

    title = StringField(
        _("Title"),
        validators=[Needed(_("Give it a title of at most 200 characters.")), Length(max=200)],
    )
    body = TextAreaField(_("Reason"), **MANY)


class ForItemForm(SharedForm):
    """Something for an item of the agenda, or for the whole."""

    item = SelectField(_("For"), coerce=int, default=0)

    def offer_items(self, related: service.RelatedRows) -> None:
        """Put the items that this person sees into the list."""
        items = [(row.id, row.title) for row in related.items]
        self.item.choices = options([(0, gettext("The dialogue as a whole")), *items])


class DocumentForm(ForItemForm):
    """Something to read before the meeting."""

    title = StringField(
        _("Title"),
        validators=[Needed(_("Give it a title of at most 200 characters.")), Length(max=200)],
    )
    link = StringField(
        _("Address"),
        validators=[Needed(_("Give a full address that begins with https://.")), Length(max=2000)],
    )


class NoteForm(ForItemForm):
    """A note of a side, of a caucus, or of the organisers."""

    text = TextAreaField(
        _("Note"),
        validators=[
            Needed(_("Write a text of at most 20,000 characters.")),
            Length(max=50_000),
        ],
    )


class CodeForm(BaseForm):
    """The code that is shown in the room."""

    code = StringField(_("Room code"), validators=[Length(max=40)])


class CameForm(BaseForm):
    """Who came, of all at the table; `shown` keeps who had come when the list was shown."""

    came = SelectMultipleField(_("Attendance"), coerce=int)
    shown = HiddenField()

    def shown_keys(self) -> frozenset[int]:
        """Who had come when the list was shown."""
        keys = map(whole, str(self.shown.data or "").split(","))
        return frozenset(key for key in keys if key is not None)


class ArrivalForm(BaseForm):
    """Somebody who came unannounced."""

    person = SelectField(_("Person"), coerce=int, validate_choice=False)
    side = SelectField(_("For"), coerce=int)
