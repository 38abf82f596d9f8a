"""The forms of training: a unit to begin, a section read, the questions, a course taken."""

from typing import Any

from wtforms import DateField, HiddenField, RadioField, StringField
from wtforms.validators import Length, NumberRange, Optional

from blueprints.choices import options
from blueprints.numbers import WholeField
from portal.curriculum import Question, Unit
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.training.completing import FIELD


class BeginForm(BaseForm):
    """Which unit to begin, and where the person came from."""

    unit = StringField(validators=[Length(max=48)])
    back = HiddenField(validators=[Length(max=48)])


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""


class SectionForm(BaseForm):
    """The section that was read, from 1."""

    section = WholeField(validators=[NumberRange(1, 99)])


class CourseForm(BaseForm):
    """The day on which a course was taken; empty for none."""

    done_on = DateField(_("Taken on"), validators=[Optional()])


class QuestionsForm(BaseForm):
    """A field for each question of a unit; `form_for` makes its class."""

    edition = HiddenField()

    def answers(self, questions: tuple[Question, ...]) -> dict[str, str]:
        """What was chosen, by question."""
        return {question.key: self[FIELD % question.key].data or "" for question in questions}


def form_for(unit: Unit, *, afresh: bool = False) -> QuestionsForm:
    """The form with the questions of a unit; `afresh` without what was sent."""
    fields: dict[str, Any] = {
        FIELD % question.key: RadioField(
            question.asks,
            choices=options((choice.key, choice.text) for choice in question.choices),
            validators=[Optional()],
        )
        for question in unit.questions
    }
    # No class of ours: each unit has its own, and the service asks for each answer.
    of_unit = type("_QuestionsOfUnit", (QuestionsForm,), fields)
    sent = {"formdata": None} if afresh else {}
    made: QuestionsForm = of_unit(data={"edition": str(unit.number)}, **sent)
    return made
