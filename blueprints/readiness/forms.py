"""The forms of a self-check: which one to begin, and the answers to its questions."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from flask import request
from wtforms import DateField, HiddenField, RadioField, StringField
from wtforms.validators import AnyOf, Optional

from blueprints.choices import options
from models.readiness import SelfCheck
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.parsing import whole
from portal.readiness import ANSWERS, SCOPES, Answer, Question

LOOK_AGAIN: Final = timedelta(days=90)
NO_ANSWER: Final = "none"


class BeginForm(BaseForm):
    """For whom the questions are answered."""

    scope = StringField(validators=[AnyOf(list(SCOPES))])


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""


class AnswersForm(BaseForm):
    """A field for each question of one self-check; `form_for` makes its class."""

    version = HiddenField()
    look_again_on = DateField(_("Look again on"), validators=[Optional()])

    def typed_version(self) -> int:
        """The version of the self-check that was on the page."""
        return whole(self.version.data) or 0

    def answers(self, questions: tuple[Question, ...]) -> dict[str, Answer]:
        """What was answered, by question; a question left alone has no answer."""
        said = {question.key: self[question.key].data for question in questions}
        return {key: Answer(answer) for key, answer in said.items() if answer in set(Answer)}


def form_for(
    check: SelfCheck, questions: tuple[Question, ...], answers: Mapping[str, Answer], today: date
) -> AnswersForm:
    """The form with the questions of a self-check and what was answered so far."""
    choices = options((str(key), _(name)) for key, name in ANSWERS.items())
    fields: dict[str, Any] = {
        question.key: RadioField(_(question.asks), choices=choices, validators=[Optional()])
        for question in questions
    }
    made = type("AnswersOfScope", (AnswersForm,), fields)
    typed = {key: str(answer) for key, answer in answers.items()}
    more = {"version": str(check.version), "look_again_on": today + LOOK_AGAIN}
    form: AnswersForm = made(data=typed | more)
    if request.method == "GET":
        form.version.data = str(check.version)
    return form
