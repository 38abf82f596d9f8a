"""The form of a saved view."""

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import Length, Regexp

from blueprints.choices import Needed, options
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.saved_views import LONGEST_NAME, LONGEST_QUERY


class ViewForm(BaseForm):
    """A name for what an address asks of a list, and for whom it is."""

    query = HiddenField(validators=[Length(max=LONGEST_QUERY), Regexp(r"(\?\S*)?\Z")])
    name = StringField(
        _("Name"),
        validators=[Needed(_("Give the view a name.")), Length(max=LONGEST_NAME)],
    )
    organisation = RadioField(_("For whom"), default="")
    default = BooleanField(_("Open the list with this view"))

    def offer(self, homes: Iterable[tuple[str, str]]) -> None:
        """Offer to share it with these organisations, by reference and name."""
        self.organisation.choices = options([("", _("Only for me")), *homes])
