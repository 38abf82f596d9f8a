"""The forms of releases; what they check is only their own shape, the service checks the rest."""

from collections.abc import Iterable
from typing import Any, Final

from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from blueprints.audience_forms import KeptForm
from blueprints.choices import ChosenField, Needed, options, saying_who_is_silent
from blueprints.precaution_forms import answers_of, ask
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.precautions import EVERY
from portal.recipients import UNREAD
from portal.releases import ReleaseText

# Each list of a form, and whose names it offers.
WHOSE: Final = "organisations"
LISTS: Final = {"signers": WHOSE, "sources": WHOSE, "speakers": "people"}


class ReleaseForm(KeptForm):
    """A release as it is written: the text with its marks, who is asked, and the check."""

    organisation = ChosenField(_("On behalf of"))
    title = StringField(
        _("Title"), validators=[Needed(_("Enter a title."), in_look=False), Length(max=200)]
    )
    body = TextAreaField(_("Text"), validators=[Needed(_("Enter some text.")), Length(max=50_000)])
    words = TextAreaField(_("Words to remove everywhere"), validators=[Length(max=20_000)])
    signers = SelectMultipleField(_("Who signs it with you"), coerce=int)
    sources = SelectMultipleField(_("Organisations whose words it holds"), coerce=int)
    speakers = SelectMultipleField(_("People whose words it holds"), coerce=int)

    def offer(self, entries: dict[str, list[tuple[Any, str]]], keep: Iterable[Any] = ()) -> None:
        """Put the entries that the person may choose into the lists."""
        for name, list_name in LISTS.items():
            said = saying_who_is_silent(entries[list_name], entries.get(UNREAD + list_name, []))
            self[name].choices = options(said)
        self.organisation.choices = options(keep)

    def text(self, kept: dict[str, frozenset[int]] | None = None) -> ReleaseText:
        """What was typed; entries of lists that this writer cannot see stay on them."""
        typed = [line.strip() for line in (self.words.data or "").splitlines()]
        lists = {
            name: frozenset(self[name].data or ()) | self._unseen(name, kept) for name in LISTS
        }
        return ReleaseText(
            title=(self.title.data or "").strip(),
            body=(self.body.data or "").replace("\r\n", "\n"),
            words=tuple(dict.fromkeys(filter(None, typed))),
            answers=answers_of(self, EVERY),
            **lists,
        )

    def _unseen(self, name: str, kept: dict[str, frozenset[int]] | None) -> frozenset[int]:
        offered = {choice.value for choice in self[name].choices}
        return (kept or {}).get(name, frozenset()) - offered


ask(ReleaseForm, EVERY)


class AnswerForm(BaseForm):
    """An answer to exactly the text that was read."""

    digest = HiddenField()

    def is_late(self, digest: str) -> bool:
        """Whether another text is asked about by now than the one that was read.

        The form carries the present one from here on: whoever sends it again has seen this.
        """
        seen, self.digest.data = self.digest.data, digest
        return bool(seen != digest)


class DeclineForm(AnswerForm):
    """The same with a reason."""

    why = TextAreaField(_("Reason"), validators=[Length(max=500)])


class ReplyForm(AnswerForm):
    """A reply in public of whoever is named."""

    text = TextAreaField(_("Your reply"), validators=[Length(max=10_000)])


class CorrectionForm(BaseForm):
    """What is corrected, as the public will read it."""

    why = TextAreaField(_("Correction"), validators=[Length(max=500)])


def typed_from(text: ReleaseText) -> dict[str, Any]:
    """A saved release as the values of its form."""
    lists = {name: sorted(getattr(text, name)) for name in LISTS}
    return {
        "title": text.title,
        "body": text.body,
        "words": "\n".join(text.words),
        **text.answers,
        **lists,
    }
