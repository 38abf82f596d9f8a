"""What the forms of several nouns share: the marking, who may read it, and the kept version."""

import hmac
import json
from dataclasses import fields
from typing import Any, NamedTuple

from flask import current_app, flash, g, request
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from blueprints.choices import ChosenRadio, options, saying_who_is_silent
from models.vocabulary import TLP_MEANING, Tlp
from portal import web
from portal.errors import Invalid, TooLate
from portal.forms import BaseForm, beside_form
from portal.language import gettext, ngettext
from portal.language import lazy_gettext as _
from portal.parsing import as_key, whole
from portal.recipients import (
    UNREAD,
    RecipientList,
    remove_recipients,
    save_recipients,
    saved_recipients,
)

LISTS = tuple(field.name for field in fields(RecipientList))


class Meaning(NamedTuple):
    """A choice with the sentence that explains it."""

    word: str
    sentence: str


def gettext_lazy(message: str) -> Any:
    """A marked message, translated when it is shown."""
    return _(message)


def sent_key(name: str) -> int:
    """A key among what was sent; 0, which is no key, where it is none."""
    return request.form.get(name, 0, type=as_key)


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""


class KeptForm(BaseForm):
    """A form of something that is kept already, and that others may change meanwhile."""

    version = HiddenField()

    def typed_version(self) -> int:
        """The version that the writer had before their eyes; 0 where it is garbled."""
        return whole(self.version.data) or 0

    def is_late(self, version: int) -> bool:
        """Whether another version is kept by now than the one that was before their eyes.

        The form carries the present one from here on: whoever sends it again has seen this.
        """
        seen, self.version.data = self.typed_version(), str(version)
        return seen != version


class WhyForm(KeptForm):
    """A reason, for verbs that end or ask something."""

    why = TextAreaField(_("Reason"), validators=[Length(max=500)])


class StampedForm(BaseForm):
    """A form of what has no version of its own, such as a list of keys; its stamp says what it was.

    The stamp says nothing of those who are not shown: of a few keys a plain digest could be tried
    out, so it is one with the portal's secret (HMAC, RFC 2104, of SHA-256).
    """

    stamp = HiddenField()

    def is_late(self, *kept: Any) -> bool:
        """Whether something else is kept by now than what was before their eyes.

        The form carries the present stamp from here on: whoever sends it again has seen this.
        """
        secret, text = current_app.config["SECRET_KEY"], json.dumps(kept, default=sorted)
        now = hmac.digest(f"stamp:{secret}".encode(), text.encode(), "sha256").hex()
        seen, self.stamp.data = self.stamp.data or now, now
        return bool(seen != now)


def version_read(version: int) -> int:
    """The version that was read before a page asks about it: the address says so, or this one."""
    return whole(request.args.get("version")) or version


def edition_read() -> int | None:
    """The edition that was on the page of a button, as its address says; none where it does not."""
    return whole(request.args.get("edition"))


def refuse_unread(version: int, verb: str) -> None:
    """Refuse a button whose address says that another version was read; raises TooLate."""
    if version_read(version) != version:
        raise TooLate(verb)


class SavedListsForm(KeptForm):
    """A form whose recipients can be saved under a name, and chosen from what was saved."""

    list_name = StringField(_("Save these recipients as"))
    saved: list[tuple[Any, str]]  # the lists that the writer saved: key and name

    def offered(self) -> dict[str, set[int]]:
        """What may be chosen here, by list."""
        raise NotImplementedError

    def chosen(self) -> dict[str, set[int]]:
        """What is chosen, by list."""
        raise NotImplementedError

    def choose(self, name: str, keys: list[int]) -> None:
        """Choose these as well."""
        raise NotImplementedError

    def uses_list(self) -> bool:
        """Save, load or remove a list of recipients, where that is asked; the form stays open."""
        actor = web.actor()
        if "save_list" in request.form:
            offered = self.offered()
            self._save({name: offered[name] & keys for name, keys in self.chosen().items()})
        elif load := sent_key("load_list"):
            self._load(saved_recipients(web.session(), actor, load))
        elif gone := sent_key("remove_list"):
            with beside_form() as short:
                remove_recipients(short, actor, gone)
            self.saved = [(key, name) for key, name in self.saved if key != gone]
            flash(gettext("List removed."))
        else:
            return False
        return True

    def _load(self, keys: dict[str, list[int]]) -> None:
        offered, left = self.offered(), 0
        for name, saved in keys.items():
            known = [key for key in saved if key in offered.get(name, ())]
            left += len(saved) - len(known)
            if known:
                self.choose(name, known)
        flash(gettext("The recipients of the list are chosen."))
        if left:
            said = ngettext(
                "%(num)s entry of the list was left out: you cannot choose it here.",
                "%(num)s entries of the list were left out: you cannot choose them here.",
                left,
            )
            flash(said, "warning")

    def _save(self, chosen: dict[str, set[int]]) -> None:
        name = self.list_name.data or ""
        try:
            with beside_form() as short:
                save_recipients(short, web.actor(), name, chosen, g.now)
        except Invalid as refused:
            self.list_name.errors = [gettext(refused.problems["list_name"])]
            return
        self.list_name.data = ""
        flash(gettext("List saved. It is offered to you in each form with recipients."))


class ReadersForm(SavedListsForm):
    """The marking of a resource and its recipient list."""

    tlp = ChosenRadio(
        _("Recipients (TLP 2.0)"),
        choices=options((str(t), Meaning(f"TLP:{t}", TLP_MEANING[t])) for t in Tlp),
    )
    organisations = SelectMultipleField(_("Organisations"), coerce=int)
    groups = SelectMultipleField(_("Sharing groups"), coerce=int)
    processes = SelectMultipleField(_("Mediation processes"), coerce=int)
    people = SelectMultipleField(_("People, by name"), coerce=int)
    excepted_organisations = SelectMultipleField(_("Exclude organisations"), coerce=int)
    excepted_people = SelectMultipleField(_("Exclude people"), coerce=int)
    exceptions = HiddenField(_("Exceptions"))

    def offer(self, choices: dict[str, list[tuple[Any, str]]]) -> None:
        """Put the entries that the person may choose into the lists."""
        self.saved = choices.get("saved", [])
        for name, entries in choices.items():
            if name in self:
                said = saying_who_is_silent(entries, choices.get(UNREAD + name, []))
                self[name].choices = options(said)

    def offered(self) -> dict[str, set[int]]:
        """What may be chosen here, by list."""
        return {name: {choice.value for choice in self[name].choices} for name in LISTS}

    def chosen(self) -> dict[str, set[int]]:
        """What is chosen, by list."""
        return {name: set(self[name].data or ()) for name in LISTS}

    def choose(self, name: str, keys: list[int]) -> None:
        """Choose these as well."""
        self[name].data = sorted({*(self[name].data or ()), *keys})

    def begin_in_process(self) -> None:
        """Name the process of the address (`part_of`) as recipient, where it is offered here.

        Whom that reaches is said by the marking and shown before anything is saved.
        """
        key = whole(request.args.get("part_of"))
        if request.method == "GET" and key in self.offered()["processes"]:
            self.choose("processes", [key])

    def recipient_list(self, kept: RecipientList | None = None) -> RecipientList:
        """The recipient list that was chosen; entries that this writer cannot see stay on it."""
        return RecipientList(
            *(frozenset(self[name].data or ()) | self._unseen(name, kept) for name in LISTS)
        )

    def unseen(self, kept: RecipientList) -> int:
        """How many entries of the list this writer cannot see."""
        return sum(len(self._unseen(name, kept)) for name in LISTS)

    def _unseen(self, name: str, kept: RecipientList | None) -> frozenset[int]:
        offered = {choice.value for choice in self[name].choices}
        before: frozenset[int] = getattr(kept, name) if kept else frozenset()
        return before - offered

    def unfit(self) -> list[str]:
        """What is wrong with the list, as messages."""
        return [str(message) for name in LISTS for message in self[name].errors]
