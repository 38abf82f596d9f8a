"""Forms: their common class, and the one-time key by which a form sent twice creates once.

Every form of a signed-in person carries a key, drawn by the same macro as its token. A view marked
with `creates` takes the key in the transaction of what it creates. A second request with the key is
led to the first one's result; with other content the form is offered again, with a fresh key.
"""

import functools
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, flash, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup, escape
from sqlalchemy.orm import Session
from wtforms import EmailField, Form, HiddenField, StringField, TextAreaField
from wtforms.i18n import messages_path
from wtforms.meta import DefaultMeta
from wtforms.widgets import Select

from models.creation_keys import CreationKey
from portal import creation_keys, web
from portal.admission import SAFE
from portal.creation_keys import GOOD_FOR, Use
from portal.db import reading
from portal.error_handlers import FORM_KEY, nothing_is_lost
from portal.errors import Refused, TooLate
from portal.language import gettext, spoken
from portal.parsing import in_lines, on_one_line
from portal.words import N_

APART = frozenset({FORM_KEY, "csrf_token"})
NO_KEY = N_(
    "The portal could not tell whether this form was sent before, so nothing was saved. "
    "Check the content below and send it again."
)
SENT_BEFORE = N_(
    "This form has already been sent and saved. Send it again only to create another one."
)


class Entries(Select):  # type: ignore[misc]  # WTForms has no types
    """A list whose entries are drawn as WTForms does it, but for its care for odd attributes."""

    @classmethod
    def render_option(cls, choice: Any) -> str:
        """An entry; most lists of a page have dozens."""
        if choice.render_kw:
            return str(super().render_option(choice))
        chosen = "selected " if choice.selected else ""
        label = escape(choice.label or choice.value)
        return f'<option {chosen}value="{escape(choice.value)}">{label}</option>'


# What WTForms finds wrong, in words that say what to do.
TOO_LONG = N_("Shorten this to %(max)d characters.")
IN_OUR_WORDS = {
    "Not a valid date value.": N_("Write a day like 2026-11-30."),
    "Not a valid datetime value.": N_("Write a day and a time like 2026-11-30T14:00."),
    "Not a valid time value.": N_("Write a time like 14:00."),
    "Not a valid choice.": N_("Choose one of those offered."),
    "Invalid Choice: could not coerce.": N_("Choose one of those offered."),
    "Field cannot be longer than %(max)d character.": TOO_LONG,
}


class Sayings:
    """What is said of a field, in the reader's language; WTForms would read its file each time."""

    def gettext(self, message: str) -> str:
        """A text."""
        ours = IN_OUR_WORDS.get(message)
        return gettext(ours) if ours else str(_words_of_forms().ugettext(message))

    def ngettext(self, one: str, many: str, num: int) -> str:
        """A text that depends on a number."""
        ours = IN_OUR_WORDS.get(one)
        return gettext(ours) if ours else str(_words_of_forms().ungettext(one, many, num))


# What is spelled by a rule of its own, and what no keyboard types.
AS_SENT = (EmailField, HiddenField)


class OwnWords:
    """How the fields of a form, and of its lines, are read and drawn, and in which words."""

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
        """A field of texts takes what `models.lines` keeps; names are refused (`models.names`)."""
        field = DefaultMeta.bind_field(self, form, unbound_field, options)
        as_sent = isinstance(field, AS_SENT) or options["name"] in getattr(form, "spelled", ())
        if isinstance(field, StringField) and not as_sent:
            clean = in_lines if isinstance(field, TextAreaField) else on_one_line
            field.filters = [lambda text: clean(text) if text else text, *field.filters]
        return field

    def get_translations(self, _form: Any) -> Sayings:
        """The words of the library."""
        return Sayings()

    def render_field(self, field: Any, render_kw: dict[str, Any]) -> Markup:
        """A field as HTML."""
        if type(field.widget) is Select:
            field.widget = Entries(field.widget.multiple)
        return cast(Markup, DefaultMeta.render_field(self, field, render_kw))


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What every form of the portal is; one whose key was used for other content is refused."""

    Meta = OwnWords  # WTForms puts it before those of what a form is made from

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the content can be taken.

        Where nothing is wrong but that fields are empty which the service refuses as well, the
        service is asked: it says that together with all else that it finds.
        """
        if g.get("already_made"):
            self.form_errors.append(gettext(SENT_BEFORE))
            return False
        if super().validate(extra_validators):
            return True
        faulty = [field for field in self if field.errors]
        if self.form_errors or not all(getattr(one, "left_to_service", False) for one in faulty):
            return False
        for field in faulty:
            field.errors = []
        return True


def install(app: Flask) -> None:
    """Let templates draw keys, and say what was created before."""
    app.add_template_global(fresh_key, "form_key")
    app.context_processor(lambda: {"already_made": g.get("already_made", "")})
    app.extensions["words_of_forms"] = {
        language: Translations.load(messages_path(), [language], domain="wtforms")
        for language in app.extensions["languages"]
    }


def _words_of_forms() -> NullTranslations:
    return cast(NullTranslations, current_app.extensions["words_of_forms"][spoken().language])


def _signer() -> URLSafeSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt="form-key")


def fresh_key() -> str:
    """A new key for a form of the person who is signed in; empty where nobody is."""
    if "here" not in g:
        return ""
    return key_for(web.actor().person_id, g.now)


def key_for(person_id: int, now: datetime) -> str:
    """A new key for a form that this person opens now."""
    return str(_signer().dumps([person_id, secrets.token_urlsafe(12), int(now.timestamp())]))


def _good_key() -> str:
    """The key of this request; empty where it is absent, forged, too old or somebody else's."""
    key = request.form.get(FORM_KEY, "")
    try:
        person_id, _random, at = _signer().loads(key)
    except (BadSignature, ValueError, TypeError):
        return ""
    drawn = datetime.fromtimestamp(at, UTC)
    return key if person_id == web.actor().person_id and drawn > g.now - GOOD_FOR else ""


def creates(
    view: Callable[..., ResponseReturnValue] | None = None, *, button: bool = False
) -> Callable[..., Any]:
    """Mark a view that creates: whatever is sent to it twice with one key is done once.

    With `button` it takes no form but a button, so there is none to offer again.
    """
    if view is None:
        return functools.partial(creates, button=button)
    inner = view

    @functools.wraps(inner)
    def once(*args: Any, **values: Any) -> ResponseReturnValue:
        if request.method in SAFE:
            return inner(*args, **values)
        key = _good_key()
        if not key:
            return nothing_is_lost(400, gettext(NO_KEY), fresh=True)
        use, act = _use(key), functools.partial(inner, *args, **values)
        with reading(current_app.extensions["sessions"]) as short:
            before = creation_keys.used(short, use)
        if before is None:
            try:
                return _first(use, act)
            except AlreadyMade as lost:  # by another request, at the same time
                web.only_read()
                before = lost.before
        if before.digest == use.digest and before.person_id == use.person_id:
            flash(gettext("This form was already saved. Nothing was saved twice."))
            return redirect(before.result, 303)
        g.already_made = before.result
        if button:
            return nothing_is_lost(409, gettext(SENT_BEFORE), fresh=True)
        return _again(act)

    vars(once)["creates"] = True
    return once


@contextmanager
def beside_form() -> Iterator[Session]:
    """A short transaction of its own, for what is kept while the form of this request stays open.

    The request itself then only reads: the one-time key of its form is not used up.
    """
    web.only_read()
    claim = g.pop("first_of_all", None)
    web.write_on()
    try:
        yield web.session()
        web.let_go()
    finally:
        web.only_read()
        if claim is not None:
            g.first_of_all = claim


class InnerForm(Form):  # type: ignore[misc]  # WTForms has no types
    """A part of a form, such as one of its lines: it has no token and no key of its own."""

    Meta = OwnWords


class AlreadyMade(Exception):
    """Another request was faster with this key; what it created stands."""

    def __init__(self, before: CreationKey) -> None:
        super().__init__(before.endpoint)
        self.before = before


def _first(use: Use, act: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Take the key as soon as the view begins to write, and keep where it leads to then."""

    def take(session: Session) -> None:
        before = creation_keys.claim(session, use, g.now)
        if before is not None:
            raise AlreadyMade(before)

    g.first_of_all = take
    try:
        response = make_response(act())
    finally:
        g.pop("first_of_all")
    # Views that have created lead on to what they made; all others show the form again.
    if response.location and g.get("writes"):
        creation_keys.settle(web.session(), use, response.location)
    return response


def _again(act: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    # What was created can have changed who may do this: then only the content is offered again.
    try:
        response = make_response(act())
    except (Refused, TooLate):
        return nothing_is_lost(409, gettext(SENT_BEFORE), fresh=True)
    response.status_code = 409
    return response


def _use(key: str) -> Use:
    return Use(
        hashlib.sha256(key.encode()).hexdigest(),
        web.actor().person_id,
        request.endpoint or "",
        _digest(key),
    )


def _digest(key: str) -> str:
    """SHA-256 over the key, the address and all that was sent, files by their own SHA-256."""
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in APART]
    files = []
    for name, sent in request.files.items(multi=True):
        files.append((name, sent.filename, hashlib.sha256(sent.stream.read()).hexdigest()))
        sent.stream.seek(0)
    content = json.dumps([key, request.full_path, typed, files])
    return hashlib.sha256(content.encode()).hexdigest()
